package io.ftpalg;

import io.ftpalg.control.Admission;
import io.ftpalg.control.DnsNames;
import io.ftpalg.control.Gateway;
import io.ftpalg.control.GatewayTls;
import io.ftpalg.control.LoopData;
import io.ftpalg.control.Neighbours;
import io.ftpalg.control.SessionCounts;
import io.ftpalg.control.Sessions;
import io.ftpalg.control.Transport;
import io.ftpalg.control.UrgentRing;
import io.ftpalg.data.PassivePorts;
import io.ftpalg.policy.LoginGuard;
import io.ftpalg.policy.RelayType;
import io.ftpalg.session.SessionSettings;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the sessions of a gateway use, besides its event loops and listening sockets. Made by the gateway when it starts, and
 * released by it, once, when no session is left; constant in between.
 */
final class GatewayParts {
    private final FtpAlgBuilder options;
    private final Neighbours neighbours;
    private final SessionCounts counts;
    private final PassivePorts ports;
    private final Sessions sessions;
    private final Admission admission;
    private final DnsNames names;
    private final LoopData data;
    private final Optional<UrgentRing> ring;
    private final Optional<ExecutorService> handshakes;
    private final Gateway gateway;

    /** Makes them; what the predecessor has counted goes on. */
    GatewayParts(FtpAlgBuilder options, Transport transport, Neighbours neighbours, Optional<GatewayParts> predecessor) {
        this.options = options;
        this.neighbours = neighbours;
        counts = predecessor.map(before -> before.counts).orElseGet(SessionCounts::new);
        ports = predecessor.filter(this::hasTheSamePorts).map(before -> before.ports).orElseGet(this::newPorts);
        sessions = new Sessions(neighbours);
        admission = new Admission(options.limits(), counts, neighbours);
        names = new DnsNames(transport);
        data = new LoopData(transport, ports, options.relay() != RelayType.BUFFER, options.limits().relayMemory());
        ring = options.telnet() ? UrgentRing.open(transport) : Optional.empty();
        handshakes = newHandshakes();
        SessionSettings settings = new SessionSettings(options.router(), options.login(), LoginGuard.NONE,
                options.filter(), options.listeners(), options.limits(), options.texts(), options.passiveAddress(),
                options.dataConnect(), options.clientTls());
        GatewayTls tls = handshakes.map(threads ->
                new GatewayTls(options.clientContexts(), options.serverContexts(), threads)).orElse(GatewayTls.NONE);
        gateway = new Gateway(settings, transport, data, names, admission, sessions, neighbours::isListener,
                options.activeSourcePort(), options.telnet(), ring, tls);
    }

    private boolean hasTheSamePorts(GatewayParts other) {
        return options.passivePorts().equals(other.options.passivePorts())
                && options.limits().passiveShare() == other.options.limits().passiveShare();
    }

    private PassivePorts newPorts() {
        return options.passivePorts().map(range -> PassivePorts.of(range, options.limits().passiveShare()))
                .orElseGet(PassivePorts::ephemeral);
    }

    /** A handshake costs about as much as moving a megabyte: it must not hold up the transfers of its loop. */
    private Optional<ExecutorService> newHandshakes() {
        if (options.clientContexts().isEmpty() && options.serverContexts().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("ftp-alg-tls", true)));
    }

    Gateway gateway() {
        return gateway;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    Sessions sessions() {
        return sessions;
    }

    Admission admission() {
        return admission;
    }

    /** Gives all back; no session may be left. */
    void release() {
        names.close();
        data.close();
        ring.ifPresent(UrgentRing::close);
        handshakes.ifPresent(ExecutorService::shutdown);
    }
}
