package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.ClosedPorts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty alone. When it fails, {@link FreePorts} can take the number of an error from its exception, not from its message. */
@Timeout(20)
class FreePortsReproducerTest {

    @Test
    void theErrorOfAConnectIsANumberInItsMessageOnly() throws IOException {
        assumeTrue(Epoll.isAvailable());
        SocketAddress closed = ClosedPorts.address();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            Throwable failure = new Bootstrap()
                    .group(group)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(closed)
                    .awaitUninterruptibly()
                    .cause();

            assertThat(failure).isInstanceOf(ConnectException.class).hasMessageContaining("error(-111)");
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause).isNotInstanceOf(NativeIoException.class);
            }
        } finally {
            group.shutdownGracefully(0, 8, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
