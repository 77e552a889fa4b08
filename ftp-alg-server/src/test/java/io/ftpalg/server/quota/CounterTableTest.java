package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterTableTest {
    private static final CounterName JOE = name("joe");
    private static final CounterName ANN = name("ann");

    private final TestClock clock = new TestClock("2026-11-29T12:00:00Z");
    private final CounterTable table = new CounterTable(clock, 2);

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void hasNoMoreCountersThanTheLimit(int number, boolean counted) {
        for (int i = 1; i < number; i++) {
            table.set(name("other" + i), 1, 1);
        }

        assertThat(table.set(JOE, 1, 1)).isEqualTo(counted);
    }

    @Test
    void aCounterThatIsThereHasRoom() {
        table.set(JOE, 1, 1);
        table.set(ANN, 1, 1);

        assertThat(table.hasRoom(JOE)).isTrue();
        assertThat(table.hasRoom(name("third"))).isFalse();
    }

    @Test
    void whatNobodyUsedIsZero() {
        assertThat(table.used(JOE).bytes()).isZero();
        assertThat(table.size()).isZero();
    }

    @Test
    void listsByName() {
        table.set(JOE, 2, 1);
        table.set(ANN, 1, 1);

        assertThat(table.all().keySet()).containsExactly(ANN, JOE);
        assertThat(table.unsaved()).isEqualTo(3);
    }

    @Test
    void whatHasEndedInTheStoreIsNotTaken() {
        long now = clock.millis();
        table.found(Map.of(JOE, new Used(now - 10, now, 5, 5), ANN, new Used(now - 10, now + 1, 6, 6)));

        assertThat(table.used(JOE).bytes()).isZero();
        assertThat(table.used(ANN).bytes()).isEqualTo(6);
    }

    @Test
    void addsWhatAnotherProcessHasUsed() {
        long now = clock.millis();
        table.set(JOE, 1, 1);
        table.add(Map.of(JOE, new Used(now, now + 1, 5, 5), ANN, new Used(now - 1, now, 5, 5)));

        assertThat(table.all()).hasSize(1);
        assertThat(table.used(JOE).bytes()).isEqualTo(6);
    }

    @Test
    void removesWhatNobodyUsedForADay() {
        table.set(JOE, 1, 1);
        clock.set("2026-11-30T11:59:59Z");
        table.removeUnused();
        assertThat(table.size()).isEqualTo(1);

        clock.set("2026-11-30T12:00:01Z");
        table.removeUnused();

        assertThat(table.size()).isZero();
    }

    private static CounterName name(String user) {
        return new CounterName(false, user, Period.DAY, Way.UPLOAD);
    }
}
