package io.ftpalg.server.rules;

import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.TransparentSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One address of a listener in transparent mode, and the connections that are to arrive there.
 *
 * @param mode how they are brought there
 * @param spoofing whether servers see the client's address
 * @param ipv6 whether it is for IPv6; each is for one IP version
 * @param listener the address; any local one, if it is the wildcard
 * @param ports the ports of servers that clients connect to
 * @param passivePorts the ports of data connections that are redirected with them
 */
record Diversion(
        TransparentMode mode,
        boolean spoofing,
        boolean ipv6,
        InetSocketAddress listener,
        List<PortRange> ports,
        List<PortRange> passivePorts) {
    private static final PortRange IMPLICIT_TLS = new PortRange(990, 990);
    private static final PortRange FTP = new PortRange(21, 21);

    Diversion {
        ports = List.copyOf(ports);
        passivePorts = List.copyOf(passivePorts);
    }

    /** Returns those of a listener; none if it is not in transparent mode. */
    static List<Diversion> of(ListenerSettings settings) {
        return settings.transparent().stream()
                .flatMap(transparent -> of(settings, transparent))
                .toList();
    }

    /** The port of implicit TLS comes first: it may be within a range of the others, and the first rule applies. */
    private static Stream<Diversion> of(ListenerSettings settings, TransparentSettings transparent) {
        return Stream.concat(
                settings.bind().implicitTls().stream()
                        .flatMap(address -> of(settings, transparent, address, List.of(IMPLICIT_TLS))),
                settings.bind().plain().stream()
                        .flatMap(address -> of(settings, transparent, address, ports(settings))));
    }

    private static Stream<Diversion> of(
            ListenerSettings settings,
            TransparentSettings transparent,
            InetSocketAddress address,
            List<PortRange> ports) {
        List<PortRange> passive = transparent.mode() == TransparentMode.REDIRECT ? passivePorts(settings) : List.of();
        return families(address.getAddress())
                .map(ipv6 ->
                        new Diversion(transparent.mode(), transparent.spoofClient(), ipv6, address, ports, passive));
    }

    /** Returns the IP versions of clients of a listener: false is IPv4, true IPv6. A socket of any IPv6 address accepts IPv4 too. */
    static Stream<Boolean> families(InetAddress listener) {
        boolean ipv6 = listener instanceof Inet6Address;
        return ipv6 && listener.isAnyLocalAddress() ? Stream.of(false, true) : Stream.of(ipv6);
    }

    /** The ports of all servers that may be reached; that of implicit TLS has a listener of its own. */
    private static List<PortRange> ports(ListenerSettings settings) {
        if (!(settings.routing().otherwise() instanceof RouteChoice.OriginalDestination original)) {
            return List.of(FTP);
        }
        List<PortRange> ports = original.targets().stream()
                .flatMap(rule -> rule.ports().stream())
                .filter(range -> !range.equals(IMPLICIT_TLS))
                .distinct()
                .toList();
        return ports.isEmpty() ? List.of(FTP) : ports;
    }

    private static List<PortRange> passivePorts(ListenerSettings settings) {
        return Stream.concat(
                        settings.data().passivePorts().stream(),
                        settings.routing().routes().stream()
                                .flatMap(route -> route.options().sockets().passivePorts().stream()))
                .distinct()
                .toList();
    }

    /** Returns what is wrong, if both are to get the connections to the same port of servers. */
    Optional<String> conflict(Diversion later) {
        return ipv6 != later.ipv6
                ? Optional.empty()
                : ports.stream()
                        .flatMap(range -> later.ports.stream()
                                .filter(other -> range.first() <= other.last() && other.first() <= range.last())
                                .map(other -> Math.max(range.first(), other.first())))
                        .filter(port -> port != IMPLICIT_TLS.first() || isImplicitTls() == later.isImplicitTls())
                        .findFirst()
                        .map(port -> "listeners " + text() + " and " + later.text() + " both take connections to port "
                                + port
                                + " of " + (ipv6 ? "IPv6" : "IPv4") + ", of which the first receives all: give their"
                                + " forward.allow different ports, or write rules of your own");
    }

    private boolean isImplicitTls() {
        return ports.equals(List.of(IMPLICIT_TLS));
    }

    private String text() {
        return new HostPort(listener.getAddress().getHostAddress(), listener.getPort()).toString();
    }

    /** Returns whether it is any address of this host. */
    boolean anyAddress() {
        return listener.getAddress().isAnyLocalAddress();
    }

    InetAddress address() {
        return listener.getAddress();
    }

    int port() {
        return listener.getPort();
    }
}
