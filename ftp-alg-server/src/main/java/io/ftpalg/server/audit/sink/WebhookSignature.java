package io.ftpalg.server.audit.sink;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request: {@code t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA-256 of {@code SECONDS.BODY}. A receiver computes it too,
 * and refuses a time that is minutes away, so that a request cannot be repeated later. Stateless.
 */
final class WebhookSignature {
    static final String HEADER = "Ftp-Alg-Signature";
    private static final String HMAC = "HmacSHA256";

    private WebhookSignature() {}

    static String of(Secret secret, Instant at, byte[] body) {
        long seconds = at.getEpochSecond();
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.ISO_8859_1), HMAC));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has it", e);
        }
    }
}
