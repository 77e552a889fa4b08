package io.ftpalg.session.data;

import java.net.InetSocketAddress;

/**
 * The ends of a connection that the kernel carries, as of two data connections of the gateway; port 0 where the kernel chose it.
 *
 * @param clientLocal the gateway's end towards the client
 * @param clientRemote the client's end
 * @param serverLocal the gateway's end towards the server
 * @param serverRemote the server's end
 */
public record OffloadedConnection(
        InetSocketAddress clientLocal,
        InetSocketAddress clientRemote,
        InetSocketAddress serverLocal,
        InetSocketAddress serverRemote) {}
