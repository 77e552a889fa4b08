package io.ftpalg.control.server;

import io.ftpalg.control.net.Transport;
import io.ftpalg.control.shared.Admission;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.data.port.FreePorts;
import io.ftpalg.data.port.LateBind;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.data.tunnel.TunnelErrors;
import io.ftpalg.data.tunnel.TunnelInitializer;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.IpLiteral;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects the control connection to whichever address of a server accepts first (happy eyeballs, RFC 8305); lives on the
 * session's loop, until it succeeded, failed or was cancelled.
 *
 * <p>The families take turns, beginning with that of the first address. An attempt follows the one before when that fails, or
 * after a quarter of a second at the latest, which leaves it running: the first that connects wins, and the others are closed
 * before the session is notified. All of them together have the time of one, and count as one where a session's connections
 * are counted ({@link ServerControl}).
 */
final class ServerConnector {
    private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);
    /** Addresses that the log names; the owner of a name's zone decides how many it has. */
    private static final int MAX_REPORTED = 8;

    /** Receives the outcome, once. */
    interface Outcome {
        void onConnected(SocketChannel server);

        /** None of the addresses can be connected to; the detail names each with its error. */
        void onUnreachable(CloseCause cause, String detail);
    }

    private final Gateway gateway;
    private final EventLoop loop;
    private final Function<InetAddress, ChannelFactory<SocketChannel>> families;
    private final SocketSettings sockets;
    private final boolean foreign;
    private final Function<InetSocketAddress, Optional<Tunnel>> tunnels;
    private final Queue<InetSocketAddress> addresses;
    private final long timeoutNanos;
    private final long delayNanos;
    private final ChannelInitializer<SocketChannel> initializer;
    private final Outcome outcome;
    private final Set<Channel> attempts = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private int failed;
    /** The connection to a proxy that was asked for the server. */
    private @Nullable Channel asked;

    private @Nullable ScheduledFuture<?> nextAttempt;
    private long started;
    /** It succeeded, failed or was cancelled; no attempt is reported any more. */
    private boolean over;

    /**
     * Makes it, not begun.
     *
     * @param families makes the sockets of a family
     * @param servers the addresses of the server, or of the first proxy on the way to it
     * @param foreign whether the local address is another host's, the client's
     * @param tunnels what is asked of a proxy at such an address; nothing of a server
     * @param initializer sets up the connection that wins
     */
    ServerConnector(
            Gateway gateway,
            EventLoop loop,
            Function<InetAddress, ChannelFactory<SocketChannel>> families,
            List<InetSocketAddress> servers,
            SocketSettings sockets,
            boolean foreign,
            Function<InetSocketAddress, Optional<Tunnel>> tunnels,
            ChannelInitializer<SocketChannel> initializer,
            Outcome outcome) {
        this.gateway = gateway;
        this.loop = loop;
        this.families = families;
        this.sockets = sockets;
        this.foreign = foreign;
        this.tunnels = tunnels;
        this.addresses = new ArrayDeque<>(interleaved(reachable(servers, sockets.sourceAddress())));
        this.timeoutNanos = gateway.limits().connectTimeout().toNanos();
        // However short the time is, each address gets some of it.
        this.delayNanos = Math.min(ATTEMPT_DELAY.toNanos(), timeoutNanos / addresses.size());
        this.initializer = initializer;
        this.outcome = outcome;
    }

    /** From an address of one family only that family can be reached; if the server has none of it, the attempt fails with the reason. */
    static List<InetSocketAddress> reachable(List<InetSocketAddress> servers, Optional<InetAddress> source) {
        List<InetSocketAddress> same = servers.stream()
                .filter(server -> source.isEmpty() || isIpv6(server.getAddress()) == isIpv6(source.get()))
                .toList();
        return same.isEmpty() ? servers : same;
    }

    /** RFC 8305 section 4: one family after the other, each in its own order. */
    static List<InetSocketAddress> interleaved(List<InetSocketAddress> servers) {
        boolean first = isIpv6(servers.get(0).getAddress());
        Queue<InetSocketAddress> same = new ArrayDeque<>();
        Queue<InetSocketAddress> other = new ArrayDeque<>();
        servers.forEach(server -> (isIpv6(server.getAddress()) == first ? same : other).add(server));
        List<InetSocketAddress> order = new ArrayList<>();
        while (!same.isEmpty() && !other.isEmpty()) {
            order.add(same.remove());
            order.add(other.remove());
        }
        order.addAll(same);
        order.addAll(other);
        return order;
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }

    /** Tries the first address; the outcome is never reported before this returns. */
    void start() {
        started = System.nanoTime();
        next();
    }

    /** Tries the next address that is not the gateway's own. */
    private void next() {
        CloseCause cause = CloseCause.SERVER_UNREACHABLE;
        long left = timeoutNanos - (System.nanoTime() - started);
        while (!addresses.isEmpty() && left > 0) {
            InetSocketAddress address = addresses.remove();
            if (!gateway.ownListener().test(address) && !gateway.data().ports().isOpen(address)) {
                attempt(address, left);
                return;
            }
            cause = CloseCause.LOOP;
            failed(address, "a listener of this gateway");
        }
        while (!addresses.isEmpty()) {
            failed(addresses.remove(), "not tried in time");
        }
        if (attempts.isEmpty()) {
            fail(cause);
        }
    }

    private void attempt(InetSocketAddress address, long nanos) {
        Attempt attempt = new Attempt(address, LocalAddresses.of(sockets, address, gateway.transport()), foreign);
        connect(attempt, nanos);
        if (!addresses.isEmpty()) {
            nextAttempt = loop.schedule(this::next, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * An attempt to connect to an address.
     *
     * @param localEnds those that are left to be tried
     * @param repeats whether it is made once more, from another port, if the server does not reply in half of the time: a connection
     *     of the client itself from the same port, of which the packet filter has kept a record, swallows the SYN
     */
    private record Attempt(InetSocketAddress address, Iterator<InetSocketAddress> localEnds, boolean repeats) {}

    /** Connects from the next of these local ends, or any if there is none. */
    private void connect(Attempt attempt, long left) {
        InetSocketAddress address = attempt.address();
        long nanos = attempt.repeats() ? left / 2 : left;
        SocketChannel socket;
        try {
            // Bootstrap would report a failure on another thread, by a channel that is none.
            socket = families.apply(family(address)).newChannel();
        } catch (RuntimeException e) {
            onNoSocket(address, e);
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> socket)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Transport.connectMillis(nanos))
                .handler(AttemptHandler.INSTANCE);
        gateway.transport().controlOptions().forEach((option, value) -> setOption(bootstrap, option, value));
        if (attempt.localEnds().hasNext()) {
            InetSocketAddress own = attempt.localEnds().next();
            if (foreign) {
                bootstrap.option(EpollChannelOption.IP_TRANSPARENT, true);
            }
            if (!LateBind.prepare(socket, own)) {
                bootstrap.option(ChannelOption.SO_REUSEADDR, true);
            }
            bootstrap.localAddress(own);
        }
        Optional<TunnelInitializer> tunnel =
                tunnels.apply(address).map(proxies -> new TunnelInitializer(proxies, Duration.ofNanos(nanos)));
        ChannelFuture connecting =
                tunnel.map(some -> some.connect(bootstrap)).orElseGet(() -> bootstrap.connect(address));
        attempts.add(connecting.channel());
        connecting.addListener((ChannelFutureListener) done -> onDone(done, attempt, tunnel));
    }

    /** Other addresses need a socket too: those that are being tried must do. */
    private void onNoSocket(InetSocketAddress address, RuntimeException reason) {
        failed(address, SocketErrors.reason(reason));
        addresses.clear();
        if (attempts.isEmpty()) {
            fail(CloseCause.NO_SOCKET);
        }
    }

    private void onDone(ChannelFuture done, Attempt attempt, Optional<TunnelInitializer> tunnel) {
        InetSocketAddress address = attempt.address();
        attempts.remove(done.channel());
        long left = timeoutNanos - (System.nanoTime() - started);
        if (over || asked != null) {
            done.channel().close();
        } else if (done.isSuccess()) {
            SocketChannel connected = (SocketChannel) done.channel();
            tunnel.ifPresentOrElse(proxy -> ask(proxy, connected), () -> onSuccess(connected));
        } else if (attempt.localEnds().hasNext() && left > 0 && FreePorts.isTaken(done.cause())) {
            connect(attempt, left);
        } else if (attempt.repeats() && left > 0 && done.cause() instanceof ConnectTimeoutException) {
            connect(new Attempt(address, LocalAddresses.of(sockets, address, gateway.transport()), false), left);
        } else {
            failed(address, SocketErrors.reason(done.cause()));
            tryNextOrFail();
        }
    }

    private void tryNextOrFail() {
        if (!addresses.isEmpty()) {
            stopWaiting();
            next();
        } else if (attempts.isEmpty()) {
            fail(CloseCause.SERVER_UNREACHABLE);
        }
    }

    /** The first proxy that accepts is asked for the server, the next only if that fails: no server gets two connections. */
    private void ask(TunnelInitializer proxy, SocketChannel channel) {
        asked = channel;
        stopWaiting();
        List.copyOf(attempts).forEach(Channel::close);
        proxy.result().addListener(done -> {
            asked = null;
            if (over) {
                channel.close();
            } else if (done.isSuccess()) {
                onSuccess(channel);
                proxy.passOn(channel);
            } else {
                failed(TunnelErrors.reason(done.cause()));
                tryNextOrFail();
            }
        });
    }

    private void failed(InetSocketAddress address, String reason) {
        failed(tunnels.apply(address).map(Tunnel::name).orElseGet(() -> IpLiteral.format(address)) + ": " + reason);
    }

    private void failed(String detail) {
        failed++;
        if (failures.size() < MAX_REPORTED) {
            failures.add(detail);
        }
    }

    private String detail() {
        String reported = String.join("; ", failures);
        return failed == failures.size() ? reported : reported + "; and " + (failed - failures.size()) + " more";
    }

    /** A bound source decides: a socket of IPv6 can take one of either kind. */
    private InetAddress family(InetSocketAddress address) {
        return sockets.sourceAddress().filter(Inet6Address.class::isInstance).orElse(address.getAddress());
    }

    /** Gives up; nothing is reported any more. */
    void cancel() {
        end();
    }

    private void onSuccess(SocketChannel server) {
        end();
        // Only now, so that the session receives nothing of the attempts that lost.
        if (server.pipeline().get(AttemptHandler.class) != null) {
            server.pipeline().remove(AttemptHandler.INSTANCE);
        }
        server.pipeline().addLast(initializer);
        InetSocketAddress own = server.localAddress();
        // Not this connector: it would live as long as the session.
        Admission admission = gateway.admission();
        admission.connected(own);
        server.closeFuture().addListener(closed -> admission.disconnected(own));
        outcome.onConnected(server);
    }

    private void fail(CloseCause cause) {
        String detail = detail();
        loop.execute(() -> {
            if (!over) {
                end();
                outcome.onUnreachable(cause, detail);
            }
        });
    }

    private void end() {
        over = true;
        stopWaiting();
        List.copyOf(attempts).forEach(Channel::close);
        if (asked != null) {
            asked.close();
        }
    }

    private void stopWaiting() {
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
            nextAttempt = null;
        }
    }

    @SuppressWarnings("unchecked") // the transport pairs each option with a value of its type
    private static <T> void setOption(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    /** Stands in until an attempt has won: Netty wants a handler. */
    @ChannelHandler.Sharable
    private static final class AttemptHandler extends ChannelInboundHandlerAdapter {
        private static final AttemptHandler INSTANCE = new AttemptHandler();
    }
}
