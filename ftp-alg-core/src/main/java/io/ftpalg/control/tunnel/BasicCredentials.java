package io.ftpalg.control.tunnel;

import io.ftpalg.http.Credentials;
import io.ftpalg.protocol.Secret;
import java.util.List;
import java.util.Optional;

/**
 * What a client of HTTP logs in with (RFC 7617), byte for char as on the control connection.
 *
 * @param user its user
 * @param password its password
 */
record BasicCredentials(String user, Secret password) {
    /** Returns what these values of Proxy-Authorization have, or nothing: only one of them may be there. */
    static Optional<BasicCredentials> of(List<String> values) {
        return values.size() == 1 ? Credentials.pair(values.get(0)).flatMap(BasicCredentials::split) : Optional.empty();
    }

    private static Optional<BasicCredentials> split(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new BasicCredentials(text.substring(0, colon), Secret.of(text.substring(colon + 1))));
    }
}
