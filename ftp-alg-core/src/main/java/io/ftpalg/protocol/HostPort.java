package io.ftpalg.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server as people write it: {@code host}, {@code host:port} or {@code [v6]:port}.
 *
 * @param host a name of letters, digits, hyphens, underscores and dots, or an IP literal without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    /** The control port of a server that names none (RFC 959 section 8). */
    public static final int DEFAULT_PORT = 21;

    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,254}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\\.?");
    private static final Pattern NUMERIC = Pattern.compile("(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*\\.?");

    public HostPort {
        host = host.toLowerCase(Locale.ROOT);
        if (!isHost(host)) {
            throw new IllegalArgumentException("not a host name or IP address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /** Returns the server that the text names, with {@link #DEFAULT_PORT} if it names no port, or nothing. */
    public static Optional<HostPort> parse(String text) {
        return parse(text, DEFAULT_PORT);
    }

    /** Returns the server that the text names, with this port if it names none, or nothing. */
    public static Optional<HostPort> parse(String text, int defaultPort) {
        String host = text;
        String port = "";
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            host = text.substring(1, bracket);
            String rest = text.substring(bracket + 1);
            if (!rest.isEmpty() && (!rest.startsWith(":") || rest.length() == 1)
                    || IpLiteral.parseIpv6(host).isEmpty()) {
                return Optional.empty();
            }
            port = rest.isEmpty() ? "" : rest.substring(1);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
            if (port.isEmpty()) {
                return Optional.empty();
            }
        }
        return of(host, port, defaultPort);
    }

    /** Returns the one spelling of a host name that names are compared in: lower case, without the dot of the root. */
    public static String canonicalName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Optional<HostPort> of(String host, String port, int defaultPort) {
        if (!isHost(host.toLowerCase(Locale.ROOT)) || port.length() > 5 || !port.isEmpty() && !Digits.only(port)) {
            return Optional.empty();
        }
        int number = port.isEmpty() ? defaultPort : Integer.parseInt(port);
        return number < 1 || number > 65535 ? Optional.empty() : Optional.of(new HostPort(host, number));
    }

    /** A text that some resolver reads as a number ({@code 127.1}, {@code 0x7f.1}) is neither a literal nor a name. */
    private static boolean isHost(String host) {
        return IpLiteral.parse(host).isPresent()
                || NAME.matcher(host).matches() && !NUMERIC.matcher(host).matches();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
