package io.ftpalg.policy.login;

import io.ftpalg.protocol.HostPort;
import java.util.Optional;

/**
 * A login that names its server: {@code user@host}, {@code user@host:port}, {@code user@host port},
 * {@code user@[v6]:port}.
 *
 * @param user what the server gets as USER; never empty, no control bytes
 * @param target the server
 */
public record LoginTarget(String user, HostPort target) {

    public LoginTarget {
        if (!isUser(user)) {
            throw new IllegalArgumentException("a user is not empty and holds no control bytes");
        }
    }

    /** Returns what the login names, split at the last {@code @} since a user may be a mail address, or nothing. */
    public static Optional<LoginTarget> parse(String login) {
        int at = login.lastIndexOf('@');
        if (at < 0 || !isUser(login.substring(0, at))) {
            return Optional.empty();
        }
        String user = login.substring(0, at);
        return server(login.substring(at + 1)).map(target -> new LoginTarget(user, target));
    }

    /** Returns the server that the text names, {@code host}, {@code host:port} or {@code host port}, or nothing. */
    public static Optional<HostPort> server(String text) {
        return HostPort.parse(withColon(text));
    }

    /** Turns {@code host port} into {@code host:port}, so that one grammar judges both. */
    private static String withColon(String target) {
        int space = target.indexOf(' ');
        if (space < 0) {
            return target;
        }
        String host = target.substring(0, space);
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bareIpv6 ? '[' + host + ']' : host) + ':' + target.substring(space + 1);
    }

    private static boolean isUser(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> c < ' ' || c == 0x7F || c > 0xFF);
    }
}
