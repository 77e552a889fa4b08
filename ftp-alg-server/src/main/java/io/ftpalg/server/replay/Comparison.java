package io.ftpalg.server.replay;

import java.util.List;
import java.util.regex.Pattern;

/** What counts as the same line: all but ports, addresses and times, which no two sessions have in common. Immutable. */
final class Comparison {
    private static final Pattern SIX = Pattern.compile("(?<!\\d)\\d{1,3}( ?, *\\d{1,3}){5}(?!\\d)");
    private static final Pattern EXTENDED = Pattern.compile("([!-~&&[^\\d]])[12]?\\1[0-9A-Fa-f.:]{0,45}\\1\\d{1,5}\\1");
    private static final Pattern IPV4 = Pattern.compile("(?<![\\d.])\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5})?(?![\\d.]\\d)");
    private static final Pattern IPV6 =
            Pattern.compile("(?<![0-9A-Fa-f:])\\[?([0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(\\]:\\d{1,5}|\\])?");
    private static final Pattern TIME = Pattern.compile("(?<!\\d)\\d{1,2}:\\d{2}(:\\d{2})?(?!\\d)");
    private static final Pattern DATE = Pattern.compile("(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?!\\d)");
    /** What a gateway or server offers only where it has TLS (RFC 2389, RFC 4217). */
    private static final Pattern TLS_FEATURE = Pattern.compile(" (AUTH|PBSZ|PROT|CCC)( .*)?");

    private final boolean underTls;

    /** Makes the comparison of a session, which was under TLS and is not now, or was in the clear. */
    Comparison(boolean underTls) {
        this.underTls = underTls;
    }

    boolean same(String recorded, String now) {
        return recorded.equals(now) || normal(recorded).equals(normal(now));
    }

    /** Returns those lines of a reply that count. */
    List<String> lines(List<String> reply) {
        return underTls
                ? reply.stream()
                        .filter(line -> !TLS_FEATURE.matcher(line).matches())
                        .toList()
                : reply;
    }

    private static String normal(String line) {
        String text = SIX.matcher(line).replaceAll("h,h,h,h,p,p");
        text = EXTENDED.matcher(text).replaceAll("|address|port|");
        text = DATE.matcher(text).replaceAll("date");
        text = TIME.matcher(text).replaceAll("time");
        text = IPV4.matcher(text).replaceAll("address");
        return IPV6.matcher(text).replaceAll("address");
    }
}
