package io.ftpalg.examples;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A Netty server of its own in front of the gateway: it reads a first line, in which a load balancer names the client
 * ({@code CLIENT 192.0.2.7 4711}), and hands the connection over.
 */
public final class AcceptOwnChannel implements AutoCloseable {
    private final IoEventLoopGroup loops =
            FtpAlg.newEventLoops(TransportType.NIO, 2, new DefaultThreadFactory("own", true));
    private final FtpAlg gateway;
    private final Channel listener;

    AcceptOwnChannel(InetSocketAddress listen, HostPort server) throws InterruptedException {
        // snippet: accept
        gateway = FtpAlg.builder()
                .acceptOnly()
                .eventLoops(loops)
                .router(Routers.fixed(server, ServerDataMode.CLIENT, Optional.empty()))
                .build();
        gateway.start().toCompletableFuture().join();
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline().addLast(new FirstLineHandler());
                    }
                })
                .bind(listen)
                .sync()
                .channel();
        // end
    }

    /** Runs it until the process is stopped: LISTEN_PORT SERVER_HOST SERVER_PORT. */
    public static void main(String[] args) throws InterruptedException {
        try (AcceptOwnChannel example = new AcceptOwnChannel(
                new InetSocketAddress(Integer.parseInt(args[0])), new HostPort(args[1], Integer.parseInt(args[2])))) {
            System.out.println("listening on " + example.address());
            example.gateway.ended().toCompletableFuture().join();
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops the gateway, then the event loops, which are not its own. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        gateway.close();
        loops.shutdownGracefully().syncUninterruptibly();
    }

    // snippet: handler
    /** Reads the first line; what came with it is passed on when this handler is removed, after accept. */
    private final class FirstLineHandler extends ByteToMessageDecoder {
        private static final int LONGEST_LINE = 64;

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            int length = in.bytesBefore((byte) '\n');
            if (length < 0 && in.readableBytes() <= LONGEST_LINE) {
                return;
            }
            String[] words = in.toString(in.readerIndex(), Math.max(length, 0), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            if (words.length != 3 || !words[0].equals("CLIENT")) {
                ctx.close();
                return;
            }
            in.skipBytes(length + 1);
            gateway.accept(ctx.channel(), new InetSocketAddress(words[1], Integer.parseInt(words[2])));
            ctx.pipeline().remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
    // end
}
