package io.ftpalg.server.admin.api;

import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as the API has them. Stateless. */
final class Values {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Values() {}

    static String address(InetSocketAddress address) {
        return IpLiteral.format(address);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String direction(FtpVerb verb) {
        return verb.is(FtpVerb.Trait.UPLOAD) ? "upload" : "download";
    }

    /** Bytes a second since a transfer began. */
    static double rate(long bytes, Duration age) {
        double seconds = age.toNanos() / 1e9;
        return seconds <= 0 ? 0 : bytes / seconds;
    }
}
