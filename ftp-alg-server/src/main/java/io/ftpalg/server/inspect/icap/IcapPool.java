package io.ftpalg.server.inspect.icap;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Persistent connections to one service: so many at a time, each closed when it is idle for too long. On the event loop. */
final class IcapPool {
    /** Below what services wait for another request. */
    static final Duration IDLE = Duration.ofSeconds(15);

    /** Why there is no connection. */
    static final String UNREACHABLE = "accepts no connection";

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final Duration connectTimeout;
    private final Duration idleTimeout;
    private final Deque<IcapConnection> idle = new ArrayDeque<>();
    private final Queue<CompletableFuture<IcapConnection>> waiting = new ArrayDeque<>();
    private int most;
    private int open;

    IcapPool(EventLoop loop, InetSocketAddress address, int most, Duration connectTimeout, Duration idleTimeout) {
        this.loop = loop;
        this.address = address;
        this.most = most;
        this.connectTimeout = connectTimeout;
        this.idleTimeout = idleTimeout;
    }

    /** Sets how many there may be at a time. */
    void most(int count) {
        most = count;
        next();
    }

    /** Returns a connection, once there may be one more; a result that is cancelled before takes none. */
    CompletableFuture<IcapConnection> acquire() {
        CompletableFuture<IcapConnection> acquired = new CompletableFuture<>();
        waiting.add(acquired);
        next();
        return acquired;
    }

    /** The exchange on it is over, and the service keeps it. */
    void release(IcapConnection connection) {
        connection.idle(loop.schedule(
                () -> {
                    if (idle.remove(connection)) {
                        connection.close();
                    }
                },
                idleTimeout.toMillis(),
                TimeUnit.MILLISECONDS));
        idle.push(connection);
        // Not in this turn: what the connection has received behind the reply is not for another exchange.
        loop.execute(this::next);
    }

    /** Closes those that are idle: the service closes them too. */
    void closeIdle() {
        for (IcapConnection one = idle.poll(); one != null; one = idle.poll()) {
            one.close();
        }
    }

    private void next() {
        while (!idle.isEmpty() || open < most) {
            CompletableFuture<IcapConnection> first = waiting.poll();
            if (first == null) {
                return;
            }
            if (first.isDone()) {
                continue;
            }
            IcapConnection kept = idle.poll();
            if (kept != null && !kept.active()) {
                waiting.add(first);
            } else if (kept == null) {
                open++;
                connect(first);
            } else if (!first.complete(kept)) {
                idle.push(kept);
            }
        }
    }

    private void connect(CompletableFuture<IcapConnection> first) {
        ChannelFuture connecting = dial(loop, address, connectTimeout);
        connecting.channel().closeFuture().addListener(closed -> {
            open--;
            idle.remove(of(connecting.channel()));
            next();
        });
        connecting.addListener(done -> {
            IcapConnection made = of(connecting.channel());
            if (!done.isSuccess() || made == null) {
                first.completeExceptionally(done.cause() == null ? new IllegalStateException("closed") : done.cause());
            } else if (!first.complete(made)) {
                release(made);
            }
        });
    }

    /** Connects; the handler of the connection is {@link #of}. */
    static ChannelFuture dial(EventLoop loop, InetSocketAddress address, Duration timeout) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new IcapConnection(channel));
                    }
                })
                .connect(address);
    }

    static @Nullable IcapConnection of(Channel channel) {
        return channel.pipeline().get(IcapConnection.class);
    }
}
