package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.Tls;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty alone. When this fails, {@link CloseNotifyFilter} can go. */
class CloseNotifyFilterReproducerTest {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theEngineOfOpenSslCallsItselfClosedBeforeThePeersCloseNotify(String version) {
        assumeTrue(OpenSsl.isAvailable());
        Tls tls = new Tls(SslProvider.OPENSSL, version);
        SslHandler ours = tls.leg(Side.SERVER).handler(ByteBufAllocator.DEFAULT);
        EmbeddedChannel us = new EmbeddedChannel(ours);
        EmbeddedChannel peer = new EmbeddedChannel(tls.leg(Side.CLIENT).handler(ByteBufAllocator.DEFAULT));
        EmbeddedWire.exchange(us, peer);
        ours.closeOutbound();
        boolean early = ours.sslCloseFuture().isDone();

        peer.writeOutbound(Unpooled.wrappedBuffer(new byte[1]));
        EmbeddedWire.passAll(peer, us);

        assertThat(early).isFalse();
        assertThat(ours.engine().isInboundDone()).isFalse();
        assertThat(ours.sslCloseFuture().isSuccess()).isTrue();
        us.finishAndReleaseAll();
        peer.finishAndReleaseAll();
    }
}
