package io.ftpalg.server.audit.record;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links lines: the hash of each is the SHA-256 of the hash before, in hexadecimal, and the line without its hash; with a key, the
 * HMAC-SHA-256 of these. A line that is changed, inserted, removed or moved has a hash that does not fit. Used by one thread.
 */
public final class HashChain {
    /** What stands for the hash before the first line. */
    public static final String START = "0".repeat(64);

    private static final Pattern HASHED = Pattern.compile("(?s)(\\{.*),\"hash\":\"([0-9a-f]{64})\"}");
    private static final String HMAC = "HmacSHA256";

    private final Optional<SecretKeySpec> key;
    private String last = START;

    /**
     * A line in two parts.
     *
     * @param body the line without its hash
     * @param hash its hash
     */
    public record Hashed(String body, String hash) {}

    /** Makes a chain with no lines. */
    public HashChain(Optional<Secret> key) {
        this.key = key.map(secret -> new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.ISO_8859_1), HMAC));
    }

    /** Returns the hash of the last line. */
    public String last() {
        return last;
    }

    /** Continues behind a line with this hash. */
    public void continueAfter(String hash) {
        last = hash;
    }

    /** Returns the hash of a line in this place, without adding it. */
    public String hash(byte[] body) {
        byte[] before = last.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(before, before.length + body.length);
        System.arraycopy(body, 0, bytes, before.length, body.length);
        try {
            if (key.isPresent()) {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(key.get());
                return HexFormat.of().formatHex(mac.doFinal(bytes));
            }
            return sha256(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has these", e);
        }
    }

    /** Returns the line with its hash, which the caller passes to {@link #continueAfter} once it is written. */
    public static String line(String body, String hash) {
        return body.substring(0, body.length() - 1) + ",\"hash\":\"" + hash + "\"}";
    }

    /** Takes a line apart, of which each char is a byte; empty if it is none that {@link #line} made. */
    public static Optional<Hashed> split(String line) {
        Matcher matcher = HASHED.matcher(line);
        return matcher.matches() ? Optional.of(new Hashed(matcher.group(1) + "}", matcher.group(2))) : Optional.empty();
    }

    /** Returns the SHA-256 of these bytes in hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has it", e);
        }
    }
}
