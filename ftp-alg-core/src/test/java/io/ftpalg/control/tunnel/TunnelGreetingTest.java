package io.ftpalg.control.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TunnelGreetingTest {
    private final EmbeddedChannel channel = new EmbeddedChannel() {
        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress("192.0.2.9", 1080);
        }
    };

    TunnelGreetingTest() {
        channel.pipeline()
                .addLast(HandlerNames.TUNNEL_ENCODER, Socks5ServerEncoder.DEFAULT)
                .addLast(HandlerNames.ENCODER, new FtpEncoder())
                .addLast(HandlerNames.TUNNEL, new TunnelGreeting(new Socks5Replies()));
    }

    @Test
    void grantsTheTunnelBeforeTheGreeting() {
        channel.writeOutbound(FtpReply.of(220, "ready"));

        assertThat(sent()).isEqualTo("\5\0\0\1\300\0\2\11\4\70" + "220 ready\r\n");
        channel.writeOutbound(FtpReply.of(331, "password"));
        assertThat(sent()).isEqualTo("331 password\r\n");
        assertThat(channel.pipeline().names()).doesNotContain(HandlerNames.TUNNEL, HandlerNames.TUNNEL_ENCODER);
    }

    @Test
    void grantsTheTunnelBeforeTheFirstLine() {
        channel.writeOutbound(new ReplyLine(220, ReplyLine.Position.FIRST, "ready"));

        assertThat(sent()).endsWith("220-ready\r\n").hasSize(10 + 11);
    }

    @Test
    void refusesItWhereThereIsNoServerAndSendsNoFtp() {
        channel.writeOutbound(Replies.SERVICE_NOT_AVAILABLE, FtpReply.of(221, "bye"), Unpooled.EMPTY_BUFFER);

        assertThat(sent()).isEqualTo("\5\1\0\1\0\0\0\0\0\0");
    }

    @Test
    void passesWhatServersThemselvesSayAgainstTheClient() {
        channel.writeOutbound(FtpReply.of(421, "too many users"));

        assertThat(sent()).endsWith("421 too many users\r\n");
    }

    private String sent() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.append(next.toString(StandardCharsets.ISO_8859_1));
            next.release();
        }
        return all.toString();
    }
}
