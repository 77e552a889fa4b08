package io.ftpalg.control.shared;

import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Ports at which clients of tunnels (SOCKS, HTTP CONNECT) find what waits for them. Nobody listens there: a port is a number that
 * a client has from the gateway and comes back with, so each client's address has all of them to itself.
 * Shared by all event loops of all gateways of one process; its map is concurrent.
 *
 * @param <W> what waits
 */
public final class TunnelPorts<W> {
    private final Map<Port, W> waiting = new ConcurrentHashMap<>();

    private record Port(InetAddress client, int number) {}

    /** Gives what waits the first of these ports that this client does not have yet; nothing if it has them all. */
    public Optional<Place> open(InetAddress client, PassivePorts ports, W what) {
        PrimitiveIterator.OfInt candidates = ports.ranged() ? ports.candidates() : ports.anyPorts();
        while (candidates.hasNext()) {
            Port port = new Port(IpLiteral.canonical(client), candidates.nextInt());
            if (port.number() != 0 && waiting.putIfAbsent(port, what) == null) {
                return Optional.of(new Place(port, what));
            }
        }
        return Optional.empty();
    }

    /** Returns what waits for this client at this port, and for this request; it waits no more then. */
    public Optional<W> claim(InetAddress client, int port, Predicate<W> request) {
        Port place = new Port(IpLiteral.canonical(client), port);
        W found = waiting.get(place);
        return found != null && request.test(found) && waiting.remove(place, found)
                ? Optional.of(found)
                : Optional.empty();
    }

    /** Returns how many wait. */
    public int size() {
        return waiting.size();
    }

    /** The port at which something waits. */
    public final class Place {
        private final Port port;
        private final W what;

        private Place(Port port, W what) {
            this.port = port;
            this.what = what;
        }

        public int port() {
            return port.number();
        }

        /** Gives the port back, unless it was claimed, or given back, before. */
        public void close() {
            waiting.remove(port, what);
        }
    }
}
