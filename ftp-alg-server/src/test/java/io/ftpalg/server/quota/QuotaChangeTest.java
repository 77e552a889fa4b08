package io.ftpalg.server.quota;

import static io.ftpalg.server.quota.QuotaTableTest.rule;
import static io.ftpalg.server.quota.QuotaTableTest.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaChangeTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final CounterName DAY = new CounterName(false, "joe", Period.DAY, Way.UPLOAD);
    private static final CounterName MONTH = new CounterName(false, "joe", Period.MONTH, Way.BOTH);
    private static final CounterName GROUP = new CounterName(true, "joe", Period.DAY, Way.UPLOAD);
    private static final CounterName ANN = new CounterName(false, "ann", Period.DAY, Way.UPLOAD);
    private static final List<CounterName> ALL = List.of(DAY, MONTH, GROUP, ANN);

    @Test
    void isForAllCountersOfAUser() {
        assertThat(of("joe", NONE, NONE).among(ALL)).containsExactly(DAY, MONTH);
    }

    @Test
    void isForThoseOfAPeriodOrADirectionIfGiven() {
        assertThat(of("joe", Optional.of("month"), NONE).among(ALL)).containsExactly(MONTH);
        assertThat(of("joe", NONE, Optional.of("upload")).among(ALL)).containsExactly(DAY);
    }

    @Test
    void isForAGroupIfGiven() {
        assertThat(QuotaChange.of(NONE, Optional.of("joe"), NONE, NONE).among(ALL))
                .containsExactly(GROUP);
    }

    @Test
    void findsQuotasThatNobodyUsed() {
        assertThat(of("joe", NONE, NONE).in(table(rule(Who.EACH_USER, "", Period.MONTH, Way.BOTH, 1))))
                .containsExactly(MONTH);
    }

    @Test
    void namesAreBytesOfUtf8() {
        assertThat(of("\u00e9", NONE, NONE).name()).isEqualTo("\u00c3\u00a9");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> QuotaChange.of(NONE, NONE, NONE, NONE)).hasMessage("expected a user or a group");
        assertThatThrownBy(() -> QuotaChange.of(Optional.of("a"), Optional.of("b"), NONE, NONE))
                .hasMessage("expected a user or a group");
        assertThatThrownBy(() -> of("joe", Optional.of("week"), NONE)).hasMessage("expected one of hour, day, month");
    }

    private static QuotaChange of(String user, Optional<String> period, Optional<String> way) {
        return QuotaChange.of(Optional.of(user), NONE, period, way);
    }
}
