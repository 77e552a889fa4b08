package io.ftpalg.server.quota;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What is counted together: transfers of one user or group, in one direction, by one length of period.
 *
 * @param group whether it is a group, and not a user
 * @param name the name of the user or group, one char for one byte; the end of a longer one is its hash
 * @param period the length of the period
 * @param way which transfers
 */
public record CounterName(boolean group, String name, Period period, Way way) {
    /** The store has a name for each user that clients have ever logged in as: they are bounded each. */
    static final int LONGEST = 128;

    private static final int HASH = 64;

    public CounterName {
        name = name.length() > LONGEST ? shortened(name) : name;
    }

    /** Returns the counter that was written as this text by {@link #text}. */
    static Optional<CounterName> parse(String text) {
        String[] parts = text.split(" ", 4);
        try {
            return parts.length < 4 || !(parts[0].equals("user") || parts[0].equals("group"))
                    ? Optional.empty()
                    : Optional.of(new CounterName(
                            parts[0].equals("group"),
                            parts[3],
                            Period.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                            Way.valueOf(parts[2].toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns it as text, which is its key in the store. */
    String text() {
        return (group ? "group " : "user ") + word(period) + " " + word(way) + " " + name;
    }

    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.ISO_8859_1));
            return name.substring(0, LONGEST - HASH - 1) + "~" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
