package io.ftpalg.data.tunnel;

import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.policy.route.TunnelProxy;
import io.netty.handler.proxy.ProxyConnectException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The failure of a tunnel in words, which name the proxy. Stateless. */
public final class TunnelErrors {
    /** What Netty's handlers make of it: protocol, authentication, the proxy, the target, and the fact. */
    private static final Pattern HANDLER = Pattern.compile("(\\w+), [\\w-]+, ([^ ]*) => [^ ,]*, (.*)", Pattern.DOTALL);
    /** The class of what was thrown, before its message. */
    private static final Pattern THROWN = Pattern.compile("(?:[a-z]\\w*\\.)+\\w+(?:: )?");
    /** A status of HTTP has a text, which may be as long as a line. */
    private static final int MOST_CHARACTERS = 200;

    private TunnelErrors() {}

    /** Returns a failure that may be of any proxy of the tunnel. */
    static ProxyConnectException failure(Tunnel tunnel, String fact) {
        List<TunnelProxy> hops = tunnel.via().tunnels();
        String more = hops.size() == 1
                ? ""
                : " or "
                        + name(
                                hops.get(1).protocol().text(),
                                hops.get(1).address().toString());
        return new ProxyConnectException(tunnel.name() + more + ": " + fact);
    }

    /** Returns why there is no tunnel, such as {@code socks5 proxy 192.0.2.1:1080: status: FORBIDDEN}. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        Matcher handler = HANDLER.matcher(message);
        if (!handler.matches()) {
            return cut(failure instanceof ProxyConnectException ? message : SocketErrors.reason(failure));
        }
        String fact = THROWN.matcher(handler.group(3)).replaceFirst("");
        String address = handler.group(2).substring(handler.group(2).indexOf('/') + 1);
        return cut(name(handler.group(1), address) + ": " + fact);
    }

    /** Netty does not distinguish SOCKS4a, which is the only one of its version here. */
    static String name(String protocol, String address) {
        return (protocol.equals("socks4") ? TunnelProxy.Protocol.SOCKS4A.text() : protocol) + " proxy " + address;
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
