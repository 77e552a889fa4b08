package io.ftpalg.control.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.control.TlsKind;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two engines shake hands, each with a watch below it. */
@ExtendWith(NettyLeakDetectorExtension.class)
class ResumptionWatchTest {

    static Stream<Arguments> pairs() {
        return TlsKind.all().stream().flatMap(client -> Stream.of(SslProvider.JDK, SslProvider.OPENSSL)
                .flatMap(server -> Stream.of(1, 1 << 20)
                        .map(segment -> Arguments.of(client, new TlsKind(server, client.version()), segment))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tellsAResumedHandshakeFromAFullOne(TlsKind client, TlsKind server, int segment) {
        SslContext clients = client.forServers();
        SslContext servers = server.forClients();

        assertThat(shakeHands(clients, 7, servers, segment)).as("first").containsExactly(false, false);
        assertThat(shakeHands(clients, 7, servers, segment)).as("again").containsExactly(true, true);
        assertThat(shakeHands(clients, 8, servers, segment))
                .as("of another session")
                .containsExactly(false, false);
    }

    /** A server that wants another key exchange group asks again. */
    @Test
    void countsAHelloRetryRequestAsNone() throws Exception {
        assumeTrue(OpenSsl.isAvailable(), () -> "OpenSSL does not load here: " + OpenSsl.unavailabilityCause());
        SslContext clients = TlsKind.jdk().forServers();
        SslContext servers = SslContextBuilder.forServer(TlsKind.LEAF.toKeyManagerFactory())
                .sslProvider(SslProvider.OPENSSL)
                .option(OpenSslContextOption.GROUPS, new String[] {"P-521"})
                .protocols("TLSv1.3")
                .build();

        assertThat(shakeHands(clients, 7, servers, 1 << 20)).containsExactly(false, false);
        assertThat(shakeHands(clients, 7, servers, 1 << 20)).containsExactly(true, true);
    }

    /** Returns what the client's and the server's watch say; both must have left. */
    private static List<Boolean> shakeHands(SslContext clients, int port, SslContext servers, int segment) {
        ResumptionWatch clientWatch = new ResumptionWatch(true);
        ResumptionWatch serverWatch = new ResumptionWatch(false);
        SslHandler server = servers.newHandler(UnpooledByteBufAllocator.DEFAULT);
        SslHandler client = clients.newHandler(UnpooledByteBufAllocator.DEFAULT, TlsKind.NAME, port);
        EmbeddedChannel serverEnd = new EmbeddedChannel(serverWatch, server);
        EmbeddedChannel clientEnd = new EmbeddedChannel(clientWatch, client);
        pump(clientEnd, serverEnd, segment);
        assertThat(client.handshakeFuture().isSuccess()).as("client").isTrue();
        assertThat(server.handshakeFuture().isSuccess()).as("server").isTrue();
        assertThat(clientEnd.pipeline().get(ResumptionWatch.class)).isNull();
        assertThat(serverEnd.pipeline().get(ResumptionWatch.class)).isNull();
        // Some servers send their tickets with the first data.
        serverEnd.writeOutbound(Unpooled.buffer().writeByte('x'));
        pump(clientEnd, serverEnd, segment);
        client.closeOutbound();
        pump(clientEnd, serverEnd, segment);
        server.closeOutbound();
        pump(clientEnd, serverEnd, segment);
        clientEnd.finishAndReleaseAll();
        serverEnd.finishAndReleaseAll();
        return List.of(
                clientWatch.resumed().orElseThrow(), serverWatch.resumed().orElseThrow());
    }

    private static void pump(EmbeddedChannel one, EmbeddedChannel other, int segment) {
        boolean moved = true;
        while (moved) {
            one.runPendingTasks();
            other.runPendingTasks();
            moved = move(one, other, segment);
            moved |= move(other, one, segment);
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to, int segment) {
        boolean moved = false;
        for (ByteBuf out = from.readOutbound(); out != null; out = from.readOutbound()) {
            while (out.isReadable()) {
                to.writeInbound(out.readRetainedSlice(Math.min(segment, out.readableBytes())));
            }
            out.release();
            moved = true;
        }
        return moved;
    }

    @Test
    void leavesWhatIsNoTls() {
        ResumptionWatch watch = new ResumptionWatch(false);
        EmbeddedChannel channel = new EmbeddedChannel(watch);
        ByteBuf bytes = Unpooled.copiedBuffer(new byte[] {'U', 'S', 'E', 'R', 0, 1, 2});

        channel.writeInbound(bytes);

        assertThat(watch.resumed()).isEmpty();
        assertThat(channel.pipeline().get(ResumptionWatch.class)).isNull();
        assertThat(channel.<ByteBuf>readInbound()).isSameAs(bytes);
        channel.finishAndReleaseAll();
        bytes.release();
    }

    @Test
    void keepsNoMoreThanAHelloCanBe() {
        EmbeddedChannel channel = new EmbeddedChannel(new ResumptionWatch(false));
        byte[] retries = new byte[5 + 0x4000];
        retries[0] = 20;
        retries[3] = 0x40;
        for (int i = 0; i < 4; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(retries));
        }

        assertThat(channel.pipeline().get(ResumptionWatch.class)).as("reads on").isNotNull();
        channel.writeInbound(Unpooled.buffer()
                .writeByte(22)
                .writeShort(0x303)
                .writeShort(0xFFFF)
                .writeZero(0xFFF0));
        channel.writeInbound(Unpooled.buffer().writeZero(0x20));

        assertThat(channel.pipeline().get(ResumptionWatch.class)).isNull();
        channel.finishAndReleaseAll();
    }

    @Test
    void releasesWhatItHasWhenTheConnectionEnds() {
        EmbeddedChannel channel = new EmbeddedChannel(new ResumptionWatch(true));
        channel.writeInbound(Unpooled.buffer().writeByte(22));
        channel.writeOutbound(Unpooled.buffer().writeByte(22));

        channel.finishAndReleaseAll();

        assertThat(channel.pipeline().get(ResumptionWatch.class)).isNull();
    }
}
