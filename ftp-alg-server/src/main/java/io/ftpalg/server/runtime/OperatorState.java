package io.ftpalg.server.runtime;

import io.ftpalg.live.OperatorGate;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What operators have set while the program runs, which a reload keeps: maintenance, blocked networks, servers out of rotation. Owned
 * by the {@link Gateways}; any thread.
 */
public final class OperatorState {
    private final OperatorGate gate = new OperatorGate();
    private final Set<HostPort> ejected = ConcurrentHashMap.newKeySet();
    private volatile Optional<Maintenance> maintenance = Optional.empty();

    /**
     * That new clients are refused.
     *
     * @param text what they receive
     * @param since since when
     * @param by who wanted it
     */
    public record Maintenance(String text, Instant since, String by) {}

    /** Returns the gate of all gateways. */
    public OperatorGate gate() {
        return gate;
    }

    /** Returns maintenance, while it is on. */
    public Optional<Maintenance> maintenance() {
        return maintenance;
    }

    /** Refuses new clients with a 421 and this text. */
    public void beginMaintenance(String text, String by) {
        maintenance = Optional.of(new Maintenance(text, Instant.now(), by));
        gate.close(FtpReply.of(421, text));
    }

    /** Admits clients again. */
    public void endMaintenance() {
        maintenance = Optional.empty();
        gate.open();
    }

    /** Keeps the server out of rotation, at gateways that are made later too. */
    public void ejected(HostPort server) {
        ejected.add(server);
    }

    /** The server is in rotation. */
    public void returned(HostPort server) {
        ejected.remove(server);
    }

    /** Takes the servers out of rotation of a gateway that was made just now. */
    void applyTo(MadeGateway made) {
        made.pools().forEach(pool -> ejected.forEach(pool::eject));
    }
}
