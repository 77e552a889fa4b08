package io.ftpalg.policy.route;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.HostPort;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A session that needs a server, as a router sees it.
 *
 * @param client the client's address
 * @param listener the address at which the client reached the gateway
 * @param user the user for the server, if the router asked to wait for the login; without the server's name
 * @param target the server that the client named, if it named one
 * @param proxyUser who the client is to the gateway, if the gateway has users of its own
 * @param host the name that the client called the gateway: HOST (RFC 7151), else that of its TLS handshake (SNI)
 * @param originalDestination the address that the client connected to, where it does not know of the gateway
 *     ({@link io.ftpalg.policy.TransparentMode})
 */
public record RouteRequest(
        InetSocketAddress client,
        InetSocketAddress listener,
        Optional<String> user,
        Optional<HostPort> target,
        Optional<ProxyUser> proxyUser,
        Optional<String> host,
        Optional<InetSocketAddress> originalDestination) {

    /** Makes the request of a client that knows of the gateway. */
    public RouteRequest(
            InetSocketAddress client,
            InetSocketAddress listener,
            Optional<String> user,
            Optional<HostPort> target,
            Optional<ProxyUser> proxyUser,
            Optional<String> host) {
        this(client, listener, user, target, proxyUser, host, Optional.empty());
    }

    /** Returns the request of a client that has sent nothing yet. */
    public static RouteRequest of(InetSocketAddress client, InetSocketAddress listener) {
        return new RouteRequest(
                client, listener, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the same with this user. */
    public RouteRequest withUser(Optional<String> name) {
        return new RouteRequest(client, listener, name, target, proxyUser, host, originalDestination);
    }

    /** Returns the same with the server that the client named. */
    public RouteRequest withTarget(Optional<HostPort> named) {
        return new RouteRequest(client, listener, user, named, proxyUser, host, originalDestination);
    }

    /** Returns the same with who the client is to the gateway. */
    public RouteRequest withProxyUser(Optional<ProxyUser> known) {
        return new RouteRequest(client, listener, user, target, known, host, originalDestination);
    }

    /** Returns the same with what the client called the gateway. */
    public RouteRequest withHost(Optional<String> name) {
        return new RouteRequest(client, listener, user, target, proxyUser, name, originalDestination);
    }

    /** Returns the same with the address that the client connected to. */
    public RouteRequest withOriginalDestination(Optional<InetSocketAddress> destination) {
        return new RouteRequest(client, listener, user, target, proxyUser, host, destination);
    }
}
