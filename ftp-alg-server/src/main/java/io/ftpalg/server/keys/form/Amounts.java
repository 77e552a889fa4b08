package io.ftpalg.server.keys.form;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times, sizes and numbers as texts of values. Stateless. */
public final class Amounts {
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,16})(kB|MB|GB|KiB|MiB|GiB)?");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h)?");

    private Amounts() {}

    /** Returns the time that the text names. */
    public static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw expected("a time in seconds, or with a unit, such as 300, 90s, 5m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /**
     * Returns the time that the text names, if it is not longer than this.
     *
     * @param most whole hours
     */
    public static Duration time(String text, Duration most) {
        Duration time = time(text);
        if (time.compareTo(most) > 0) {
            throw expected("a time up to " + most.toHours() + "h");
        }
        return time;
    }

    /** Returns the number of bytes that the text names, if it is one of these. */
    public static long bytes(String text, long least, long most) {
        Matcher matcher = BYTES.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            long unit = unit(matcher.group(2));
            // Not by multiplication, which may overflow.
            if (number <= most / unit && number * unit >= least) {
                return number * unit;
            }
        }
        throw expected("bytes, such as 500kB, 2MB or 1GiB, " + least + " to " + most);
    }

    private static long unit(@Nullable String unit) {
        return switch (unit == null ? "" : unit) {
            case "kB" -> 1_000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1;
        };
    }

    /** Returns the whole number that the text is, if it is one of these. */
    public static int number(String text, int least, int most) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw expected("a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what);
    }
}
