package io.ftpalg.control;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who the client of a control connection is, where the peer may be a balancer that names it. Constant.
 *
 * @param address the client's address
 * @param destination the address that the client connected to, if a balancer named that too
 */
record NamedClient(InetSocketAddress address, Optional<InetSocketAddress> destination) {
    static NamedClient of(InetSocketAddress address) {
        return new NamedClient(address, Optional.empty());
    }
}
