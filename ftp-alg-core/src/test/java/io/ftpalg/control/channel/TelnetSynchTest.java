package io.ftpalg.control.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.system.SystemCalls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that takes urgent data out of line does not find it in the stream: that is how one sees that it was urgent. */
public class TelnetSynchTest {
    private static final byte[] WITHOUT_MARK = {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF, 'A', 'B', 'O', 'R', '\r', '\n'};
    private static final byte[] WITH_MARK = {
        (byte) 0xFF, (byte) 0xF4, (byte) 0xFF, (byte) 0xF2, 'A', 'B', 'O', 'R', '\r', '\n'
    };

    @ParameterizedTest
    @EnumSource(
            value = TransportType.class,
            names = {"EPOLL", "IO_URING", "NIO"})
    void sendsTheDataMarkAsUrgentData(TransportType type) throws Exception {
        Transport transport = Transport.of(type);

        assertThat(received(transport, SystemCalls.find(), false, WITHOUT_MARK.length))
                .isEqualTo(WITHOUT_MARK);
        assertThat(received(transport, SystemCalls.find(), true, WITH_MARK.length))
                .isEqualTo(WITH_MARK);
    }

    @Test
    void sendsTheSameBytesInTheStreamWhereUrgentDataCannotBeSent() throws Exception {
        Transport epoll = Transport.of(TransportType.EPOLL);

        assertThat(received(epoll, Optional.empty(), false, WITH_MARK.length)).isEqualTo(WITH_MARK);
    }

    private static byte[] received(Transport transport, Optional<SystemCalls> calls, boolean inline, int length)
            throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channelFactory(transport.controlSockets(InetAddress.getLoopbackAddress()))
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            made.pipeline().addLast(new FtpEncoder(true));
                        }
                    })
                    .connect(listener.getLocalSocketAddress())
                    .sync()
                    .channel();
            try (Socket peer = listener.accept()) {
                peer.setSoTimeout(10_000);
                peer.setOOBInline(inline);

                channel.eventLoop().execute(() -> TelnetSynch.send(channel, FtpCommand.of(FtpVerb.ABOR), calls));

                return peer.getInputStream().readNBytes(length);
            } finally {
                // A loop of io_uring that ends with an open channel leaks the buffer of its read.
                channel.close().sync();
            }
        } finally {
            assertThat(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
