package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The codec alone, as the README shows it: a client and a server in a few lines each. */
@ExtendWith(NettyLeakDetectorExtension.class)
class CodecExampleTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    @Test
    void answersNoop() throws Exception {
        CompletableFuture<FtpReply> answer = new CompletableFuture<>();
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(pipeline(Server::new))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();

        Channel client = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(pipeline(() -> new Client(answer)))
                .connect(server.localAddress())
                .sync()
                .channel();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(FtpReply.of(200, "NOOP heard."));
        client.close().sync();
        server.close().sync();
    }

    private static ChannelInitializer<Channel> pipeline(Supplier<ChannelHandler> last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(last.get());
            }
        };
    }

    private static final class Server extends SimpleChannelInboundHandler<FtpRequest> {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.pipeline().addFirst(new FtpEncoder(), new FtpCommandDecoder());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FtpRequest request) {
            var unused = ctx.writeAndFlush(
                    request instanceof FtpCommand command
                            ? FtpReply.of(200, command.name() + " heard.")
                            : FtpReply.of(500, "What?"));
        }
    }

    private static final class Client extends SimpleChannelInboundHandler<FtpReply> {
        private final CompletableFuture<FtpReply> answer;

        Client(CompletableFuture<FtpReply> answer) {
            this.answer = answer;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            FtpDecoderLimits limits = FtpDecoderLimits.DEFAULT.withReplyLines(100);
            ctx.pipeline().addFirst(new FtpEncoder(), new FtpReplyDecoder(limits), new FtpReplyAggregator(limits));
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            var unused = ctx.writeAndFlush(FtpCommand.of("NOOP", ""));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FtpReply reply) {
            answer.complete(reply);
        }
    }
}
