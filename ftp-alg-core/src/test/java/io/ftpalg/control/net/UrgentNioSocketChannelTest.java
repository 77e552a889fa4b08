package io.ftpalg.control.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.TestNetwork;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UrgentNioSocketChannelTest {

    @Test
    void takesUrgentDataInLineFromTheStart() throws IOException {
        UrgentNioSocketChannel made = new UrgentNioSocketChannel();
        try (SocketChannel socket = SocketChannel.open()) {
            new UrgentNioSocketChannel(null, socket);

            assertThat(socket.socket().getOOBInline()).isTrue();
        } finally {
            made.unsafe().closeForcibly();
        }
    }

    @Test
    void sendsOneUrgentByte() throws IOException {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ServerSocket listener = new ServerSocket(0, 1, TestNetwork.LOCALHOST)) {
            UrgentNioSocketChannel channel = (UrgentNioSocketChannel) new Bootstrap()
                    .group(group)
                    .channelFactory(UrgentNioSocketChannel::new)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(listener.getLocalSocketAddress())
                    .syncUninterruptibly()
                    .channel();
            try (Socket peer = listener.accept()) {
                peer.setSoTimeout(8_000);
                peer.setOOBInline(true);
                channel.sendUrgent(0xF2);

                assertThat(peer.getInputStream().read()).isEqualTo(0xF2);
            }
        } finally {
            assertThat(group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
