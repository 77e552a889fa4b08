package io.ftpalg;

import io.ftpalg.control.AcceptedChannels;
import io.ftpalg.control.net.Transport;
import io.ftpalg.live.GatewayUsage;
import io.ftpalg.policy.TransportType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An FTP application-level gateway: it listens for FTP clients, connects each to a server, and stands between the two.
 *
 * <p>Owned by its builder. Its methods may be called from any thread and never block, but for {@link #close}. It
 * starts once and stops once. Event loops that were given to the builder stay their owner's; others end with the gateway.
 */
public final class FtpAlg implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(FtpAlg.class);

    private final GatewayLifecycle life;

    FtpAlg(GatewayOptions options) {
        this.life = new GatewayLifecycle(options);
    }

    /** Returns a builder with defaults for everything but the addresses to listen on and the router. */
    public static FtpAlgBuilder builder() {
        return new FtpAlgBuilder();
    }

    /**
     * Returns event loops that several gateways may share ({@link FtpAlgBuilder#eventLoops}), one for each processor; the
     * caller shuts them down, after the gateways.
     *
     * @throws IllegalArgumentException if this machine does not have the transport; the message has the reason
     */
    public static IoEventLoopGroup newEventLoops(TransportType type) {
        return Transport.of(type).newEventLoops();
    }

    /**
     * Returns event loops for gateways and, if their owner likes, for other channels of the transport too; the caller shuts
     * them down, after the gateways.
     *
     * @param threads how many there are
     * @param factory makes their threads
     * @throws IllegalArgumentException if this machine does not have the transport; the message has the reason
     */
    public static IoEventLoopGroup newEventLoops(TransportType type, int threads, ThreadFactory factory) {
        return Transport.of(type).newEventLoops(threads, factory);
    }

    /**
     * Opens the listeners, and starts the router. The stage completes when all are open; it fails with
     * {@link FtpAlgException}, and everything is closed again, if one cannot be opened, if the router cannot start, if its event
     * loops have ended, or if this process may not mark data connections as it is to; with {@link IllegalStateException} if it
     * was started, or stopped, before. Throws nothing.
     */
    public CompletionStage<FtpAlg> start() {
        return start(List.of(this), List.of(), List.of(), this);
    }

    /**
     * Starts several gateways together, all or none, in place of others: of none at first. Gateways that were started
     * together, and those that take their place, number their sessions together, and no session of theirs can be routed to
     * one of them.
     *
     * <p>An address that a predecessor listens on is taken over, with the clients that wait there: none is turned away. The
     * gateway that takes it over continues to count its sessions, for limits of its own. Predecessors retire: they listen no
     * more, their sessions continue as they began, and they end with the last of these. The stage completes when the new
     * gateways have taken over; it fails with {@link FtpAlgException}, and the predecessors continue unchanged, if
     * one of the new cannot start. Throws nothing: the stage fails with {@link IllegalStateException} if one of the gateways was
     * started before, or a predecessor never, and with {@link IllegalArgumentException} if the event loops are not the same, or
     * predecessors were not started together.
     *
     * @param gateways not started; on the event loops of the predecessors, if there are any
     * @param predecessors running, on event loops that were given to them; those of one earlier start
     */
    public static CompletionStage<List<FtpAlg>> startInPlaceOf(List<FtpAlg> gateways, List<FtpAlg> predecessors) {
        return start(gateways, predecessors, List.of(), List.copyOf(gateways));
    }

    /**
     * Starts several gateways together, all or none, on listening sockets that are open already: as {@link #startInPlaceOf} without
     * predecessors, except that an address at which one of the sockets listens is not opened but taken over, with the clients that
     * wait there. A socket at whose address no gateway is to listen stays the caller's. Throws nothing: the stage fails with
     * {@link IllegalArgumentException} if there are sockets and the transport of a gateway is not epoll.
     *
     * @param gateways not started
     * @param sockets of systemd, or of the process that this one replaces
     */
    public static CompletionStage<List<FtpAlg>> startOn(List<FtpAlg> gateways, List<InheritedSocket> sockets) {
        return start(gateways, List.of(), sockets, List.copyOf(gateways));
    }

    private static <T> CompletionStage<T> start(
            List<FtpAlg> gateways, List<FtpAlg> predecessors, List<InheritedSocket> sockets, T started) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new GatewayHandover(lives(gateways), lives(predecessors), sockets).run().whenComplete((done, failure) -> {
            if (failure == null) {
                result.complete(started);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static List<GatewayLifecycle> lives(List<FtpAlg> gateways) {
        return gateways.stream().map(gateway -> gateway.life).toList();
    }

    /**
     * Returns the addresses it listens on, those with implicit TLS last, with the ports that the system picked; empty before
     * the start is done, and once another has taken its place.
     */
    public List<InetSocketAddress> boundAddresses() {
        return life.bound();
    }

    /**
     * Returns the descriptors of the sockets that it listens on, for a process that is to replace this one; they are valid while it
     * listens, and stay its own. Empty where the transport is not epoll, and where {@link #boundAddresses} is.
     */
    public List<Integer> listeningDescriptors() {
        return life.descriptors();
    }

    /**
     * Returns the {@code childHandler} of a server of your own, whose connections all become sessions: {@link #accept(Channel)}
     * for each. For any number of connections, once the gateway is started.
     */
    public ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                accept(client);
            }
        };
    }

    /**
     * Makes a session of a connection that a server of your own has accepted. It is then as one of the gateway's listeners:
     * admission, limits, counts, timeouts and shutdown hold for it, and the channel belongs to the session.
     *
     * <p>Called on the channel's event loop, which is one of {@link FtpAlgBuilder#eventLoops}, once, when the gateway is started:
     * from a {@code ChannelInitializer}, or later from a handler that has read something, such as a PROXY header. That handler
     * passes on what it has read beyond, and removes itself, after this call. Handlers that stay in front see all bytes and
     * change none.
     *
     * <p>The handlers that the session adds have names, which no other handler of the channel may have. Four of them stay the same
     * from release to release, so that your code may look them up: {@code decoder} and {@code encoder} of the control
     * connection, {@code tls} (an {@code SslHandler}) in front of them under TLS, and {@code session}, the last.
     *
     * @return whether it has a session; else it was refused, with a reply, or the client is gone already
     * @throws IllegalArgumentException if it is not a TCP connection of one of these event loops; the message says what to do
     * @throws IllegalStateException if it was accepted before, has TLS already, or this is not the time or thread for it; the
     *     message says what to do. The channel is as it was then
     */
    public boolean accept(Channel client) {
        return accept(client, Optional.empty(), false);
    }

    /**
     * As {@link #accept(Channel)}, for a client behind a proxy.
     *
     * @param address the client's address, as the proxy names it: limits count it, listeners and routers receive it, and data
     *     connections are with it, unless {@link FtpAlgBuilder#dataPeers} names more
     */
    public boolean accept(Channel client, InetSocketAddress address) {
        return accept(client, Optional.of(address), false);
    }

    /**
     * As {@link #accept(Channel)}, where TLS begins with the connection; a server that has read the ClientHello, to look at its
     * name, passes it on. Needs {@link FtpAlgBuilder#clientTls}.
     */
    public boolean acceptImplicitTls(Channel client) {
        return accept(client, Optional.empty(), true);
    }

    /** As {@link #acceptImplicitTls(Channel)}, for a client behind a proxy that has this address. */
    public boolean acceptImplicitTls(Channel client, InetSocketAddress address) {
        return accept(client, Optional.of(address), true);
    }

    private boolean accept(Channel client, Optional<InetSocketAddress> address, boolean implicitTls) {
        if (!life.wasStarted()) {
            throw new IllegalStateException("the gateway is not started: accept channels when start() has completed");
        }
        address.filter(InetSocketAddress::isUnresolved).ifPresent(name -> {
            throw new IllegalArgumentException("the client's address is an address, not a name: " + name);
        });
        GatewayResources parts = life.parts();
        return new AcceptedChannels(
                        implicitTls ? parts.implicitTlsGateway() : parts.gateway(),
                        life.loops().orElseThrow())
                .accept(client, address);
    }

    /** Returns how many sessions are live. */
    public int sessions() {
        return life.liveSessions();
    }

    /** Returns its live sessions, for its operators. */
    public LiveSessions live() {
        return new LiveSessions(life::sessions);
    }

    /** Returns how much of its limits is in use; nothing before it is started. */
    public GatewayUsage usage() {
        return life.usage();
    }

    /**
     * Returns what completes when it has ended: stopped, or replaced by another and left by its last session. Fails with
     * {@link GatewayFailedException} if it cannot continue although it was not stopped: one of its event loops has ended, a
     * listener has closed, or the JVM failed, such as out of memory. It is to be stopped then all the same.
     */
    public CompletionStage<Void> ended() {
        return life.ended();
    }

    /**
     * Stops it: the listeners close at once, idle sessions get 421, running transfers may finish until the grace is
     * over and are cut then. Completes when no session is left, normally also if it had failed; where one of its event loops has
     * ended there is no grace. Later calls return the same stage.
     */
    public CompletionStage<Void> stop(Duration grace) {
        return life.stop(grace);
    }

    /**
     * Stops it without grace and waits until it has stopped; does not wait on one of its own event loops, nor where Netty reports
     * of their end, because that would be to wait for itself.
     */
    @Override
    public void close() {
        CompletableFuture<Void> end = stop(Duration.ZERO).toCompletableFuture();
        if (GlobalEventExecutor.INSTANCE.inEventLoop()
                || life.loops().filter(FtpAlg::isOn).isPresent()) {
            logger.debug("closed from its own event loop: not waiting");
        } else {
            end.join();
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
