package io.ftpalg.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class TelnetSynchTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TransportTest#available")
    void interruptsAndMarksBeforeTheCommand(Transport transport) throws IOException {
        assertThat(sent(transport, true)).isEqualTo("\u00FF\u00F4\u00FF\u00F2ABOR\r\n");
    }

    /** Who does not take urgent data in line does not see the byte that came as such. */
    @Test
    void sendsTheMarkAsUrgentData() throws IOException {
        assertThat(sent(Transport.NIO, false)).isEqualTo("\u00FF\u00F4\u00FFABOR\r\n");
    }

    private static String sent(Transport transport, boolean inline) throws IOException {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        try (ServerSocket listener = new ServerSocket(0, 1, House.LOCALHOST)) {
            Channel channel = new Bootstrap().group(group).channelFactory(transport.controlSockets())
                    .handler(new FtpEncoder(true)).connect(listener.getLocalSocketAddress()).syncUninterruptibly().channel();
            try (Socket server = listener.accept()) {
                server.setSoTimeout(8_000);
                server.setOOBInline(inline);
                channel.eventLoop().execute(() -> TelnetSynch.send(channel, FtpCommand.of(FtpVerb.ABOR)));
                byte[] bytes = server.getInputStream().readNBytes(inline ? 10 : 9);
                return new String(bytes, ISO_8859_1);
            }
        } finally {
            assertThat(group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
