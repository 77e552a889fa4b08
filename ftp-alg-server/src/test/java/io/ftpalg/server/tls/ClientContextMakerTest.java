package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.tls.TlsFixture.CountingTrust;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClientContextMakerTest {
    private static final int DATA_CONNECTIONS = 8;

    private final CountingTrust trust = new CountingTrust();
    private final Credential credential;

    ClientContextMakerTest() throws Exception {
        credential = TlsFixture.credential(TlsFixture.selfSigned("ftp.example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "JDK,JDK,TLSv1.2",
        "JDK,OPENSSL,TLSv1.2",
        "OPENSSL,JDK,TLSv1.2",
        "OPENSSL,OPENSSL,TLSv1.2",
        "OPENSSL,JDK,TLSv1.3",
        "OPENSSL,OPENSSL,TLSv1.3",
        "JDK,JDK,TLSv1.3",
        "JDK,OPENSSL,TLSv1.3"
    })
    void dataConnectionsResumeAnyNumberOfTimes(TlsEngine engine, TlsEngine clientEngine, String protocol)
            throws Exception {
        TlsFixture.assumeAvailable(engine);
        TlsFixture.assumeAvailable(clientEngine);
        SslContext server = TlsFixture.maker(engine).contexts(credential).get();
        SslContext client = TlsFixture.client(clientEngine, trust, protocol);

        for (int i = 0; i <= DATA_CONNECTIONS; i++) {
            Handshake connection = Handshake.between(client, server, "ftp.example.com", 4711);
            assertThat(connection.seenByServer().getProtocol()).isEqualTo(protocol);
        }

        assertThat(trust.fullHandshakes()).as("only the control connection's").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void modernIsTls13Only(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        SslContext server = new ClientContextMaker(engine, TlsProfile.MODERN, ClientAuth.NONE, List.of(), false)
                .contexts(credential)
                .get();

        assertThat(Handshake.between(TlsFixture.client(TlsEngine.JDK, trust, "TLSv1.3"), server, "a", 1)
                        .seenByClient()
                        .getProtocol())
                .isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> Handshake.between(TlsFixture.client(TlsEngine.JDK, trust, "TLSv1.2"), server, "a", 1))
                .isInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void intermediateTakesNoCipherWithoutForwardSecrecy(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        SslContext server = TlsFixture.maker(engine).contexts(credential).get();

        assertThat(Handshake.between(TlsFixture.client(TlsEngine.JDK, trust, "TLSv1.2"), server, "a", 1)
                        .seenByClient()
                        .getCipherSuite())
                .startsWith("TLS_ECDHE_ECDSA_WITH_")
                .contains("_GCM_");
        assertThat(server.cipherSuites())
                .allMatch(name -> name.matches("TLS_(AES|CHACHA20|ECDHE|DHE)_.*"))
                .noneMatch(name -> name.contains("CBC"));
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void prefersFtpOfTheProtocolsThatAClientOffers(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        SslContext server = TlsFixture.maker(engine).contexts(credential).get();

        assertThat(Handshake.between(offering("x-filezilla-ftp", "ftp"), server, "a", 1)
                        .alpn())
                .isEqualTo("ftp");
        assertThat(Handshake.between(offering("ftp-data"), server, "a", 1).alpn())
                .isEqualTo("ftp-data");
        assertThat(Handshake.between(TlsFixture.client(TlsEngine.JDK, trust, "TLSv1.3"), server, "a", 1)
                        .alpn())
                .isIn("", "null");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void demandsCertificatesOfClientsFromItsCas(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle ca = TlsFixture.ca("clients");
        X509Bundle client = new CertificateBuilder()
                .ecp256()
                .subject("CN=anna")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(ca);
        SslContext server = new ClientContextMaker(
                        engine, TlsProfile.INTERMEDIATE, ClientAuth.REQUIRE, List.of(ca.getCertificate()), false)
                .contexts(credential)
                .get();

        SslContext known = TlsFixture.clientBuilder(TlsEngine.JDK, trust, "TLSv1.2")
                .keyManager(client.getKeyPair().getPrivate(), client.getCertificatePath())
                .build();
        assertThat(Handshake.between(known, server, "a", 1).seenByServer().getPeerPrincipal())
                .hasToString("CN=anna");
        assertThatThrownBy(() -> Handshake.between(TlsFixture.client(TlsEngine.JDK, trust, "TLSv1.2"), server, "a", 1))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aSessionsOwnContextResumesItsOwnTicketsAndNoOthers() throws Exception {
        Supplier<SslContext> contexts = new ClientContextMaker(
                        TlsEngine.JDK, TlsProfile.INTERMEDIATE, ClientAuth.NONE, List.of(), true)
                .contexts(credential);
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            SslContext mine = contexts.get();
            SslContext other = contexts.get();
            SslContext client = TlsFixture.client(TlsEngine.JDK, trust, protocol);
            int before = trust.fullHandshakes();

            for (int i = 0; i <= DATA_CONNECTIONS; i++) {
                Handshake.connect(client, mine, "a", 1);
            }
            assertThat(trust.fullHandshakes() - before)
                    .as("the session's own, " + protocol)
                    .isEqualTo(1);
            Handshake.connect(client, other, "a", 1);

            assertThat(trust.fullHandshakes() - before)
                    .as("another session's, " + protocol)
                    .isEqualTo(2);
        }
    }

    private SslContext offering(String... protocols) throws Exception {
        return TlsFixture.clientBuilder(TlsEngine.JDK, trust, "TLSv1.3")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .build();
    }
}
