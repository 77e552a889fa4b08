package io.ftpalg.policy;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A session that wants to know its server.
 *
 * @param client the client's address
 * @param listener the address at which the client reached the gateway
 * @param login the argument of USER, if the router asked to wait for it
 */
public record RouteRequest(InetSocketAddress client, InetSocketAddress listener, Optional<String> login) {
}
