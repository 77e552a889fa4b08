package io.ftpalg;

import io.ftpalg.control.dns.DnsNames;
import io.ftpalg.control.dns.WatchedNames;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.server.LoopRouterContext;
import io.ftpalg.control.shared.Admission;
import io.ftpalg.control.shared.AnnouncedAddresses;
import io.ftpalg.control.shared.EventLoopDataChannels;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.Interception;
import io.ftpalg.control.shared.KernelData;
import io.ftpalg.control.shared.LoginFailures;
import io.ftpalg.control.shared.SessionCounts;
import io.ftpalg.control.shared.Sessions;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.control.tls.GatewayTls;
import io.ftpalg.data.kernel.KernelSettings;
import io.ftpalg.data.port.ForeignAddress;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.port.PortRanges;
import io.ftpalg.live.GatewayUsage;
import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.session.base.SessionSettings;
import io.ftpalg.system.SystemCalls;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sessions of a gateway use, besides its event loops and listening sockets. Made by the gateway when it starts, and
 * released by it, once, when no session is left; constant in between.
 */
final class GatewayResources {
    private static final Logger logger = LoggerFactory.getLogger(GatewayResources.class);

    /** How many connections the kernel may carry, or wait for, at a time: the rest is relayed. */
    private static final int KERNEL_FLOWS = 32_768;

    private static final String HOW_TO_GRANT = "run as root, or grant it, such as by systemd's AmbientCapabilities=";

    private final GatewayOptions options;
    private final SharedGatewayState neighbours;
    private final SessionCounts counts;
    private final PortRanges ports;
    private final LoginFailures failures;
    private final Sessions sessions;
    private final Admission admission;
    private final DnsNames names;
    private final WatchedNames passiveNames;
    private final RouterRun router;
    private final EventLoopDataChannels data;
    private final Optional<ExecutorService> handshakes;
    private final Optional<KernelData> kernel;
    private final Gateway gateway;

    /**
     * Makes them; the counts of the predecessor continue.
     *
     * @throws FtpAlgException if the kernel cannot carry data as it is to
     */
    GatewayResources(GatewayOptions options, SharedGatewayState neighbours, Optional<GatewayResources> predecessor)
            throws FtpAlgException {
        this.options = options;
        this.neighbours = neighbours;
        kernel = kernel();
        counts = predecessor.map(before -> before.counts).orElseGet(SessionCounts::new);
        ports = predecessor
                .filter(before -> before.limits().passiveShare() == limits().passiveShare())
                .map(before -> before.ports)
                .orElseGet(() -> new PortRanges(PassivePorts.ephemeral(), limits().passiveShare()));
        failures = predecessor
                .filter(this::countsFailuresAlike)
                .map(before -> before.failures)
                .orElseGet(() -> new LoginFailures(limits(), System::nanoTime));
        sessions = new Sessions(neighbours);
        admission = new Admission(options.limits(), counts, neighbours);
        Transport transport = options.transport();
        if (transport == Transport.EPOLL || transport == Transport.IO_URING) {
            // Loads what the first transfer would load on its event loop.
            SystemCalls.find();
        }
        ExtensionErrors errors = new ExtensionErrors(System::nanoTime);
        CheckedExtensions checked = new CheckedExtensions(errors);
        names = new DnsNames(transport, options.nameServers());
        passiveNames = new WatchedNames(options.passiveAddresses().stream()
                .filter(address -> address.address().isEmpty())
                .map(PassiveAddress::host)
                .toList());
        router = new RouterRun(options.router());
        data = new EventLoopDataChannels(
                transport,
                ports,
                options.relay() != RelayType.BUFFER,
                options.limits().relayMemory(),
                kernel,
                neighbours.sharedPorts());
        handshakes = newHandshakes();
        SessionSettings settings = new SessionSettings(
                checked.router(options.router()),
                checked.login(options.login()),
                failures,
                checked.filter(options.filter()),
                options.replyFilter().map(checked::replyFilter),
                checked.transferPolicy(options.transfers()),
                new Listeners(options.listeners(), errors),
                options.limits(),
                options.texts(),
                new AnnouncedAddresses(options.passiveAddresses(), passiveNames),
                options.dataConnect(),
                options.pasvAddress(),
                options.dataPeers(),
                options.clientTls());
        GatewayTls tls = handshakes
                .map(threads -> new GatewayTls(
                        options.clientContexts().map(checked::clientContexts),
                        options.serverContexts().map(checked::serverContexts),
                        threads))
                .orElse(GatewayTls.NONE);
        gateway = new Gateway(
                settings,
                transport,
                data,
                names,
                checked.gate(options.gate()),
                admission,
                sessions,
                neighbours::isListener,
                options.sockets(),
                options.telnet(),
                tls,
                options.proxyProtocol(),
                options.transparent().map(mode -> new Interception(mode, options.spoofClient())),
                options.protocol(),
                neighbours.tunnels());
        neighbours.sharedPorts().acquire();
    }

    private Optional<KernelData> kernel() throws FtpAlgException {
        if (options.relay() != RelayType.KERNEL) {
            return Optional.empty();
        }
        SystemCalls calls = SystemCalls.find()
                .orElseThrow(() -> new FtpAlgException("relay KERNEL: no netlink socket can be opened: "
                        + SystemCalls.missing().orElse("")));
        KernelPath path = options.kernelPath();
        List<PortRange> ports = path.ports().isEmpty()
                ? Stream.of(options.sockets().passivePorts(), options.sockets().sourcePorts())
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList()
                : path.ports();
        try {
            KernelSettings settings = new KernelSettings(path.name(), ports, path.logGroup(), KERNEL_FLOWS);
            return Optional.of(neighbours.kernelPlanes().acquire(settings, calls::netlinkSocket));
        } catch (IOException | IllegalArgumentException e) {
            throw new FtpAlgException("relay KERNEL: " + e.getMessage(), e);
        }
    }

    private Limits limits() {
        return options.limits();
    }

    private boolean countsFailuresAlike(GatewayResources other) {
        return limits().failedLoginWindow().equals(other.limits().failedLoginWindow())
                && limits().failedLoginsPerAddress() == other.limits().failedLoginsPerAddress()
                && limits().failedLoginsPerUser() == other.limits().failedLoginsPerUser();
    }

    /** A handshake costs about as much as moving a megabyte: it must not hold up the transfers of its loop. */
    private Optional<ExecutorService> newHandshakes() {
        if (options.clientContexts().isEmpty() && options.serverContexts().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("ftp-alg-tls", true)));
    }

    Gateway gateway() {
        return gateway;
    }

    /** Returns the same for clients that begin with TLS. */
    Gateway implicitTlsGateway() {
        if (options.clientContexts().isEmpty() || options.clientTls().control() == TlsUse.OFF) {
            throw new IllegalStateException("clients that begin with TLS need clientTls: call FtpAlgBuilder.clientTls");
        }
        return gateway.implicitTls();
    }

    SharedGatewayState neighbours() {
        return neighbours;
    }

    Sessions sessions() {
        return sessions;
    }

    Admission admission() {
        return admission;
    }

    /** Returns how much of its limits is in use. */
    GatewayUsage usage() {
        int limit = options.passivePortCount();
        int leased = ports.passive(options.sockets().passivePorts()).leased();
        // One port may serve several sessions.
        return new GatewayUsage(
                admission.sessions(), limits().sessions(), limit == 0 ? leased : Math.min(leased, limit), limit);
    }

    /** Tries out what this process may not be allowed to do. */
    void tryOut() throws FtpAlgException {
        try {
            PacketMarks.tryOut(options.sockets().mark());
        } catch (IOException e) {
            throw new FtpAlgException("a mark of data connections needs the capability CAP_NET_ADMIN", e);
        }
        if (options.transparent().isPresent()) {
            tryOutTransparent();
        }
    }

    private void tryOutTransparent() throws FtpAlgException {
        try {
            ForeignAddress.tryOut();
        } catch (IOException e) {
            throw new FtpAlgException(
                    "transparent mode needs the capability CAP_NET_ADMIN or CAP_NET_RAW: " + HOW_TO_GRANT
                            + "CAP_NET_ADMIN",
                    e);
        }
        Optional<Integer> port = options.sockets().activeSourcePort();
        try {
            ForeignAddress.tryOut(port.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        } catch (IOException e) {
            throw new FtpAlgException(
                    "data connections from port " + port.orElseThrow() + " need the capability CAP_NET_BIND_SERVICE: "
                            + HOW_TO_GRANT + "CAP_NET_BIND_SERVICE",
                    e);
        }
    }

    /** Starts the router, and looks up the names that 227 replies announce, on this event loop. */
    CompletableFuture<Void> startRouter(EventLoop loop) {
        return router.start(new LoopRouterContext(gateway, loop))
                .thenCompose(started -> passiveNames.start(names.on(loop), loop))
                .toCompletableFuture();
    }

    /** Another gateway has taken its place: its sessions run to their end, and its servers are no longer checked. */
    void retire() {
        router.stop();
        sessions.retire();
    }

    /** Gives all back; no session may be left. Returns what completes when another gateway can have what is one process's. */
    CompletionStage<Void> release() {
        List<Runnable> steps = List.of(
                router::stop,
                passiveNames::close,
                names::close,
                data::close,
                neighbours.sharedPorts()::release,
                () -> handshakes.ifPresent(ExecutorService::shutdown));
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                logger.error("the gateway did not release all its resources", e);
            }
        }
        return kernel.map(neighbours.kernelPlanes()::release).orElseGet(() -> CompletableFuture.completedFuture(null));
    }
}
