package io.ftpalg.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.settings.AdminSettings;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.TlsFixture;
import io.ftpalg.server.tls.TlsProfile;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The address under TLS, and callers that need a certificate. */
@Timeout(120)
class AdminTlsTest {
    private final AdminFixture admin = new AdminFixture(AdminFixture.routes()
            .add(AdminMethod.GET, "/caller", AdminTlsTest::caller)
            .build());

    @TempDir
    private Path temp = Path.of(".");

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void callersNeedACertificateOfTheCa() throws Exception {
        X509Bundle ca = TlsFixture.ca("admins");
        admin.open(settings(ClientAuth.REQUIRE, Optional.of(TlsFixture.certificateFile(temp, "ca", ca))));

        assertThat(get("/caller", clientOf(ca)).body()).isEqualTo("CN=joe CERTIFICATE");
        assertThatThrownBy(() -> get("/caller", clientOf(TlsFixture.ca("others"))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("/health")).isInstanceOf(IOException.class);
        assertThat(get("/caller", clientOf(ca)).statusCode()).isEqualTo(200);
    }

    @Test
    void tlsAloneNeedsNone() throws Exception {
        admin.open(settings(ClientAuth.NONE, Optional.empty()));

        assertThat(get("/caller").body()).startsWith("127.0.0.1:").endsWith(" LOOPBACK");
        // A request in the clear is no TLS.
        assertThat(admin.ask("GET /health")).doesNotContain("HTTP/1.1 200");
    }

    @Test
    void aCertificateThatCannotBeReadIsAnError() throws Exception {
        assertThatThrownBy(() -> admin.open(new AdminSettings(
                        Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        List.of(),
                        Optional.of(ClientLeg.of(new CertificateChoice.Stored(
                                List.of(new PemPair(temp.resolve("none"), temp.resolve("none")))))))))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining(temp.resolve("none").toString());
        assertThat(admin.server.addresses()).isEmpty();
    }

    private static CompletionStage<AdminResponse> caller(AdminRequest request) {
        return AdminFixture.text(
                request.caller().name() + " " + request.caller().proof());
    }

    private AdminSettings settings(ClientAuth auth, Optional<Path> ca) throws Exception {
        return new AdminSettings(
                Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                Optional.of(new ClientLeg(
                        new CertificateChoice.Stored(
                                List.of(TlsFixture.files(temp, "gateway", TlsFixture.selfSigned("localhost")))),
                        TlsEngine.AUTO,
                        TlsProfile.INTERMEDIATE,
                        auth,
                        ca,
                        false)));
    }

    private static KeyManager[] clientOf(X509Bundle ca) throws Exception {
        X509Bundle joe = new CertificateBuilder()
                .ecp256()
                .subject("CN=joe")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(ca);
        return joe.toKeyManagerFactory().getKeyManagers();
    }

    private HttpResponse<String> get(String path, KeyManager... keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.length == 0 ? null : keys, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        int port = ((InetSocketAddress) admin.address()).getPort();
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
