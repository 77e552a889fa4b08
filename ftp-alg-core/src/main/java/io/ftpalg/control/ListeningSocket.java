package io.ftpalg.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A listening socket, and the gateway that receives whoever connects to it. Owned by that gateway; handed on, open, to the one
 * that takes its place. The receiver is a volatile field: its loop reads it once for each client, so a client belongs to one
 * gateway or the other.
 */
public final class ListeningSocket {
    private static final int BACKLOG = 1024;

    private final InetSocketAddress configured;
    private final Channel channel;
    private final CompletableFuture<ListeningSocket> bound = new CompletableFuture<>();
    private volatile Gateway receiver;

    /** Begins to listen at this address; clients wait until {@link #open}. */
    public ListeningSocket(InetSocketAddress configured, IoEventLoopGroup loops, Gateway receiver) {
        this.configured = configured;
        this.receiver = receiver;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channelFactory(receiver.transport().controlListeners())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ControlInitializer(this::receiver));
        receiver.transport().prepare(bootstrap);
        ChannelFuture binding = bootstrap.bind(configured);
        this.channel = binding.channel();
        binding.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                bound.complete(this);
            } else {
                bound.completeExceptionally(done.cause());
            }
        });
    }

    /** Returns what completes when it listens, or fails because it cannot. */
    public CompletableFuture<ListeningSocket> bound() {
        return bound;
    }

    /** Returns where it was to listen; port 0 stands for any. */
    public InetSocketAddress configured() {
        return configured;
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Takes clients from now on, those first that wait already. */
    public void open() {
        channel.config().setAutoRead(true);
    }

    /** Lets another gateway receive the clients from now on. */
    public void handTo(Gateway successor) {
        receiver = successor;
    }

    private Gateway receiver() {
        return receiver;
    }

    /** Listens no more. */
    public void close() {
        channel.close();
    }

    /** Returns what completes when it listens no more; never, if its event loop ended before it was asked for. */
    public CompletableFuture<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.closeFuture().addListener(done -> closed.complete(null));
        return closed;
    }
}
