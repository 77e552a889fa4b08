package io.ftpalg.server.policy;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.TimeWindow;
import io.ftpalg.rules.path.TextPattern;
import io.ftpalg.server.users.ClientText;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the parts of a rule as operators write them; a text that has none fails with what is expected. Stateless. */
public final class RuleText {
    /** What a regular expression begins with; all else is a glob. */
    static final String REGEX = "re:";

    private static final int MIDNIGHT = 24;
    private static final Pattern TIME =
            Pattern.compile("(?:([a-z,-]{3,40}) )?([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2}) (\\S{1,60})");
    private static final Pattern REPLY = Pattern.compile("([45][0-9]{2}) (\\P{Cntrl}{1,400})");
    private static final String EXPECTED_TIME =
            "expected times and their zone, such as 06:00-22:00 Europe/Berlin or mon-fri 06:00-22:00 UTC";

    private RuleText() {}

    /** Returns a pattern of paths or arguments. */
    public static TextPattern pattern(String text) {
        return text.startsWith(REGEX)
                ? RegexPattern.whole(text, text.substring(REGEX.length()))
                : TextPattern.glob(notEmpty(text));
    }

    /** Returns a pattern of absolute paths. */
    public static TextPattern path(String text) {
        if (!text.startsWith("/") && !text.startsWith("*") && !text.startsWith(REGEX)) {
            throw new IllegalArgumentException("expected a pattern of absolute paths, such as /in/** or **/secret");
        }
        return pattern(text);
    }

    /** Returns a pattern of file names, which is the same in any case. */
    public static TextPattern fileName(String text) {
        if (text.startsWith(REGEX)) {
            return RegexPattern.whole(text, "(?i)" + text.substring(REGEX.length()));
        }
        if (text.contains("/")) {
            throw new IllegalArgumentException("expected a pattern of file names, without /; paths have the key path");
        }
        return TextPattern.globIgnoringCase(notEmpty(text));
    }

    /** Returns a pattern of users, whose names are compared as they are on the control connection. */
    public static TextPattern user(String text) {
        return pattern(ClientText.said(text));
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a pattern: * matches anything");
        }
        return text;
    }

    /** Returns the name of a verb. */
    public static String verb(String text) {
        if (!text.matches("[A-Za-z][A-Za-z0-9]{1,15}")) {
            throw new IllegalArgumentException("expected the name of a command, such as STOR");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    /** Returns a reply that refuses. */
    public static FtpReply refusal(String text) {
        Matcher reply = REPLY.matcher(text);
        if (!reply.matches()) {
            throw new IllegalArgumentException("expected a code of 4yz or 5yz and a text, such as 550 Not here.");
        }
        return FtpReply.of(Integer.parseInt(reply.group(1)), ClientText.said(reply.group(2)));
    }

    /** Returns the text of a reply. */
    public static String replyText(String text) {
        if (!text.matches("\\P{Cntrl}{1,400}")) {
            throw new IllegalArgumentException("expected a text of one line");
        }
        return ClientText.said(text);
    }

    /** Returns the directory of a jail, as it is on the control connection. */
    public static String root(String text) {
        if (!text.startsWith("/") || !text.matches("\\P{Cntrl}{1,1000}")) {
            throw new IllegalArgumentException("expected an absolute path, such as /in/%u");
        }
        return ClientText.said(text);
    }

    /** Returns the times of a text such as {@code mon-fri 06:00-22:00 Europe/Berlin}. */
    public static TimeWindow time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException(EXPECTED_TIME);
        }
        try {
            return new TimeWindow(
                    ZoneId.of(time.group(6)),
                    time.group(1) == null ? Set.of() : days(time.group(1)),
                    clock(time.group(2), time.group(3)),
                    clock(time.group(4), time.group(5)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(EXPECTED_TIME, e);
        }
    }

    private static LocalTime clock(String hours, String minutes) {
        int hour = Integer.parseInt(hours);
        int minute = Integer.parseInt(minutes);
        return hour == MIDNIGHT && minute == 0 ? LocalTime.MIDNIGHT : LocalTime.of(hour, minute);
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            DayOfWeek last = day(ends[ends.length - 1]);
            for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> name(day).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(EXPECTED_TIME));
    }

    static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
