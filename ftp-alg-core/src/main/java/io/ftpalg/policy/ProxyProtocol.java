package io.ftpalg.policy;

import io.ftpalg.protocol.Cidr;
import java.net.InetAddress;
import java.util.List;

/**
 * Balancers in front of the gateway, which name the client in the header of HAProxy's PROXY protocol, version 1 or 2.
 *
 * @param from the networks of the balancers; a header from elsewhere is a bad command
 * @param required whether a connection of theirs without a header is closed; otherwise it is a client's own, whose session begins
 *     when its first bytes show that, or after {@link Limit.Time#PROXY_HEADER_TIMEOUT}
 * @param data whether their data connections begin with a header too: the peer that it names is checked, not the balancer
 */
public record ProxyProtocol(List<Cidr> from, boolean required, boolean data) {
    public ProxyProtocol {
        from = List.copyOf(from);
        if (from.isEmpty()) {
            throw new IllegalArgumentException("the PROXY protocol needs the networks of the balancers");
        }
    }

    /** Returns whether this peer is a balancer. */
    public boolean isFrom(InetAddress peer) {
        return from.stream().anyMatch(network -> network.contains(peer));
    }
}
