package io.ftpalg.server.warmup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class LoopbackClientTest {

    @Test
    void hasSessionsOfEachKindWithTheServer() throws IOException {
        try (LoopbackServer server = LoopbackServer.start(LoopbackFixture.address())) {
            LoopbackClient client = new LoopbackClient(server.address(), Optional.empty());

            // Eight have all transfers, by PASV and by EPSV.
            assertThatCode(() -> {
                        for (int i = 0; i < 8; i++) {
                            client.session();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void hasSessionsUnderTls() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .ecp256()
                .subject("CN=warm-up")
                .setIsCertificateAuthority(true)
                .addSanIpAddress("127.0.0.1")
                .buildSelfSigned();
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, bundle.toTrustManagerFactory().getTrustManagers(), null);
        SslContext context =
                SslContextBuilder.forServer(bundle.toKeyManagerFactory()).build();
        try (LoopbackServer server = LoopbackServer.start(LoopbackFixture.address());
                FtpAlg gateway = FtpAlg.builder()
                        .listen(new InetSocketAddress(LoopbackFixture.address(), 0))
                        .router(Routers.fixed(
                                new HostPort("127.0.0.1", server.address().getPort()),
                                ServerDataMode.CLIENT,
                                Optional.empty()))
                        .clientTls(ClientTls.OPTIONAL, ClientTlsContexts.of(context))
                        .build()) {
            LoopbackClient client = new LoopbackClient(
                    gateway.start().toCompletableFuture().get().boundAddresses().get(0),
                    Optional.of(trusting.getSocketFactory()));

            assertThatCode(() -> {
                        for (int i = 0; i < 8; i++) {
                            client.session();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void failsWithTheReplyThatItDidNotExpect() throws IOException {
        try (ServerSocket refusing = new ServerSocket(0, 1, LoopbackFixture.address())) {
            CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> {
                try (Socket client = refusing.accept()) {
                    client.getOutputStream().write("421 too many\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            LoopbackClient client = new LoopbackClient(
                    new InetSocketAddress(refusing.getInetAddress(), refusing.getLocalPort()), Optional.empty());

            assertThatThrownBy(client::session).hasMessage("expected 220, not 421 too many");
            refused.join();
        }
    }
}
