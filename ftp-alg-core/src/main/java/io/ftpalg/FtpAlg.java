package io.ftpalg;

import io.ftpalg.control.Admission;
import io.ftpalg.control.ControlInitializer;
import io.ftpalg.control.DnsNames;
import io.ftpalg.control.Gateway;
import io.ftpalg.control.GatewayTls;
import io.ftpalg.control.LoginFailures;
import io.ftpalg.control.LoopData;
import io.ftpalg.control.LoopRouterContext;
import io.ftpalg.control.Sessions;
import io.ftpalg.control.Transport;
import io.ftpalg.control.UrgentRing;
import io.ftpalg.data.PacketMarks;
import io.ftpalg.data.PassivePorts;
import io.ftpalg.data.PortRanges;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.session.SessionSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An FTP application-level gateway: it listens for FTP clients, connects each to a server, and stands between the two.
 *
 * <p>Owned by whoever built it. Its methods may be called from any thread and never block, but for {@link #close}. It
 * starts once and stops once. Event loops that were given to the builder stay their owner's; others end with the gateway.
 */
public final class FtpAlg implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(FtpAlg.class);
    private static final int BACKLOG = 1024;

    private final List<InetSocketAddress> wanted;
    private final Transport transport;
    private final Optional<IoEventLoopGroup> givenLoops;
    private final FtpAlgBuilder options;
    private final DnsNames names;
    private final RouterRun router;
    private final Sessions sessions = new Sessions();
    private final Admission admission;
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile List<InetSocketAddress> bound = List.of();
    private volatile @Nullable LoopData data;
    private volatile Optional<IoEventLoopGroup> loops = Optional.empty();

    FtpAlg(FtpAlgBuilder options, List<InetSocketAddress> wanted, Transport transport,
            Optional<IoEventLoopGroup> givenLoops) {
        this.options = options;
        this.wanted = List.copyOf(wanted);
        this.transport = transport;
        this.givenLoops = givenLoops;
        this.names = new DnsNames(transport, options.nameServers());
        this.router = new RouterRun(options.router());
        this.admission = new Admission(options.limits());
    }

    /** Returns a builder with defaults for everything but the addresses to listen on and the router. */
    public static FtpAlgBuilder builder() {
        return new FtpAlgBuilder();
    }

    /**
     * Returns event loops that several gateways may share ({@link FtpAlgBuilder#eventLoops}), one for each processor; the
     * caller shuts them down, after the gateways.
     *
     * @throws IllegalArgumentException if this machine does not have the transport; the message says why
     */
    public static IoEventLoopGroup newEventLoops(TransportType type) {
        return newEventLoops(Transport.of(type));
    }

    private static IoEventLoopGroup newEventLoops(Transport transport) {
        return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("ftp-alg"), transport.loops());
    }

    /**
     * Opens the listeners, and starts the router. The stage completes when all are open; it fails with {@link FtpAlgException}, and
     * everything is closed again, if one cannot be opened, or if this process may not mark data connections as it is to.
     *
     * @throws IllegalStateException if it was started before
     */
    public CompletionStage<FtpAlg> start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("a gateway starts once");
        }
        try {
            PacketMarks.tryOut(options.sockets().mark());
        } catch (IOException e) {
            stop(Duration.ZERO);
            return CompletableFuture.failedFuture(
                    new FtpAlgException("a mark of data connections needs the capability CAP_NET_ADMIN", e));
        }
        IoEventLoopGroup group = givenLoops.orElseGet(() -> newEventLoops(transport));
        loops = Optional.of(group);
        Gateway gateway = gateway();
        List<CompletableFuture<Channel>> bindings = bindAll(group, gateway);
        CompletableFuture<FtpAlg> result = new CompletableFuture<>();
        CompletableFuture.allOf(bindings.toArray(CompletableFuture[]::new)).thenCompose(all -> {
            bound = bindings.stream().map(done -> (InetSocketAddress) done.join().localAddress()).toList();
            return router.start(new LoopRouterContext(gateway, group.next()));
        }).whenComplete((none, failure) -> {
            if (failure == null) {
                result.complete(this);
            } else {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                stop(Duration.ZERO).whenComplete((done, error) -> result.completeExceptionally(cause));
            }
        });
        return result;
    }

    private List<CompletableFuture<Channel>> bindAll(IoEventLoopGroup group, Gateway gateway) {
        List<CompletableFuture<Channel>> bindings = new ArrayList<>();
        if (!wanted.isEmpty()) {
            ServerBootstrap bootstrap = bootstrap(group, gateway);
            wanted.forEach(address -> bindings.add(bind(bootstrap, address)));
        }
        if (!options.implicitTlsAddresses().isEmpty()) {
            ServerBootstrap bootstrap = bootstrap(group, gateway.implicitTls());
            options.implicitTlsAddresses().forEach(address -> bindings.add(bind(bootstrap, address)));
        }
        return bindings;
    }

    private Gateway gateway() {
        SessionSettings settings = new SessionSettings(options.router(), options.login(),
                new LoginFailures(options.limits(), System::nanoTime), options.filter(), options.listeners(), options.limits(),
                options.texts(), options.passiveAddress(), options.dataConnect(), options.clientTls());
        PortRanges ports = new PortRanges(PassivePorts.ephemeral(), options.limits().passiveShare());
        data = new LoopData(transport, ports, options.relay() != RelayType.BUFFER,
                options.limits().relayMemory());
        Optional<UrgentRing> ring = options.telnet() ? UrgentRing.open(transport) : Optional.empty();
        stopped.whenComplete((none, error) -> ring.ifPresent(UrgentRing::close));
        return new Gateway(settings, transport, data, names, options.gate(), admission, sessions, this::isOwnListener,
                options.sockets(), options.telnet(), ring, gatewayTls());
    }

    /** A handshake costs about as much as moving a megabyte: it must not hold up the transfers of its loop. */
    private GatewayTls gatewayTls() {
        if (options.clientContexts().isEmpty() && options.serverContexts().isEmpty()) {
            return GatewayTls.NONE;
        }
        ExecutorService handshakes = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("ftp-alg-tls", true));
        stopped.whenComplete((none, error) -> handshakes.shutdown());
        return new GatewayTls(options.clientContexts(), options.serverContexts(), handshakes);
    }

    private ServerBootstrap bootstrap(IoEventLoopGroup group, Gateway gateway) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channelFactory(transport.controlListeners())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(16 << 10, 64 << 10))
                .childHandler(new ControlInitializer(gateway));
        transport.prepare(bootstrap);
        return bootstrap;
    }

    private CompletableFuture<Channel> bind(ServerBootstrap bootstrap, InetSocketAddress address) {
        CompletableFuture<Channel> binding = new CompletableFuture<>();
        ChannelFuture bindFuture = bootstrap.bind(address);
        bindFuture.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                listeners.add(done.channel());
                binding.complete(done.channel());
            } else {
                String reason = String.valueOf(done.cause().getMessage()).replaceFirst("^.*failed: ", "");
                binding.completeExceptionally(new FtpAlgException(
                        format(address) + ": cannot listen: " + reason, done.cause()));
            }
        });
        return binding;
    }

    private static String format(InetSocketAddress address) {
        String host = address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.getPort();
    }

    /** A session that is sent to one of these would come back for ever. */
    private boolean isOwnListener(InetSocketAddress target) {
        return bound.stream().anyMatch(listener -> listener.getPort() == target.getPort()
                && (listener.getAddress().equals(target.getAddress())
                        || listener.getAddress().isAnyLocalAddress() && isThisHost(target.getAddress())));
    }

    private static boolean isThisHost(InetAddress address) {
        try {
            return address.isAnyLocalAddress() || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Returns the addresses it listens on, those with implicit TLS last, with the ports that the system picked; empty before the start is done. */
    public List<InetSocketAddress> boundAddresses() {
        return bound;
    }

    /** Returns how many sessions are live. */
    public int sessions() {
        return sessions.size();
    }

    /**
     * Stops it: the listeners close at once, idle sessions are told 421, running transfers may finish until the grace is
     * over and are cut then. Completes when no session is left. Later calls return the same stage.
     */
    public CompletionStage<Void> stop(Duration grace) {
        if (!stopping.compareAndSet(false, true)) {
            return stopped;
        }
        admission.stop();
        listeners.forEach(Channel::close);
        loops.ifPresentOrElse(group -> drain(group, grace), this::onDrained);
        return stopped;
    }

    private void drain(IoEventLoopGroup group, Duration grace) {
        Future<?> deadline;
        try {
            deadline = group.next().schedule(sessions::stopNow, grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The owner of the event loops ended them first, and all sessions with them.
            onDrained();
            return;
        }
        sessions.stop().whenComplete((none, error) -> {
            deadline.cancel(false);
            onDrained();
        });
    }

    private void onDrained() {
        router.stop();
        names.close();
        LoopData kept = data;
        if (kept != null) {
            kept.close();
        }
        loops.filter(group -> givenLoops.isEmpty()).ifPresentOrElse(
                group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                        .addListener(ended -> stopped.complete(null)),
                () -> stopped.complete(null));
    }

    /** Stops it without grace and waits until it has stopped; on one of its own event loops it does not wait. */
    @Override
    public void close() {
        CompletableFuture<Void> end = stop(Duration.ZERO).toCompletableFuture();
        boolean onOwnLoop = loops.isPresent() && isOn(loops.get());
        if (!onOwnLoop) {
            end.join();
        } else {
            logger.debug("closed from its own event loop: not waiting");
        }
    }

    private static boolean isOn(IoEventLoopGroup group) {
        for (var loop : group) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }
}
