package io.ftpalg.server.inspect;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Connections to clamd, one for each scan, and so many at a time. Has one event loop of its own, on which all else happens; the methods are
 * called from any thread.
 */
final class ClamClient implements AutoCloseable {
    private final ClamSettings settings;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int open;

    private record Waiting(ClamReply.Listener listener, CompletableFuture<Channel> connected) {}

    ClamClient(ClamSettings settings) {
        this.settings = settings;
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("ftp-alg-clamav", true), NioIoHandler.newFactory());
        this.loop = group.next();
    }

    ClamSettings settings() {
        return settings;
    }

    EventLoop loop() {
        return loop;
    }

    /** Connects, once one of the connections is free; a result that is cancelled before takes none. */
    CompletableFuture<Channel> connect(ClamReply.Listener listener) {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                waiting.add(new Waiting(listener, connected));
                next();
            });
        } catch (RejectedExecutionException e) {
            connected.completeExceptionally(e);
        }
        return connected;
    }

    private void next() {
        while (open < settings.connections()) {
            Waiting first = waiting.poll();
            if (first == null) {
                return;
            }
            if (!first.connected().isDone()) {
                open++;
                connect(first);
            }
        }
    }

    private void connect(Waiting first) {
        boolean unix = settings.address() instanceof UnixDomainSocketAddress;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(unix ? NioDomainSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ClamReply(first.listener()));
                    }
                });
        if (!unix) {
            bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                    Math.min(Integer.MAX_VALUE, settings.timeout().toMillis()));
        }
        bootstrap.connect(settings.address()).addListener((ChannelFuture done) -> {
            done.channel().closeFuture().addListener(closed -> {
                open--;
                next();
            });
            if (!done.isSuccess()) {
                first.connected().completeExceptionally(done.cause());
            } else if (!first.connected().complete(done.channel())) {
                done.channel().close();
            }
        });
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
