package io.ftpalg.server.tls.trust;

import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The SHA-256 of a public key (its SubjectPublicKeyInfo), by which a server is identified.
 *
 * @param base64 the digest, as HPKP and curl write it
 */
public record PublicKeyPin(String base64) {
    private static final int LENGTH = 32;

    /** Returns the pin that the text is: base64, or hex with or without colons; or nothing. */
    public static Optional<PublicKeyPin> parse(String text) {
        String digest = text.startsWith("sha256//") ? text.substring("sha256//".length()) : text;
        String hex = digest.replace(":", "");
        try {
            byte[] bytes = hex.length() == 2 * LENGTH
                    ? HexFormat.of().parseHex(hex)
                    : Base64.getDecoder().decode(digest);
            return bytes.length == LENGTH ? Optional.of(of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the pin of a key. */
    public static PublicKeyPin of(PublicKey key) {
        return of(Certificates.sha256(key.getEncoded()));
    }

    private static PublicKeyPin of(byte[] digest) {
        return new PublicKeyPin(Base64.getEncoder().encodeToString(digest));
    }

    @Override
    public String toString() {
        return base64;
    }
}
