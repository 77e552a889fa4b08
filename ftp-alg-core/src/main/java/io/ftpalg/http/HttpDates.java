package io.ftpalg.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates of HTTP (RFC 9110 section 5.6.7) and of FTP (RFC 3659 section 2.3), which are all in UTC. */
public final class HttpDates {
    private static final DateTimeFormatter FIXED = pattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
    private static final int RFC_850_FIRST_YEAR = 1970;
    private static final List<DateTimeFormatter> READ = List.of(
            FIXED,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, RFC_850_FIRST_YEAR)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT),
            pattern("EEE MMM ppd HH:mm:ss uuuu"));
    private static final DateTimeFormatter MDTM = pattern("uuuuMMddHHmmss");
    private static final int MDTM_LENGTH = 14;

    private HttpDates() {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /** Returns the time in the form that is sent. */
    public static String format(Instant time) {
        return FIXED.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Returns the time that a header names, in one of the three forms; nothing if it is none, since such a header is ignored. */
    static Optional<Instant> parse(String text) {
        return READ.stream().flatMap(form -> read(form, text).stream()).findFirst();
    }

    /** Returns the time of a 213 reply to MDTM, or of a {@code modify} fact: digits, and a fraction that is left out here. */
    static Optional<Instant> parseFtp(String text) {
        String time = text.strip();
        boolean fits = time.length() == MDTM_LENGTH || time.length() > MDTM_LENGTH && time.charAt(MDTM_LENGTH) == '.';
        return fits ? read(MDTM, time.substring(0, MDTM_LENGTH)) : Optional.empty();
    }

    private static Optional<Instant> read(DateTimeFormatter form, String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
