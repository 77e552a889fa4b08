package io.ftpalg;

import io.ftpalg.control.Transport;
import io.ftpalg.policy.TransportType;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    private final GatewayLife life;

    FtpAlg(FtpAlgBuilder options, List<InetSocketAddress> wanted, Transport transport,
            Optional<IoEventLoopGroup> givenLoops) {
        this.life = new GatewayLife(options, wanted, transport, givenLoops);
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

    static IoEventLoopGroup newEventLoops(Transport transport) {
        return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("ftp-alg"), transport.loops());
    }

    /**
     * Opens the listeners, and starts the router. The stage completes when all are open; it fails with
     * {@link FtpAlgException}, and everything is closed again, if one cannot be opened, or if this process may not mark data
     * connections as it is to.
     *
     * @throws IllegalStateException if it was started before
     */
    public CompletionStage<FtpAlg> start() {
        CompletableFuture<FtpAlg> result = new CompletableFuture<>();
        startInPlaceOf(List.of(this), List.of()).whenComplete((started, failure) -> {
            if (failure == null) {
                result.complete(this);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /**
     * Starts several gateways together, all or none, in place of others: of none at first. Gateways that were started
     * together, and those that take their place, number their sessions together, and no session of theirs can be routed to
     * one of them.
     *
     * <p>An address that a predecessor listens on is taken over, with the clients that wait there: none is turned away. The
     * gateway that takes it over goes on counting its sessions, for limits of its own. Predecessors retire: they listen no
     * more, their sessions go on as they began, and they end with the last of these. The stage completes when the new
     * gateways have taken over; it fails with {@link FtpAlgException}, and the predecessors go on as if nothing had been, if
     * one of the new cannot start.
     *
     * @param gateways not started; on the event loops of the predecessors, if there are any
     * @param predecessors running, on event loops that were given to them; those of one earlier start
     * @throws IllegalStateException if one of the gateways was started before, or a predecessor never
     * @throws IllegalArgumentException if the event loops are not the same, or predecessors were not started together
     */
    public static CompletionStage<List<FtpAlg>> startInPlaceOf(List<FtpAlg> gateways, List<FtpAlg> predecessors) {
        CompletableFuture<List<FtpAlg>> result = new CompletableFuture<>();
        new Succession(lives(gateways), lives(predecessors)).run().whenComplete((started, failure) -> {
            if (failure == null) {
                result.complete(List.copyOf(gateways));
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static List<GatewayLife> lives(List<FtpAlg> gateways) {
        return gateways.stream().map(gateway -> gateway.life).toList();
    }

    /**
     * Returns the addresses it listens on, those with implicit TLS last, with the ports that the system picked; empty before
     * the start is done, and once another has taken its place.
     */
    public List<InetSocketAddress> boundAddresses() {
        return life.bound();
    }

    /** Returns how many sessions are live. */
    public int sessions() {
        return life.liveSessions();
    }

    /** Returns what completes when it has ended: stopped, or replaced by another and left by its last session. */
    public CompletionStage<Void> ended() {
        return life.ended();
    }

    /**
     * Stops it: the listeners close at once, idle sessions are told 421, running transfers may finish until the grace is
     * over and are cut then. Completes when no session is left. Later calls return the same stage.
     */
    public CompletionStage<Void> stop(Duration grace) {
        return life.stop(grace);
    }

    /** Stops it without grace and waits until it has stopped; on one of its own event loops it does not wait. */
    @Override
    public void close() {
        CompletableFuture<Void> end = stop(Duration.ZERO).toCompletableFuture();
        if (life.loops().filter(FtpAlg::isOn).isEmpty()) {
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
