package io.ftpalg.server.quota;

import static io.ftpalg.server.quota.QuotaTableTest.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.transfer.ByteAllowance.Grant;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.settings.limits.QuotaRule;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import io.ftpalg.server.settings.limits.QuotaSettings.WithoutStore;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaLimitsTest {
    private static final FtpCommand STOR = FtpCommand.of(FtpVerb.STOR, "f");
    private static final FtpCommand RETR = FtpCommand.of(FtpVerb.RETR, "f");
    private static final FtpCommand LIST = FtpCommand.of(FtpVerb.LIST, "f");

    private final TestClock clock = new TestClock("2026-11-29T12:00:00Z");
    private final QuotaKeeper keeper = new QuotaKeeper(clock, 10);

    private final List<QuotaExceeded> exceeded = new ArrayList<>();

    @TempDir
    private Path temp = Path.of(".");

    @AfterEach
    void close() {
        keeper.close();
    }

    @ParameterizedTest
    @CsvSource({"9, true", "10, false", "11, false"})
    void refusesAnUploadWithoutBytesLeft(long used, boolean allowed) {
        keeper.set(new CounterName(false, "joe", Period.DAY, Way.UPLOAD), used, 0);

        assertThat(
                        verdict(rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 10), STOR, session("joe"))
                                instanceof Verdict.Allow)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"9, true", "10, true", "11, false"})
    void refusesAnUploadThatDeclaresMoreThanIsLeft(long declared, boolean allowed) {
        FilterContext session = session("joe").withDeclaredSize(Optional.of(declared));

        assertThat(verdict(rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 10), STOR, session) instanceof Verdict.Allow)
                .isEqualTo(allowed);
    }

    @Test
    void theReplyHasTheLimitAndItsEnd() {
        keeper.set(new CounterName(false, "joe", Period.DAY, Way.BOTH), 10, 0);
        QuotaRule rule = rule(Who.EACH_USER, "", Period.DAY, Way.BOTH, 10);

        assertThat(reply(verdict(rule, STOR, session("joe"))))
                .isEqualTo("552 Quota of this user: 10 bytes a day, until 2026-11-30T00:00:00Z.");
        assertThat(reply(verdict(rule, RETR, session("joe")))).startsWith("452 Quota of this user: 10 bytes a day");
    }

    @Test
    void theNextPeriodBeginsAgain() {
        keeper.set(new CounterName(false, "joe", Period.MONTH, Way.UPLOAD), 10, 0);
        QuotaRule rule = rule(Who.EACH_USER, "", Period.MONTH, Way.UPLOAD, 10);
        assertThat(reply(verdict(rule, STOR, session("joe")))).contains("a month, until 2026-12-01");
        clock.set("2026-12-01T00:00:00Z");

        assertThat(verdict(rule, STOR, session("joe"))).isEqualTo(Verdict.allow());
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "3, false"})
    void refusesWithoutFilesLeft(long used, boolean allowed) {
        keeper.set(new CounterName(true, "staff", Period.HOUR, Way.DOWNLOAD), 0, used);
        QuotaRule rule =
                new QuotaRule(Who.GROUP, "staff", Period.HOUR, Way.DOWNLOAD, Optional.empty(), Optional.of(2L));

        assertThat(verdict(rule, RETR, session("joe")) instanceof Verdict.Allow).isEqualTo(allowed);
    }

    @Test
    void otherUsersHaveTheirOwn() {
        keeper.set(new CounterName(false, "joe", Period.DAY, Way.UPLOAD), 10, 0);

        assertThat(verdict(rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 10), STOR, session("ann")))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void listingsAreNotCounted() {
        QuotaRule rule = rule(Who.EACH_USER, "", Period.DAY, Way.BOTH, 10);
        keeper.set(new CounterName(false, "joe", Period.DAY, Way.BOTH), 10, 0);

        assertThat(verdict(rule, LIST, session("joe"))).isEqualTo(Verdict.allow());
        assertThat(limits(rule).with(TransferPolicy.NONE).terms(LIST, session("joe")))
                .isEqualTo(TransferTerms.NONE);
    }

    @Test
    void refusesWhereNothingCanBeCounted() throws Exception {
        Path file = Files.write(temp.resolve("quotas.db"), new byte[20_000]);
        QuotaRule rule = rule(Who.EACH_USER, "", Period.DAY, Way.BOTH, 10);
        keeper.use(QuotaTableTest.settings(file, WithoutStore.DENY, rule));

        assertThat(reply(verdict(rule, STOR, session("joe")))).startsWith("451 ");
        assertThat(terms(rule, STOR).toServer().get(0).reserve(1, 0)).isEqualTo(Grant.NOTHING);
    }

    @Test
    void anUploadIsCountedTowardsTheServer() {
        QuotaRule rule = rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 10);
        TransferTerms terms = terms(rule, STOR);

        assertThat(terms.toClient()).isEmpty();
        assertThat(terms.toServer().get(0).reserve(20, 0)).isEqualTo(new Grant(10, 0));
        assertThat(keeper.counters()
                        .used(new CounterName(false, "joe", Period.DAY, Way.UPLOAD))
                        .files())
                .isEqualTo(1);
    }

    @Test
    void aFileTooManyMovesNothing() {
        QuotaRule rule = new QuotaRule(Who.EACH_USER, "", Period.DAY, Way.BOTH, Optional.empty(), Optional.of(1L));
        terms(rule, RETR);

        assertThat(terms(rule, RETR).toClient().get(0).reserve(20, 0)).isEqualTo(Grant.NOTHING);
    }

    @Test
    void aCounterTooManyIsNotCountedWhereThatIsAllowed() {
        for (int i = 0; i < 10; i++) {
            keeper.set(new CounterName(false, "user" + i, Period.DAY, Way.UPLOAD), 1, 1);
        }

        assertThat(terms(rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 10), STOR))
                .isEqualTo(TransferTerms.NONE);
    }

    @Test
    void aVerbThatIsNotKnownIsCountedInBothDirections() {
        QuotaRule rule = rule(Who.EACH_USER, "", Period.DAY, Way.BOTH, 10);
        TransferTerms terms = terms(rule, FtpCommand.of(FtpVerb.SITE, "COPY f"));

        assertThat(terms.toClient()).hasSize(1);
        assertThat(terms.toServer()).hasSize(1);
    }

    @Test
    void sessionsWithoutQuotaMayUseTheKernelPath() {
        TransferPolicy policy =
                limits(rule(Who.USER, "joe", Period.DAY, Way.UPLOAD, 10)).with(TransferPolicy.NONE);

        assertThat(policy.limits(session("joe"))).isTrue();
        assertThat(policy.limits(session("ann"))).isFalse();
    }

    @Test
    void reportsWhatItRefuses() {
        CounterName name = new CounterName(true, "staff", Period.HOUR, Way.DOWNLOAD);
        keeper.set(name, 4, 2);
        verdict(
                new QuotaRule(Who.GROUP, "staff", Period.HOUR, Way.DOWNLOAD, Optional.empty(), Optional.of(2L)),
                RETR,
                session("joe"));
        verdict(rule(Who.GROUP, "staff", Period.HOUR, Way.DOWNLOAD, 4), RETR, session("joe"));

        assertThat(exceeded)
                .containsExactly(
                        new QuotaExceeded(1, RETR, name, true, 2, 2, true),
                        new QuotaExceeded(1, RETR, name, false, 4, 4, true));
    }

    @Test
    void reportsWhatATransferUsesUp() {
        TransferTerms terms = terms(rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 10), STOR);
        terms.toServer().get(0).reserve(100, 0);
        terms.toServer().get(0).reserve(100, 0);

        assertThat(exceeded)
                .containsExactly(new QuotaExceeded(
                        1, STOR, new CounterName(false, "joe", Period.DAY, Way.UPLOAD), false, 10, 10, false));
    }

    @Test
    void reportsTheFileThatIsOneTooMany() {
        keeper.set(new CounterName(false, "joe", Period.DAY, Way.UPLOAD), 0, 1);
        TransferTerms terms = terms(
                new QuotaRule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, Optional.empty(), Optional.of(1L)), STOR);
        Grant grant = terms.toServer().get(0).reserve(100, 0);

        assertThat(grant).isEqualTo(Grant.NOTHING);
        assertThat(exceeded).hasSize(1).first().extracting(QuotaExceeded::files).isEqualTo(true);
    }

    @Test
    void withoutQuotasNothingIsFiltered() {
        QuotaLimits none = new QuotaLimits(QuotaTable.of(Optional.empty()), keeper, exceeded::add);

        assertThat(none.with(TransferPolicy.NONE)).isSameAs(TransferPolicy.NONE);
        assertThat(none.filter().filter(STOR, session("joe"))).isEqualTo(Verdict.allow());
    }

    private QuotaLimits limits(QuotaRule rule) {
        return new QuotaLimits(QuotaTableTest.table(rule), keeper, exceeded::add);
    }

    private TransferTerms terms(QuotaRule rule, FtpCommand command) {
        return limits(rule).with(TransferPolicy.NONE).terms(command, session("joe"));
    }

    private Verdict verdict(QuotaRule rule, FtpCommand command, FilterContext session) {
        return limits(rule).filter().filter(command, session);
    }

    private static String reply(Verdict verdict) {
        Verdict.Refuse refusal = (Verdict.Refuse) verdict;
        assertThat(refusal.rule()).contains("quota");
        return refusal.reply().code() + " " + refusal.reply().text();
    }

    private static FilterContext session(String user) {
        InetSocketAddress client = new InetSocketAddress("10.0.0.1", 40000);
        return new FilterContext(
                1,
                client,
                client,
                Optional.of(new ProxyUser(user, Set.of("staff"))),
                Optional.of("at-server"),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
