package io.ftpalg.server.quota;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** When periods begin and end: by the calendar of a time zone, so that a day may have 23 hours. Immutable. */
public record Periods(Clock clock, ZoneId zone) {

    /** Returns the time, in milliseconds since 1970. */
    long now() {
        return clock.millis();
    }

    /** Returns the period of this time, with nothing used. */
    public Used unused(Period period, long now) {
        ZonedDateTime time = Instant.ofEpochMilli(now).atZone(zone);
        ZonedDateTime start;
        ZonedDateTime end;
        switch (period) {
            case HOUR -> {
                start = time.truncatedTo(ChronoUnit.HOURS);
                end = start.plusHours(1);
            }
            case DAY -> {
                start = time.toLocalDate().atStartOfDay(zone);
                end = time.toLocalDate().plusDays(1).atStartOfDay(zone);
            }
            default -> {
                start = time.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
                end = time.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
            }
        }
        return new Used(start.toInstant().toEpochMilli(), end.toInstant().toEpochMilli(), 0, 0);
    }
}
