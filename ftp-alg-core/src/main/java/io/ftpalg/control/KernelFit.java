package io.ftpalg.control;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides whether the kernel may carry a data connection, on one page: by facts that are known before the data port is announced.
 * Stateless.
 *
 * <p>The kernel translates addresses and nothing else, so one connection of the client must be one of the server, in the same direction
 * and IP version, with nothing of the gateway's between them. And it must forward the packets: what comes from this host, or stays on
 * it, does not pass the chains that translate and log.
 */
final class KernelFit {
    private KernelFit() {}

    /**
     * What is known of a data connection.
     *
     * @param usable whether connections get through the kernel at present
     * @param sameDirection whether one side is to connect to the gateway, and the gateway to the other
     * @param underTls whether one of the sides has TLS, or must have it
     * @param transparent whether clients do not know of the gateway, so that its data ports may have addresses of others
     * @param marked whether its packets are to have a codepoint or a mark, which only sockets set
     * @param portsFit whether the port to listen on will be one whose connections are translated
     * @param peer who connects to the gateway
     * @param own where it connects to
     * @param target where the connection is sent to
     * @param source what the target sees as the other end
     */
    record Facts(
            boolean usable,
            boolean sameDirection,
            boolean underTls,
            boolean transparent,
            boolean marked,
            boolean portsFit,
            InetAddress peer,
            InetAddress own,
            InetAddress target,
            InetAddress source) {
        List<InetAddress> addresses() {
            return List.of(peer, own, target, source);
        }
    }

    /**
     * Returns why the relay must carry the connection, or nothing if the kernel may.
     *
     * @param thisHost whether an address is one of this host's, on whatever interface
     */
    static Optional<String> obstacle(Facts facts, Predicate<InetAddress> thisHost) {
        if (!facts.usable()) {
            return Optional.of("connections through the kernel fail at present");
        }
        if (!facts.sameDirection()) {
            return Optional.of("client and server connect in unlike directions");
        }
        if (facts.underTls()) {
            return Optional.of("data is under TLS");
        }
        if (facts.transparent()) {
            return Optional.of("clients do not know of the gateway");
        }
        if (facts.marked()) {
            return Optional.of("packets are marked");
        }
        if (!facts.portsFit()) {
            return Optional.of("the data port is not from the ranges of the kernel data path");
        }
        if (!areOfOneVersion(facts.addresses())) {
            return Optional.of("client and server have unlike IP versions");
        }
        if (facts.addresses().stream().anyMatch(KernelFit::isUntranslatable)) {
            return Optional.of("an address is link-local, or not known");
        }
        return Stream.of(facts.peer(), facts.target())
                .filter(end -> end.isLoopbackAddress() || thisHost.test(end))
                .findFirst()
                .map(end -> "client or server is on this host");
    }

    private static boolean areOfOneVersion(List<InetAddress> addresses) {
        return addresses.stream()
                        .map(address -> address instanceof Inet6Address)
                        .distinct()
                        .count()
                == 1;
    }

    /** A link-local address is one of a link, which an element of a table does not have; the wildcard is none at all. */
    private static boolean isUntranslatable(InetAddress address) {
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
    }
}
