package io.ftpalg.server.inspect.icap;

import io.ftpalg.protocol.HostPort;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * The URL of an ICAP service (RFC 3507 section 4.2), without user and fragment.
 *
 * @param server its address, port 1344 if the URL has none
 * @param path the service, with its query, which begins with a slash
 */
public record IcapUrl(HostPort server, String path) {
    private static final String SCHEME = "icap://";
    private static final int DEFAULT_PORT = 1344;
    private static final Pattern PATH = Pattern.compile("/[!$-;=?-~]{0,1000}");
    private static final String EXPECTED = "expected icap://HOST[:PORT]/SERVICE";

    public IcapUrl {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    /** Returns the URL of a text. */
    public static IcapUrl of(String text) {
        int slash = text.indexOf('/', SCHEME.length());
        if (!text.startsWith(SCHEME) || slash < 0) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return HostPort.parse(text.substring(SCHEME.length(), slash), DEFAULT_PORT)
                .map(server -> new IcapUrl(server, text.substring(slash)))
                .orElseThrow(() -> new IllegalArgumentException(EXPECTED));
    }

    /** Returns the address; a name is not resolved. */
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(server.host(), server.port());
    }

    /** Returns host and port, as the Host header has them. */
    String authority() {
        String host = server.host();
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + server.port();
    }

    @Override
    public String toString() {
        return SCHEME + authority() + path;
    }
}
