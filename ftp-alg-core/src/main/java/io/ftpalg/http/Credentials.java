package io.ftpalg.http;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Who somebody is: of a URL, or of a header of the Basic scheme (RFC 7617).
 *
 * @param user not empty, no control characters; ISO-8859-1, one char for one byte
 * @param password empty if none was given, which is not the empty password
 */
public record Credentials(String user, Optional<Secret> password) {
    private static final String SCHEME = "basic ";

    public Credentials {
        if (user.isEmpty()
                || hasControls(user)
                || password.map(Secret::reveal).filter(Credentials::hasControls).isPresent()) {
            throw new IllegalArgumentException(
                    "a user is not empty, and neither it nor its password has control characters");
        }
    }

    /**
     * Returns the credentials that a header carries.
     *
     * @throws HttpRefusal if they are of another scheme, or malformed
     */
    static Credentials ofHeader(String name, String value) throws HttpRefusal {
        if (!isBasic(value)) {
            throw HttpRefusal.bad(name + " has another scheme than Basic, which is the only one here.");
        }
        try {
            String pair = pair(value).orElse("");
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credentials(pair.substring(0, colon), Optional.of(Secret.of(pair.substring(colon + 1))));
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without what was sent.
        }
        throw HttpRefusal.bad(name + " is malformed: it is Basic, a space, and user:password in base64.");
    }

    private static boolean isBasic(String value) {
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Returns what the value of a header of the Basic scheme encodes, user:password if it is well-formed, one char for one byte; nothing
     * if it is of another scheme, or not base64.
     */
    public static Optional<String> pair(String value) {
        if (!isBasic(value)) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
            return Optional.of(new String(decoded, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7F || c > 0xFF);
    }
}
