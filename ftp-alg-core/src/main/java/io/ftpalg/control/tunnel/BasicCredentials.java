package io.ftpalg.control.tunnel;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a client of HTTP logs in with (RFC 7617), byte for char as on the control connection.
 *
 * @param user its user
 * @param password its password
 */
record BasicCredentials(String user, Secret password) {
    private static final String SCHEME = "Basic ";

    /** Returns what these values of Proxy-Authorization have, or nothing: only one of them may be there. */
    static Optional<BasicCredentials> of(List<String> values) {
        if (values.size() != 1 || !values.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String text;
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(values.get(0).substring(SCHEME.length()).strip());
            text = new String(decoded, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new BasicCredentials(text.substring(0, colon), Secret.of(text.substring(colon + 1))));
    }
}
