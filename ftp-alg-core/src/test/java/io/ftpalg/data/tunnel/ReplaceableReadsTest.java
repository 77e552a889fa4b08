package io.ftpalg.data.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplaceableReadsTest {
    private final BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();

    @Test
    void readsByTheLaterAllocatorFromTheNextReadOnWithEpoll() throws Exception {
        readsByTheLaterAllocator(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
    }

    @Test
    void readsByTheLaterAllocatorFromTheNextReadOnWithNio() throws Exception {
        readsByTheLaterAllocator(NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }

    private void readsByTheLaterAllocator(
            IoHandlerFactory system, Class<? extends ServerChannel> accepting, Class<? extends Channel> connecting)
            throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, system);
        try {
            BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
            Channel listener = new ServerBootstrap()
                    .group(loops)
                    .channel(accepting)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.config().setAutoRead(false);
                            channel.config().setRecvByteBufAllocator(new ReplaceableReads(16));
                            channel.pipeline().addLast(new Sizes());
                            accepted.add(channel);
                        }
                    })
                    .bind(new InetSocketAddress("127.0.0.1", 0))
                    .sync()
                    .channel();
            Channel sender = new Bootstrap()
                    .group(loops)
                    .channel(connecting)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(listener.localAddress())
                    .sync()
                    .channel();
            sender.writeAndFlush(Unpooled.wrappedBuffer(new byte[1040])).sync();
            SocketChannel channel = accepted.take();

            channel.read();
            int first = take();
            channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(1024));
            channel.read();
            int second = take();
            while (second < 1024 && first + second < 1040) {
                channel.read();
                second += take();
            }

            assertThat(first).isEqualTo(16);
            assertThat(second).isEqualTo(1024);
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    private int take() throws InterruptedException {
        Integer size = sizes.poll(20, TimeUnit.SECONDS);
        assertThat(size).isNotNull();
        return size;
    }

    private final class Sizes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            sizes.add(((ByteBuf) message).readableBytes());
            ((ByteBuf) message).release();
        }
    }
}
