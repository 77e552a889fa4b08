package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.Tls;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty alone. When one of these fails, that part of {@link TlsEnd} can go. */
class TlsEndReproducerTest {
    private final List<Throwable> failures = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theEngineOfOpenSslKeepsAFailureToItselfUntilItIsUsedAgain(String version) {
        assumeTrue(OpenSsl.isAvailable());
        Tls tls = new Tls(SslProvider.OPENSSL, version);
        EmbeddedChannel server =
                new EmbeddedChannel(tls.leg(Side.CLIENT).handler(ByteBufAllocator.DEFAULT), new Failures());
        EmbeddedChannel client = new EmbeddedChannel(tls.leg(Side.SERVER).handler(ByteBufAllocator.DEFAULT));
        EmbeddedWire.exchange(client, server);

        client.writeOutbound(Unpooled.wrappedBuffer(new byte[100]));
        ByteBuf record = client.readOutbound();
        record.setByte(record.writerIndex() - 1, record.getByte(record.writerIndex() - 1) ^ 1);
        server.writeInbound(record);

        assertThat(failures).as("bad MAC").isEmpty();
        server.flush();
        assertThat(failures).hasSize(1);
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    private final class Failures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
        }
    }
}
