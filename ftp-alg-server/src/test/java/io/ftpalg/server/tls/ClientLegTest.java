package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.tls.trust.Certificates;
import io.ftpalg.server.tls.trust.NoTrust;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate a client gets for each CertificateChoice, and what else the leg says. */
class ClientLegTest {
    private static final String NAME = "ftp.example.com";
    private static final InetSocketAddress LISTENER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2121);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aSelfSignedCertificateIsMadeForAllNames() throws Exception {
        ClientTlsContexts contexts = ClientLeg.of(new CertificateChoice.SelfSigned(List.of(NAME, "127.0.0.1")))
                .contexts();

        assertThat(Certificates.names(TlsFixture.shown(choose(contexts, NAME)))).containsExactly(NAME, "127.0.0.1");
    }

    @Test
    void aGivenCertificateIsTheOneThatClientsSee() throws Exception {
        X509Bundle given = TlsFixture.selfSigned(NAME);

        ClientTlsContexts contexts = ClientLeg.of(new CertificateChoice.Given(TlsFixture.credential(given)))
                .contexts();

        assertThat(TlsFixture.shown(choose(contexts, "another"))).isEqualTo(given.getCertificate());
    }

    @Test
    void storedCertificatesAreChosenByName() throws Exception {
        X509Bundle first = TlsFixture.selfSigned("a.example.com");
        X509Bundle second = TlsFixture.selfSigned("b.example.com");
        CertificateChoice stored = new CertificateChoice.Stored(
                List.of(TlsFixture.files(folder, "a", first), TlsFixture.files(folder, "b", second)));

        try (StoredCertificates contexts =
                (StoredCertificates) ClientLeg.of(stored).contexts()) {
            assertThat(TlsFixture.shown(choose(contexts, "b.example.com"))).isEqualTo(second.getCertificate());
        }
    }

    @Test
    void mintedCertificatesAreIssuedByTheCa() throws Exception {
        X509Bundle ca = TlsFixture.ca("Our CA");
        CertificateChoice minted = new CertificateChoice.Minted(TlsFixture.files(folder, "ca", ca), Optional.empty());

        try (MintedCertificates contexts =
                (MintedCertificates) ClientLeg.of(minted).contexts()) {
            assertThat(TlsFixture.shown(choose(contexts, NAME)).getIssuerX500Principal())
                    .hasToString("CN=Our CA");
        }
    }

    @Test
    void clientsThatNobodyVouchesForAreRefused() throws Exception {
        X509Bundle ca = TlsFixture.ca("clients");
        ClientLeg leg = new ClientLeg(
                new CertificateChoice.SelfSigned(List.of(NAME)),
                TlsEngine.JDK,
                TlsProfile.INTERMEDIATE,
                ClientAuth.REQUIRE,
                Optional.of(TlsFixture.certificateFile(folder, "clients", ca)),
                false);

        SslContext server = choose(leg.contexts(), NAME);

        assertThat(Handshake.between(client(ca), server, NAME, 1).seenByServer().getPeerPrincipal())
                .hasToString("CN=anna");
        assertThatThrownBy(() -> Handshake.between(client(TlsFixture.ca("strangers")), server, NAME, 1))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void demandedReuseTakesTheJdksEngineAndAContextForEachSession() throws Exception {
        ClientLeg leg = new ClientLeg(
                new CertificateChoice.SelfSigned(List.of(NAME)),
                TlsEngine.AUTO,
                TlsProfile.INTERMEDIATE,
                ClientAuth.NONE,
                Optional.empty(),
                true);

        ClientTlsContexts contexts = leg.contexts();

        assertThat(leg.runningEngine()).isEqualTo(TlsEngine.JDK);
        assertThat(choose(contexts, NAME)).isNotSameAs(choose(contexts, NAME));
    }

    @Test
    void saysWhichFileIsWrong() {
        Path missing = folder.resolve("missing");
        ClientLeg leg = new ClientLeg(
                new CertificateChoice.SelfSigned(List.of(NAME)),
                TlsEngine.JDK,
                TlsProfile.INTERMEDIATE,
                ClientAuth.OPTIONAL,
                Optional.of(missing),
                false);

        assertThatThrownBy(leg::contexts)
                .isInstanceOf(TlsConfigException.class)
                .hasMessage(missing + ": there is no such file");
    }

    private static SslContext choose(ClientTlsContexts contexts, String name) {
        return contexts.choose(Optional.of(name), LISTENER)
                .toCompletableFuture()
                .join();
    }

    private static SslContext client(X509Bundle ca) throws Exception {
        X509Bundle anna = new CertificateBuilder()
                .ecp256()
                .subject("CN=anna")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(ca);
        return TlsFixture.clientBuilder(TlsEngine.JDK, new NoTrust(), "TLSv1.2")
                .keyManager(anna.getKeyPair().getPrivate(), anna.getCertificatePath())
                .build();
    }
}
