package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty alone. When one of these fails, that part of {@link TlsGate} can go. */
class TlsGateReproducerTest {

    @Test
    void anSslHandlerThatFailsClosesBeforeItReports() throws SSLException {
        List<String> events = new ArrayList<>();
        SslHandler ssl = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .build()
                .newHandler(Unpooled.EMPTY_BUFFER.alloc());
        EmbeddedChannel channel = new EmbeddedChannel(
                new ChannelDuplexHandler() {
                    @Override
                    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                        events.add("close");
                        ctx.close(promise);
                    }
                },
                ssl,
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        events.add("exception");
                    }
                });

        channel.writeInbound(Unpooled.copiedBuffer("220 no TLS here\r\n", StandardCharsets.US_ASCII));

        assertThat(events).containsSubsequence("close", "exception");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anSslHandlerDropsWhatItHasNotDecodedWhenFinIsThere(boolean fin) throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Queue<Runnable> tasks = new ArrayDeque<>();
        EmbeddedChannel server =
                new EmbeddedChannel(context(SslContextBuilder.forServer(certificate.toKeyManagerFactory()), certificate)
                        .newHandler(ByteBufAllocator.DEFAULT, tasks::add));
        EmbeddedChannel client = new EmbeddedChannel(
                context(SslContextBuilder.forClient().keyManager(certificate.toKeyManagerFactory()), certificate)
                        .newHandler(ByteBufAllocator.DEFAULT));
        pass(client, server);
        run(tasks, server);
        pass(server, client);
        assertThat(client.pipeline().get(SslHandler.class).handshakeFuture().isSuccess())
                .isTrue();
        client.writeOutbound(Unpooled.wrappedBuffer(new byte[100]));

        pass(client, server);
        assertThat(tasks).as("tasks of the handshake").isNotEmpty();
        if (fin) {
            server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        run(tasks, server);

        assertThat(server.inboundMessages()).hasSize(fin ? 0 : 1);
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    /** With certificates of both sides, so that the client's last messages take a task. */
    private static SslContext context(SslContextBuilder builder, X509Bundle trusted) throws SSLException {
        return builder.sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3")
                .trustManager(trusted.getCertificate())
                .clientAuth(ClientAuth.REQUIRE)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private static void run(Queue<Runnable> tasks, EmbeddedChannel channel) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            channel.runPendingTasks();
        }
    }

    private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }
}
