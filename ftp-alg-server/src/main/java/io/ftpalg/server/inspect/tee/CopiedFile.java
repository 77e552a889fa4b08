package io.ftpalg.server.inspect.tee;

import io.ftpalg.policy.inspect.InspectedTransfer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A file that is copied, and the name of its copy: its time, its session, a random number and of the file's own name what is harmless.
 * No name ends with {@link #PART}, which is for copies that are not whole.
 *
 * @param transfer the transfer that moves it
 * @param began when it began
 * @param random a number that no other copy of that millisecond and session has
 */
record CopiedFile(InspectedTransfer transfer, Instant began, int random) {
    static final String PART = ".part";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONGEST = 80;

    /** Returns the day that it began, in UTC, which is the directory of its copy. */
    String day() {
        return DAY.format(began);
    }

    /** Returns the name of its copy, without a directory. */
    String name() {
        return String.format(Locale.ROOT, "%s-%d-%08x_%s", TIME.format(began), transfer.session(), random, harmless());
    }

    /** Returns the name of its copy, below the directory of all copies. */
    String path() {
        return day() + "/" + name();
    }

    private String harmless() {
        String name = NamePatterns.lastPart(transfer.command().argument()).replaceAll("[^A-Za-z0-9._-]", "_");
        String end = name.substring(Math.max(0, name.length() - LONGEST));
        return end.endsWith(PART) ? end + "_" : end.isEmpty() ? "unnamed" : end;
    }
}
