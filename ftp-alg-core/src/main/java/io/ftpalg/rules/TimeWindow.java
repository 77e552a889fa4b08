package io.ftpalg.rules;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A part of days, by the clock of a time zone: daylight saving included.
 *
 * @param zone whose clock
 * @param days the days on which it begins; all if empty
 * @param from the time at which it begins
 * @param to the time before which it ends: on the next day if that is not behind {@code from}
 */
public record TimeWindow(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public TimeWindow {
        days = Set.copyOf(days);
    }

    /** Returns whether the instant is in it. */
    public boolean contains(Instant instant) {
        ZonedDateTime there = instant.atZone(zone);
        LocalTime time = there.toLocalTime();
        DayOfWeek today = there.getDayOfWeek();
        if (from.isBefore(to)) {
            return isDay(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return isDay(today) && !time.isBefore(from) || isDay(today.minus(1)) && time.isBefore(to);
    }

    private boolean isDay(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }
}
