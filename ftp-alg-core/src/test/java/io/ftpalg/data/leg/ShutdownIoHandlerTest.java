package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On every transport, the one of epoll too. */
@Timeout(20)
class ShutdownIoHandlerTest {
    static Stream<Kind> kinds() {
        return Kind.available().stream().filter(kind -> kind != Kind.SPLICE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closesTheChannelsOfALoopThatEndsWhileItIsAwake(Kind kind) throws IOException {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, kind.handlers());
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channelFactory(kind.transport().sockets())
                    .handler(new ChannelHandlerAdapter() {})
                    .connect(server.getLocalSocketAddress())
                    .syncUninterruptibly()
                    .channel();
            try (Socket peer = server.accept()) {
                peer.setSoTimeout(8_000);

                group.next().execute(() -> group.shutdownGracefully(0, 8, TimeUnit.SECONDS));

                assertThat(group.terminationFuture().awaitUninterruptibly(8, TimeUnit.SECONDS))
                        .isTrue();
                assertThat(channel.isOpen()).isFalse();
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }
    }
}
