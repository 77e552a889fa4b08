package io.ftpalg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static boolean contains(String from, String to, String instant, DayOfWeek... days) {
        return new TimeWindow(BERLIN, Set.of(days), LocalTime.parse(from), LocalTime.parse(to))
                .contains(Instant.parse(instant));
    }

    /** Summer time is two hours ahead, winter time one. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-01T03:59:59Z,false",
        "2026-07-01T04:00:00Z,true",
        "2026-07-01T19:59:59Z,true",
        "2026-07-01T20:00:00Z,false",
        "2026-12-01T04:59:59Z,false",
        "2026-12-01T05:00:00Z,true"
    })
    void followsTheClockOfItsZone(String instant, boolean contains) {
        assertThat(contains("06:00", "22:00", instant)).isEqualTo(contains);
    }

    /** 2026-12-04 is a Friday: the window of Friday night ends on Saturday. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-04T20:59:59Z,false",
        "2026-12-04T21:00:00Z,true",
        "2026-12-05T04:59:59Z,true",
        "2026-12-05T05:00:00Z,false",
        "2026-12-05T21:00:00Z,false",
        "2026-12-04T04:00:00Z,false"
    })
    void continuesOverMidnightOnTheDayOnWhichItBegan(String instant, boolean contains) {
        assertThat(contains("22:00", "06:00", instant, DayOfWeek.FRIDAY)).isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-04T12:00:00Z", "2026-12-04T23:30:00Z"})
    void isAWholeDayWhereItEndsAsItBegins(String instant) {
        assertThat(contains("00:00", "00:00", instant)).isTrue();
    }
}
