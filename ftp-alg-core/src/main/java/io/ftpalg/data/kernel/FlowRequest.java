package io.ftpalg.data.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One connection that the kernel may carry: who may connect where, and where it is sent to. All addresses are of one IP version.
 *
 * @param peer who may connect: the client where the data port is passive, the server where it is active
 * @param own the address and port of ours that the peer connects to, behind which a socket listens; the port is one of
 *     {@link KernelSettings#ports}
 * @param target where the connection is sent to
 * @param source what the target sees as the other end; port 0 is any. Without it the target sees the peer itself
 */
public record FlowRequest(
        InetAddress peer, InetSocketAddress own, InetSocketAddress target, Optional<InetSocketAddress> source) {

    /** Checks that the kernel can be given such an element. */
    public FlowRequest {
        Objects.requireNonNull(peer);
        requireNumeric(own);
        requireNumeric(target);
        source.ifPresent(FlowRequest::requireNumeric);
        if (own.getPort() == 0 || target.getPort() == 0) {
            throw new IllegalArgumentException("ports must be known: own=" + own + " target=" + target);
        }
        if (Stream.concat(Stream.of(own, target), source.stream())
                .anyMatch(address -> address.getAddress().getClass() != peer.getClass())) {
            throw new IllegalArgumentException("the kernel translates between addresses of one IP version only: peer="
                    + peer + " own=" + own + " target=" + target + " source=" + source);
        }
    }

    /** Returns whether all addresses are IPv6. */
    boolean isIpv6() {
        return peer.getAddress().length == 16;
    }

    private static void requireNumeric(InetSocketAddress address) {
        if (address.isUnresolved() || address.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("an address must be known: " + address);
        }
    }
}
