package io.ftpalg.control;

import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.GatewayFailure;
import io.ftpalg.data.port.ForeignAddress;
import io.ftpalg.policy.TransparentMode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A listening socket, and the gateway that receives the clients that connect to it. Owned by that gateway; handed on, open, to the one
 * that takes its place. The receiver is a volatile field: its loop reads it once for each client, so a client belongs to one
 * gateway or the other.
 */
public final class ListeningSocket {
    private static final int BACKLOG = 1024;

    private final InetSocketAddress configured;
    private final Channel channel;
    private final CompletableFuture<ListeningSocket> bound = new CompletableFuture<>();
    private volatile Gateway receiver;
    private volatile boolean closing;

    /** Begins to listen at this address; clients wait until {@link #open}. */
    public ListeningSocket(InetSocketAddress configured, IoEventLoopGroup loops, Gateway receiver) {
        this(configured, loops, receiver, receiver.transport().controlListeners(), true);
    }

    /** Takes over a channel that listens at this address already, with the clients that wait there; from now on its owner. */
    public ListeningSocket(
            InetSocketAddress configured, IoEventLoopGroup loops, Gateway receiver, ServerSocketChannel listening) {
        this(configured, loops, receiver, () -> listening, false);
    }

    private ListeningSocket(
            InetSocketAddress configured,
            IoEventLoopGroup loops,
            Gateway receiver,
            ChannelFactory<ServerSocketChannel> channels,
            boolean bind) {
        this.configured = configured;
        this.receiver = receiver;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channelFactory(channels)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new AcceptErrors())
                .childHandler(new ControlInitializer(this::receiver));
        receiver.transport().prepare(bootstrap);
        if (isForeign(receiver)) {
            // Tried out before: the bootstrap only logs an option that cannot be set.
            bootstrap.option(EpollChannelOption.IP_TRANSPARENT, true);
        }
        ChannelFuture listening = bind ? bootstrap.bind(configured) : bootstrap.register();
        this.channel = listening.channel();
        listening.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                InetSocketAddress where = address();
                channel.closeFuture().addListener(closed -> onClosed(where));
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

    /** Returns its descriptor, with which another process can listen too; nothing where the transport is not epoll. */
    public Optional<Integer> descriptor() {
        return channel instanceof EpollServerSocketChannel epoll
                ? Optional.of(epoll.fd().intValue())
                : Optional.empty();
    }

    /** Takes clients from now on, those first that are waiting. */
    public void open() {
        channel.config().setAutoRead(true);
    }

    /** Lets another gateway receive the clients from now on. */
    public void handTo(Gateway successor) {
        boolean becomesForeign = isForeign(successor) && !isForeign(receiver);
        receiver = successor;
        if (becomesForeign) {
            try {
                ForeignAddress.allow(channel);
            } catch (IllegalStateException e) {
                // Tried out before, so that only the channel can be the reason.
                successor.sessions().fail(new GatewayFailure("a listener failed: " + e.getMessage(), Optional.of(e)));
            }
        }
    }

    /** Returns whether clients connect to other hosts' addresses, and come here nevertheless. */
    private static boolean isForeign(Gateway receiver) {
        return receiver.interception()
                .filter(how -> how.mode() == TransparentMode.TPROXY)
                .isPresent();
    }

    private Gateway receiver() {
        return receiver;
    }

    /** Netty closes a listener whose accept fails with an unknown error, or whose event loop ends. */
    private void onClosed(InetSocketAddress where) {
        if (!closing) {
            receiver.sessions()
                    .fail(new GatewayFailure(
                            "the listener at " + NetUtil.toSocketAddressString(where) + " has closed",
                            Optional.empty()));
        }
    }

    /** Receives what fails in accept: out of descriptors Netty waits and continues, out of memory nothing can. */
    private final class AcceptErrors extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            receiver.sessions().failIfFatal(cause);
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Listens no more. */
    public void close() {
        closing = true;
        channel.close();
    }

    /** Returns what completes when it listens no more; never, if its event loop ended before it was asked for. */
    public CompletableFuture<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.closeFuture().addListener(done -> closed.complete(null));
        return closed;
    }
}
