package io.ftpalg.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Peers of which either may speak TLS: what the server sends comes from memory, what the client gets is dropped. */
final class TlsRelayPeers implements DownloadPeers {
    private static final int THREADS = 2;
    private static final int CHUNK = 128 << 10;

    private final ByteBuf chunk =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(CHUNK).writeZero(CHUNK));
    private final MultiThreadIoEventLoopGroup group;
    private final RelayKind kind;
    private final Optional<SslContext> clientTls;
    private final Channel listener;

    TlsRelayPeers(long size, RelayKind kind, Optional<SslContext> clientTls, Optional<SslContext> serverTls) {
        this.kind = kind;
        this.clientTls = clientTls;
        this.group = new MultiThreadIoEventLoopGroup(THREADS, kind.loops());
        this.listener = new ServerBootstrap()
                .group(group)
                .channelFactory(kind.transport().listeners())
                .childHandler(pipeline(serverTls, () -> new Sender(size, serverTls.isPresent())))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private static ChannelHandler pipeline(Optional<SslContext> tls, Supplier<ChannelHandler> last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                channel.pipeline().addLast(last.get());
            }
        };
    }

    @Override
    public InetSocketAddress server() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void read(InetSocketAddress from, LongConsumer end) {
        new Bootstrap()
                .group(group)
                .channelFactory(kind.transport().sockets())
                .handler(pipeline(clientTls, () -> new Reader(end)))
                .connect(from)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        end.accept(-1);
                    }
                });
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Sends as fast as the connection takes it, then close_notify under TLS, and closes. On its event loop. */
    private final class Sender extends ChannelInboundHandlerAdapter {
        private final boolean afterHandshake;
        private long left;

        Sender(long size, boolean afterHandshake) {
            this.left = size;
            this.afterHandshake = afterHandshake;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (!afterHandshake) {
                send(ctx);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                send(ctx);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            send(ctx);
        }

        private void send(ChannelHandlerContext ctx) {
            while (left > 0 && ctx.channel().isWritable()) {
                int size = (int) Math.min(left, CHUNK);
                left -= size;
                var written = ctx.writeAndFlush(chunk.slice(0, size));
                if (left == 0) {
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The reader misses the bytes, and reports it.
            ctx.close();
        }
    }

    /** Counts what comes. On its event loop. */
    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final LongConsumer end;
        private long count;

        Reader(LongConsumer end) {
            this.end = end;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            count += ((ByteBuf) message).readableBytes();
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end.accept(count);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
