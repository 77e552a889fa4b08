package io.ftpalg.examples;

import io.ftpalg.codec.FtpCommandDecoder;
import io.ftpalg.codec.FtpDecoderLimits;
import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.codec.FtpReplyAggregator;
import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The codec without the gateway: a server that answers each command, and a client that asks it. */
public final class CodecAlone implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;

    CodecAlone() throws InterruptedException {
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ServerInitializer())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    /** Prints the replies to some commands. */
    public static void main(String[] args) throws Exception {
        try (CodecAlone example = new CodecAlone()) {
            for (FtpReply reply : example.ask(List.of(FtpCommand.of("NOOP", ""), FtpCommand.of("CWD", "/pub")))) {
                System.out.println(reply);
            }
        }
    }

    // snippet: server
    /** Commands in, replies out. */
    private static final class ServerInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel client) {
            client.pipeline()
                    .addLast(new FtpEncoder(), new FtpCommandDecoder(FtpDecoderLimits.DEFAULT.withCommandLine(1024)))
                    .addLast(new SimpleChannelInboundHandler<FtpRequest>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext ctx, FtpRequest request) {
                            ctx.writeAndFlush(
                                    request instanceof FtpCommand command
                                            ? FtpReply.of(200, command.name() + " received.")
                                            : FtpReply.of(500, "Syntax error."));
                        }
                    });
        }
    }
    // end

    // snippet: client
    /** Sends the commands together, and returns their replies. */
    List<FtpReply> ask(List<FtpCommand> commands) throws Exception {
        ConcurrentLinkedQueue<FtpReply> replies = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> all = new CompletableFuture<>();
        Channel client = connect(server.localAddress(), new SimpleChannelInboundHandler<FtpReply>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, FtpReply reply) {
                replies.add(reply);
                if (replies.size() == commands.size()) {
                    all.complete(null);
                }
            }
        });
        commands.forEach(client::write);
        client.flush();
        all.get(10, TimeUnit.SECONDS);
        client.close();
        return List.copyOf(replies);
    }

    private Channel connect(SocketAddress address, SimpleChannelInboundHandler<FtpReply> handler)
            throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new FtpEncoder(), new FtpReplyDecoder(), new FtpReplyAggregator(), handler);
                    }
                })
                .connect(address)
                .sync()
                .channel();
    }
    // end

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
