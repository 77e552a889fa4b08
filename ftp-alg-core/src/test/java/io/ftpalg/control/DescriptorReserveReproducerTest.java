package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty alone. When it fails, clients need not be turned away before descriptors are used up: {@link DescriptorReserve}. */
@Timeout(20)
class DescriptorReserveReproducerTest {

    @Test
    void anAcceptThatFailsEndsAcceptingForASecond() {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        try {
            Channel listener = new ServerBootstrap()
                    .group(group)
                    .channel(LocalServerChannel.class)
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(LocalAddress.ANY)
                    .syncUninterruptibly()
                    .channel();
            boolean accepts = listener.config().isAutoRead();

            boolean acceptsAfterwards = group.submit(() -> {
                        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
                        return listener.config().isAutoRead();
                    })
                    .syncUninterruptibly()
                    .getNow();

            assertThat(accepts).isTrue();
            assertThat(acceptsAfterwards).isFalse();
        } finally {
            group.shutdownGracefully(0, 8, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
