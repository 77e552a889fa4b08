package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.net.Transport;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.port.PortRanges;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopDataChannelsTest {

    @Test
    void keepsTheDataChannelsOfEachLoop() {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try {
            EventLoopDataChannels data =
                    new EventLoopDataChannels(Transport.NIO, new PortRanges(PassivePorts.ephemeral(), 10), false, 1);
            EventLoop one = group.next();
            EventLoop other = group.next();

            assertThat(data.on(one)).isSameAs(data.on(one)).isNotSameAs(data.on(other));
        } finally {
            group.shutdownGracefully();
        }
    }

    /** Where the group of somebody else ended before the gateway did. */
    @Test
    void closesAlthoughItsLoopsHaveEnded() {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopDataChannels data =
                new EventLoopDataChannels(Transport.NIO, new PortRanges(PassivePorts.ephemeral(), 10), false, 1);
        EventLoop loop = group.next();
        assertThat(data.on(loop)).isNotNull();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

        data.close();

        assertThat(loop.isTerminated()).isTrue();
    }
}
