package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import io.ftpalg.server.settings.limits.QuotaSettings;
import io.ftpalg.server.settings.limits.QuotaSettings.WithoutStore;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuotaTableTest {
    private static final QuotaRule EACH = rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 1);
    private static final QuotaRule JOE = rule(Who.USER, "joe", Period.DAY, Way.UPLOAD, 2);
    private static final QuotaRule STAFF = rule(Who.GROUP, "staff", Period.DAY, Way.BOTH, 3);

    @Test
    void aRuleOfAUserReplacesThatOfEachUser() {
        assertThat(bytes(table(EACH, JOE), "joe", Way.UPLOAD)).containsExactly(2L);
        assertThat(bytes(table(EACH, JOE), "ann", Way.UPLOAD)).containsExactly(1L);
    }

    @Test
    void aRuleOfAUserOfAnotherPeriodReplacesNothing() {
        QuotaRule month = rule(Who.USER, "joe", Period.MONTH, Way.UPLOAD, 5);

        assertThat(bytes(table(EACH, month), "joe", Way.UPLOAD)).containsExactly(1L, 5L);
    }

    @Test
    void aRuleOfBothDirectionsHoldsForEither() {
        assertThat(bytes(table(STAFF), "joe", Way.UPLOAD, "staff")).containsExactly(3L);
        assertThat(bytes(table(STAFF), "joe", Way.DOWNLOAD, "staff")).containsExactly(3L);
    }

    @Test
    void aRuleOfOneDirectionDoesNotHoldForTheOther() {
        assertThat(bytes(table(JOE), "joe", Way.DOWNLOAD)).isEmpty();
    }

    @Test
    void whoIsNotInAGroupDoesNotHaveItsQuota() {
        assertThat(bytes(table(STAFF), "joe", Way.UPLOAD, "other")).isEmpty();
    }

    @Test
    void usersOfAGroupAreCountedTogether() {
        assertThat(table(STAFF).of(Optional.of("joe"), Set.of("staff"), Way.UPLOAD))
                .isEqualTo(table(STAFF).of(Optional.of("ann"), Set.of("staff"), Way.UPLOAD));
    }

    @Test
    void findsTheQuotaOfACounter() {
        QuotaTable table = table(EACH, STAFF);

        assertThat(table.of(new CounterName(false, "ann", Period.DAY, Way.UPLOAD)))
                .map(QuotaTable.Quota::bytes)
                .contains(1L);
        assertThat(table.of(new CounterName(true, "staff", Period.DAY, Way.BOTH)))
                .map(QuotaTable.Quota::bytes)
                .contains(3L);
        assertThat(table.of(new CounterName(true, "staff", Period.HOUR, Way.BOTH)))
                .isEmpty();
    }

    static QuotaTable table(QuotaRule... rules) {
        return QuotaTable.of(Optional.of(settings(Path.of("unused"), WithoutStore.ALLOW, rules)));
    }

    static QuotaSettings settings(Path store, WithoutStore withoutStore, QuotaRule... rules) {
        return new QuotaSettings(store, ZoneOffset.UTC, withoutStore, List.of(rules));
    }

    static QuotaRule rule(Who who, String name, Period period, Way way, long bytes) {
        return new QuotaRule(who, name, period, way, Optional.of(bytes), Optional.empty());
    }

    private static List<Long> bytes(QuotaTable table, String user, Way way, String... groups) {
        return table.of(Optional.of(user), Set.of(groups), way).stream()
                .map(QuotaTable.Quota::bytes)
                .toList();
    }
}
