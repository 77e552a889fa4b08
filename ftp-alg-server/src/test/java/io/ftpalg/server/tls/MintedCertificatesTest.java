package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MintedCertificatesTest {
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.0.9", 21);

    @TempDir
    private Path folder = Path.of(".");
    private Instant now = Instant.now();

    @Test
    void madeForTheNameAskedForAndTrustedByWhoTrustsTheCa() throws Exception {
        X509Bundle ca = TlsFixture.ca("ca");
        try (MintedCertificates minted = minted(ca, Optional.empty())) {
            SslContext client = TlsFixture.clientBuilder(TlsEngine.JDK, new ChainTrust(List.of(ca.getCertificate())),
                    "TLSv1.3").endpointIdentificationAlgorithm("HTTPS").build();

            SslContext server = minted.choose(Optional.of("FTP.example.com"), LISTENER).toCompletableFuture().join();

            assertThat(Handshake.between(client, server, "ftp.example.com", 1).seenByClient().getPeerCertificates())
                    .hasSize(2);
            assertThat(minted.choose(Optional.of("ftp.example.com"), LISTENER).toCompletableFuture().join()).isSameAs(server);
            assertThat(minted.size()).isEqualTo(1);
        }
    }

    @Test
    void withoutANameItIsTheServersOrElseTheListenersAddress() throws Exception {
        try (MintedCertificates reverse = minted(TlsFixture.ca("ca"), Optional.of("ftp.example.com"));
                MintedCertificates forward = minted(TlsFixture.ca("ca"), Optional.empty())) {
            assertThat(Certificates.names(certificate(reverse, Optional.empty()))).containsExactly("ftp.example.com");
            assertThat(Certificates.names(certificate(forward, Optional.empty()))).containsExactly("127.0.0.9");
            assertThat(Certificates.names(certificate(forward, Optional.of("not a name!")))).containsExactly("127.0.0.9");
        }
    }

    @Test
    void madeAgainBeforeItExpires() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.of("a"))) {
            X509Certificate first = certificate(minted, Optional.empty());
            now = now.plus(Duration.ofDays(19));
            assertThat(certificate(minted, Optional.empty())).isEqualTo(first);
            now = now.plus(Duration.ofDays(2));

            assertThat(certificate(minted, Optional.empty())).isNotEqualTo(first);
        }
    }

    @Test
    void keepsAThousandAndForgetsTheOneUnusedLongest() throws Exception {
        try (MintedCertificates minted = minted(TlsFixture.ca("ca"), Optional.empty())) {
            SslContext first = minted.choose(Optional.of("first"), LISTENER).toCompletableFuture().join();
            for (int i = 0; i < 1024; i++) {
                minted.choose(Optional.of("n" + i), LISTENER).toCompletableFuture().join();
            }

            assertThat(minted.size()).isEqualTo(1024);
            assertThat(minted.choose(Optional.of("first"), LISTENER).toCompletableFuture().join()).isNotSameAs(first);
        }
    }

    @Test
    void refusesWhatIsNoCaOrExpired() throws Exception {
        X509Bundle leaf = TlsFixture.server("leaf").buildIssuedBy(TlsFixture.ca("ca"));
        X509Bundle old = new CertificateBuilder().ecp256().subject("CN=old").setIsCertificateAuthority(true)
                .notBefore(Instant.now().minus(Duration.ofDays(9))).notAfter(Instant.now().minus(Duration.ofDays(1)))
                .buildSelfSigned();

        assertThatThrownBy(() -> minted(leaf, Optional.empty())).hasMessageEndingWith(
                "ca.crt: is no CA's certificate (basicConstraints CA:TRUE)");
        assertThatThrownBy(() -> minted(old, Optional.empty())).hasMessageContaining("ca.crt: expired ");
    }

    private MintedCertificates minted(X509Bundle ca, Optional<String> otherwise) throws Exception {
        return new MintedCertificates(new CertificateChoice.Minted(TlsFixture.files(folder, "ca", ca), otherwise),
                TlsFixture.maker(TlsEngine.JDK), () -> now);
    }

    private static X509Certificate certificate(MintedCertificates minted, Optional<String> name) throws Exception {
        return TlsFixture.shown(minted.choose(name, LISTENER).toCompletableFuture().join());
    }
}
