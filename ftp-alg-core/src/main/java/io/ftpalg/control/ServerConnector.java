package io.ftpalg.control;

import io.ftpalg.data.FreePorts;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.SocketSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Connects the control connection to the first address of a server that accepts; lives on the session's loop, until
 * it succeeded, failed or was cancelled.
 */
final class ServerConnector {

    /** Hears the outcome, once. */
    interface Outcome {
        void onConnected(SocketChannel server);

        void onUnreachable(CloseCause cause, String detail);
    }

    private final Gateway gateway;
    private final EventLoop loop;
    private final SocketSettings sockets;
    private final Queue<InetSocketAddress> addresses;
    private final Duration timeout;
    private final ChannelInitializer<SocketChannel> initializer;
    private final Outcome outcome;
    private @Nullable Channel attempt;
    private boolean cancelled;

    ServerConnector(Gateway gateway, EventLoop loop, List<InetSocketAddress> servers, SocketSettings sockets,
            ChannelInitializer<SocketChannel> initializer,
            Outcome outcome) {
        this.gateway = gateway;
        this.loop = loop;
        this.sockets = sockets;
        this.addresses = new ArrayDeque<>(servers);
        this.timeout = gateway.limits().connectTimeout().dividedBy(servers.size());
        this.initializer = initializer;
        this.outcome = outcome;
    }

    /** Tries the next address. */
    void start() {
        InetSocketAddress address = addresses.remove();
        if (gateway.ownListener().test(address)) {
            onFailure(CloseCause.LOOP, address + " is a listener of this gateway");
            return;
        }
        connect(address, LocalEnds.of(sockets, address));
    }

    /** Connects from the next of these local ends, or any if there is none. */
    private void connect(InetSocketAddress address, Iterator<InetSocketAddress> localEnds) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(gateway.transport().controlSockets(family(address)))
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout.toMillis()))
                .handler(initializer);
        gateway.transport().controlOptions().forEach((option, value) -> setOption(bootstrap, option, value));
        if (localEnds.hasNext()) {
            bootstrap.localAddress(localEnds.next());
        }
        if (sockets.sourcePorts().isPresent()) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
        var connecting = bootstrap.connect(address);
        attempt = connecting.channel();
        connecting.addListener((ChannelFutureListener) done -> {
            if (cancelled) {
                done.channel().close();
            } else if (done.isSuccess()) {
                onSuccess((SocketChannel) done.channel());
            } else if (localEnds.hasNext() && FreePorts.isTaken(done.cause())) {
                connect(address, localEnds);
            } else {
                onFailure(CloseCause.SERVER_UNREACHABLE, String.valueOf(done.cause().getMessage()));
            }
        });
    }

    /** A bound source decides: a socket of IPv6 can take one of either kind. */
    private InetAddress family(InetSocketAddress address) {
        return sockets.sourceAddress().filter(Inet6Address.class::isInstance).orElse(address.getAddress());
    }

    /** Gives up; nothing is heard of it any more. */
    void cancel() {
        cancelled = true;
        if (attempt != null) {
            attempt.close();
        }
    }

    private void onSuccess(SocketChannel server) {
        InetSocketAddress own = server.localAddress();
        // Not this connector: it would live as long as the session.
        Admission admission = gateway.admission();
        admission.connected(own);
        server.closeFuture().addListener(closed -> admission.disconnected(own));
        outcome.onConnected(server);
    }

    private void onFailure(CloseCause cause, String detail) {
        if (addresses.isEmpty()) {
            loop.execute(() -> {
                if (!cancelled) {
                    outcome.onUnreachable(cause, detail);
                }
            });
        } else {
            start();
        }
    }

    @SuppressWarnings("unchecked") // the transport pairs each option with a value of its type
    private static <T> void setOption(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }
}
