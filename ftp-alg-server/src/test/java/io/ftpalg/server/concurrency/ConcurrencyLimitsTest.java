package io.ftpalg.server.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.AlgListener.ReplySent;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.TransferStarted;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.settings.limits.ConcurrencySettings;
import io.ftpalg.server.settings.limits.ConcurrencySettings.AtOnce;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyLimitsTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.0.0.1", 40000);
    private static final FtpCommand PWD = FtpCommand.of(FtpVerb.PWD);
    private static final FtpCommand RETR = FtpCommand.of(FtpVerb.RETR, "f");

    private static final AtOnce ONE = new AtOnce(Optional.of(1), Optional.of(1));

    private final UseCounts counts = new UseCounts();
    private final ConcurrencyLimits limits = new ConcurrencyLimits(
            new ConcurrencySettings(
                    new AtOnce(Optional.of(1), Optional.of(1)),
                    Map.of("boss", new AtOnce(Optional.of(2), Optional.empty())),
                    Map.of("staff", new AtOnce(Optional.of(2), Optional.of(2))),
                    Map.of(),
                    Map.of()),
            counts);

    @Test
    void aSessionTooManyIsRefusedWith421() {
        allow(PWD, session(1, "joe"));

        assertThat(reply(PWD, session(2, "joe")))
                .isEqualTo("421 Too many sessions of this user at a time: 1, try again later.");
    }

    @Test
    void otherUsersHaveTheirOwn() {
        allow(PWD, session(1, "joe"));

        allow(PWD, session(2, "ann"));
    }

    @Test
    void aUserHasItsOwnLimitInPlaceOfThatOfEach() {
        allow(PWD, session(1, "boss"));
        allow(PWD, session(2, "boss"));

        assertThat(reply(PWD, session(3, "boss"))).startsWith("421 Too many sessions of this user at a time: 2");
    }

    @Test
    void aGroupIsCountedTogether() {
        allow(PWD, session(1, "joe", "staff"));
        allow(PWD, session(2, "ann", "staff"));

        assertThat(reply(PWD, session(3, "bob", "staff"))).startsWith("421 Too many sessions of this group");
    }

    @Test
    void aSessionThatEndedIsNotCounted() {
        allow(PWD, session(1, "joe", "staff"));
        allow(RETR, session(1, "joe", "staff"));
        close(1);

        assertThat(counts.size()).isZero();
        allow(PWD, session(2, "joe"));
    }

    @Test
    void beforeTheLoginNothingIsCounted() {
        allow(PWD, loggedOut(1, "joe"));

        assertThat(counts.size()).isZero();
    }

    @Test
    void anotherLoginIsCountedInPlaceOfTheFirst() {
        allow(PWD, session(1, "joe"));
        allow(PWD, session(1, "ann"));

        allow(PWD, session(2, "joe"));
        assertThat(reply(PWD, session(3, "ann"))).startsWith("421");
    }

    @Test
    void quitAndAbortAreNotCounted() {
        allow(PWD, session(1, "joe"));

        allow(FtpCommand.of(FtpVerb.QUIT), session(2, "joe"));
        allow(FtpCommand.of(FtpVerb.ABOR), session(2, "joe"));
    }

    @Test
    void aTransferTooManyIsRefusedWith450() {
        allow(RETR, session(1, "joe", "staff"));
        limits.transferStarted(started(1));
        allow(RETR, session(2, "ann", "staff"));
        UseCounts others = new UseCounts();
        ConcurrencyLimits one = new ConcurrencyLimits(
                new ConcurrencySettings(
                        new AtOnce(Optional.empty(), Optional.of(1)), Map.of(), Map.of(), Map.of(), Map.of()),
                others);
        one.filter(RETR, session(1, "joe"));

        Verdict verdict = one.filter(RETR, session(2, "joe"));

        assertThat(((Verdict.Refuse) verdict).reply().code()).isEqualTo(450);
        assertThat(((Verdict.Refuse) verdict).rule()).contains("transfer-limit");
    }

    @Test
    void aTransferThatWasRefusedIsNotCounted() {
        allow(RETR, session(1, "joe"));
        int before = counts.size();
        limits.replySent(new ReplySent(1, 425));

        assertThat(counts.size()).isEqualTo(before - 1);
    }

    @Test
    void theReplyToAnotherCommandEndsNoRunningTransfer() {
        allow(RETR, session(1, "joe"));
        limits.transferStarted(started(1));
        int before = counts.size();
        limits.replySent(new ReplySent(1, 500));

        assertThat(counts.size()).isEqualTo(before);
    }

    @Test
    void aPositiveReplyEndsNoTransfer() {
        allow(RETR, session(1, "joe"));
        int before = counts.size();
        limits.replySent(new ReplySent(1, 150));

        assertThat(counts.size()).isEqualTo(before);
    }

    @Test
    void needsASession() {
        assertThatThrownBy(() -> limits.filter(PWD)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutSettingsThereAreNone() {
        assertThat(new ConcurrencyLimits(ConcurrencySettings.NONE, counts).isEmpty())
                .isTrue();
        assertThat(limits.isEmpty()).isFalse();
    }

    private static ConcurrencyLimits of(Map<Cidr, AtOnce> clients, Map<Cidr, AtOnce> servers) {
        return new ConcurrencyLimits(
                new ConcurrencySettings(AtOnce.NO_LIMIT, Map.of(), Map.of(), clients, servers), new UseCounts());
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, true", "10.0.0.1, true", "192.0.2.0/24, false"})
    void clientsOfANetworkAreCountedTogether(String network, boolean counted) {
        ConcurrencyLimits one = of(Map.of(Cidr.parse(network).orElseThrow(), ONE), Map.of());
        one.filter(PWD, session(1, "joe"));

        assertThat(one.filter(PWD, session(2, "ann")))
                .isEqualTo(
                        counted
                                ? new Verdict.Refuse(
                                        FtpReply.of(
                                                421,
                                                "Too many sessions of this network at a time: 1, try again later."),
                                        "session-limit")
                                : Verdict.allow());
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.0/24, true", "192.0.2.0/24, false"})
    void transfersWithTheServersOfANetworkAreCountedTogether(String network, boolean counted) {
        ConcurrencyLimits one = of(Map.of(), Map.of(Cidr.parse(network).orElseThrow(), ONE));
        one.filter(PWD, session(1, "joe"));
        one.filter(RETR, session(1, "joe"));

        assertThat(one.filter(PWD, session(2, "ann")) instanceof Verdict.Refuse).isEqualTo(counted);
    }

    private void allow(FtpCommand command, FilterContext session) {
        assertThat(limits.filter(command, session)).isEqualTo(Verdict.allow());
    }

    private String reply(FtpCommand command, FilterContext session) {
        Verdict.Refuse refusal = (Verdict.Refuse) limits.filter(command, session);
        return refusal.reply().code() + " " + refusal.reply().text();
    }

    private static TransferStarted started(long session) {
        return new TransferStarted(session, Optional.of("joe"), FtpVerb.RETR, "f");
    }

    private void close(long session) {
        limits.sessionClosed(new SessionClosed(
                session, CLIENT, Optional.empty(), Optional.of("joe"), CloseCause.QUIT, "", 1, 1, 0, 0, Duration.ZERO));
    }

    private static FilterContext session(long id, String user, String... groups) {
        return context(id, user, true, groups);
    }

    private static FilterContext loggedOut(long id, String user) {
        return context(id, user, false);
    }

    private static FilterContext context(long id, String user, boolean loggedIn, String... groups) {
        return new FilterContext(
                id,
                CLIENT,
                CLIENT,
                Optional.of(new ProxyUser(user, Set.of(groups))),
                Optional.of("at-server"),
                loggedIn,
                Optional.empty(),
                Optional.of(new InetSocketAddress("198.51.100.7", 21)),
                Optional.empty(),
                Optional.empty());
    }
}
