package io.ftpalg.server.quota;

import java.util.Optional;

/**
 * What was used in one period.
 *
 * @param start when the period began, in milliseconds since 1970
 * @param end when it ends
 * @param bytes how many bytes were transferred, or are about to be
 * @param files how many transfers began
 */
public record Used(long start, long end, long bytes, long files) {
    private static final int FIELDS = 4;

    public Used {
        if (end <= start || bytes < 0 || files < 0) {
            throw new IllegalArgumentException("not what was used in a period: " + start + " " + end);
        }
    }

    /** Returns what was written as this text by {@link #text}. */
    static Optional<Used> parse(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return parts.length != FIELDS
                    ? Optional.empty()
                    : Optional.of(new Used(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            Long.parseLong(parts[3])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return start + " " + end + " " + bytes + " " + files;
    }

    Used with(long newBytes, long newFiles) {
        return new Used(start, end, newBytes, newFiles);
    }
}
