package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {

    @ParameterizedTest
    @CsvSource({
        "HOUR,  2026-11-29T08:59:59.999Z, UTC,           2026-11-29T08:00:00Z, 2026-11-29T09:00:00Z",
        "HOUR,  2026-11-29T09:00:00Z,     UTC,           2026-11-29T09:00:00Z, 2026-11-29T10:00:00Z",
        "HOUR,  2026-11-29T09:00:00Z,     Asia/Kolkata,  2026-11-29T08:30:00Z, 2026-11-29T09:30:00Z",
        "DAY,   2026-11-29T22:59:59Z,     Europe/Berlin, 2026-11-28T23:00:00Z, 2026-11-29T23:00:00Z",
        "DAY,   2026-03-29T12:00:00Z,     Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "MONTH, 2026-12-31T23:59:59Z,     UTC,           2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "MONTH, 2027-02-01T00:00:00Z,     UTC,           2027-02-01T00:00:00Z, 2027-03-01T00:00:00Z"
    })
    void beginByTheCalendarOfTheZone(Period period, Instant now, String zone, Instant start, Instant end) {
        TestClock clock = new TestClock(now.toString());

        Used unused = new Periods(clock, ZoneId.of(zone)).unused(period, clock.millis());

        assertThat(unused).isEqualTo(new Used(start.toEpochMilli(), end.toEpochMilli(), 0, 0));
    }
}
