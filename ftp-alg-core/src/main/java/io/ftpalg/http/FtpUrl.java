package io.ftpalg.http;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A URL of the ftp scheme (RFC 1738 section 3.2), read strictly.
 *
 * <p>The segments of its path are joined to one path, relative to where the login begins: {@code /a/b} is {@code a/b}. It is an
 * absolute one if the first segment begins with an encoded slash, {@code /%2Fa/b}, or is empty, {@code //a/b}, as clients write it.
 *
 * @param server the server and its control port
 * @param credentials the user, and its password, if the URL has them
 * @param path the path as the server knows it, without a slash at its end unless it is nothing else; empty for where the login
 *     begins; ISO-8859-1, one char for one byte
 * @param lastSegment what stands behind the last slash of the URL, without the type, encoded; empty if nothing does
 * @param type how it is to be transferred
 */
public record FtpUrl(HostPort server, Optional<Credentials> credentials, String path, String lastSegment, Type type) {

    /** The types of a URL (RFC 1738 section 3.2.2). */
    public enum Type {
        /** {@code ;type=i}, and none. */
        IMAGE,
        /** {@code ;type=a}: text. */
        ASCII,
        /** {@code ;type=d}: a list of a directory. */
        DIRECTORY
    }

    private static final String SCHEME = "ftp://";
    private static final String TYPE = ";type=";

    /** Returns whether this is an absolute URL of the ftp scheme, well-formed or not. */
    public static boolean isFtp(String target) {
        return target.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Reads a URL.
     *
     * @throws HttpRefusal if it is no well-formed URL of this scheme, or names what no client has to name
     */
    public static FtpUrl parse(String target) throws HttpRefusal {
        if (!isFtp(target)) {
            throw HttpRefusal.bad("The target is no ftp:// URL.");
        }
        if (target.chars().anyMatch(c -> c <= ' ' || c >= 0x7F || c == '#')) {
            throw HttpRefusal.bad("The URL has a character that must be percent-encoded.");
        }
        int slash = target.indexOf('/', SCHEME.length());
        String authority = target.substring(SCHEME.length(), slash < 0 ? target.length() : slash);
        String rest = slash < 0 ? "" : target.substring(slash + 1);
        int at = authority.indexOf('@');
        if (at != authority.lastIndexOf('@')) {
            throw HttpRefusal.bad("The URL has more than one @ before its path: write @ in a user or password as %40.");
        }
        Optional<Credentials> credentials =
                at < 0 ? Optional.empty() : Optional.of(credentials(authority.substring(0, at)));
        return ofPath(server(authority.substring(at + 1)), credentials, rest);
    }

    private static Credentials credentials(String userinfo) throws HttpRefusal {
        int colon = userinfo.indexOf(':');
        String user = Percent.decode(colon < 0 ? userinfo : userinfo.substring(0, colon));
        if (user.isEmpty()) {
            throw HttpRefusal.bad("The URL has an empty user: leave out the @.");
        }
        return new Credentials(
                user,
                colon < 0 ? Optional.empty() : Optional.of(Secret.of(Percent.decode(userinfo.substring(colon + 1)))));
    }

    private static HostPort server(String text) throws HttpRefusal {
        boolean bareIpv6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        return HostPort.parse(text)
                .filter(server -> !bareIpv6)
                .orElseThrow(
                        () -> HttpRefusal.bad(
                                "The URL has no valid host: it is a name, an IPv4 address or an [IPv6 address], with :port or without."));
    }

    private static FtpUrl ofPath(HostPort server, Optional<Credentials> credentials, String rest) throws HttpRefusal {
        String raw = rest;
        Type type = Type.IMAGE;
        int semicolon = rest.toLowerCase(Locale.ROOT).indexOf(TYPE);
        if (semicolon >= 0) {
            raw = rest.substring(0, semicolon);
            type = type(rest.substring(semicolon + TYPE.length()));
        }
        String path = Percent.decode(raw);
        checkSegments(path);
        return new FtpUrl(
                server,
                credentials,
                path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                Percent.encode(Percent.decode(raw.substring(raw.lastIndexOf('/') + 1))),
                type);
    }

    private static Type type(String text) throws HttpRefusal {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "a" -> Type.ASCII;
            case "i" -> Type.IMAGE;
            case "d" -> Type.DIRECTORY;
            default ->
                throw HttpRefusal.bad("The URL has an unknown type: it is ;type=a, ;type=i or ;type=d at its end.");
        };
    }

    /** Some servers take a backslash for a slash. */
    private static void checkSegments(String path) throws HttpRefusal {
        if (Arrays.stream(path.split("[/\\\\]")).anyMatch(segment -> segment.equals("..") || segment.equals("."))) {
            throw HttpRefusal.bad("The URL has . or .. in its path: name the file without them.");
        }
    }

    /** Returns whether it is a directory: its path ends with a slash or is empty, or it has {@code ;type=d}. */
    public boolean directory() {
        return lastSegment.isEmpty() || type == Type.DIRECTORY;
    }

    /** Returns it without its user, for people: the path is not encoded, and needs to be escaped. */
    String display() {
        String port = server.port() == HostPort.DEFAULT_PORT ? "" : ":" + server.port();
        String host = server.host().indexOf(':') >= 0 ? '[' + server.host() + ']' : server.host();
        return SCHEME + host + port + '/' + path + (directory() && !path.isEmpty() && !path.endsWith("/") ? "/" : "");
    }
}
