package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.server.tls.trust.PublicKeyPin;
import io.ftpalg.server.tls.trust.TrustChoice;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which servers are trusted, on both engines: ChainTrust, PinTrust, NoTrust and TrustChoice too. */
class ServerLegTest {
    private static final String NAME = "ftp.example.com";

    @TempDir
    private Path folder = Path.of(".");

    private final X509Bundle ca = TlsFixture.ca("Our CA");

    ServerLegTest() throws Exception {}

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aCaOfOnesOwnVouchesForAServerUnderItsName(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle server = TlsFixture.server(NAME).buildIssuedBy(ca);

        Handshake connection = connect(engine, caFile(), server, NAME);

        assertThat(connection.seenByServer().getProtocol())
                .as("what resumes with every server")
                .isEqualTo("TLSv1.2");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aServerOfAnUnknownCaIsRefused(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle stranger = TlsFixture.server(NAME).buildIssuedBy(TlsFixture.ca("Another CA"));

        assertThat(refusal(engine, caFile(), stranger, NAME))
                .isEqualTo("the server's certificate CN=" + NAME
                        + " is issued by CN=Another CA, an unknown CA: give it with --upstream-ca");
        assertThat(refusal(engine, new TrustChoice.JdkCas(), stranger, NAME)).endsWith("give it with --upstream-ca");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aServerOfAnotherNameIsRefused(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle server = TlsFixture.server(NAME, "www.example.com").buildIssuedBy(ca);

        assertThat(refusal(engine, caFile(), server, "192.0.2.1"))
                .isEqualTo(
                        "the server's certificate is for " + NAME
                                + ", www.example.com, not for 192.0.2.1: connect to one of its names, or give one with --upstream-tls-name");
        assertThat(refusal(engine, caFile(), server, "evil.example.com")).contains("not for evil.example.com");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void anExpiredCertificateIsRefused(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle old = TlsFixture.server(NAME)
                .notBefore(Instant.parse("2020-01-01T00:00:00Z"))
                .notAfter(Instant.parse("2021-01-01T00:00:00Z"))
                .buildIssuedBy(ca);
        X509Bundle early = TlsFixture.server(NAME)
                .notBefore(Instant.now().plus(Duration.ofDays(2)))
                .notAfter(Instant.now().plus(Duration.ofDays(3)))
                .buildIssuedBy(ca);

        assertThat(refusal(engine, caFile(), old, NAME))
                .isEqualTo("the server's certificate CN=" + NAME
                        + " expired 2021-01-01T00:00:00Z: renew it on the server, or pin it (--upstream-pin)");
        assertThat(refusal(engine, caFile(), early, NAME))
                .contains("is valid from ")
                .endsWith("check the clocks");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aPinIsEnoughAndEveryOtherKeyIsRefused(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle known = TlsFixture.selfSigned("whoever");
        X509Bundle other = TlsFixture.server(NAME).buildIssuedBy(ca);
        TrustChoice pins =
                new TrustChoice.Pins(Set.of(PublicKeyPin.of(known.getKeyPair().getPublic())));

        assertThat(connect(engine, pins, known, NAME).seenByClient().isValid()).isTrue();
        assertThat(refusal(engine, pins, other, NAME))
                .isEqualTo("the server's key is not the pinned one: if it was changed on"
                        + " purpose, give --upstream-pin "
                        + PublicKeyPin.of(other.getKeyPair().getPublic()));
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void insecureTakesAnyone(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);

        assertThat(connect(engine, new TrustChoice.Anyone(), TlsFixture.selfSigned("whoever"), NAME)
                        .seenByClient()
                        .getPeerPrincipal())
                .hasToString("CN=whoever");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void showsItsOwnCertificateToAServerThatAsks(TlsEngine engine) throws Exception {
        TlsFixture.assumeAvailable(engine);
        X509Bundle mine = new CertificateBuilder()
                .ecp256()
                .subject("CN=gateway")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(ca);
        SslContext server = new ClientContextMaker(
                        TlsEngine.JDK, TlsProfile.INTERMEDIATE, ClientAuth.REQUIRE, List.of(ca.getCertificate()), false)
                .contexts(TlsFixture.credential(TlsFixture.selfSigned(NAME)))
                .get();
        SslContext client = new ServerLeg(
                        new TrustChoice.Anyone(),
                        Optional.of(TlsFixture.files(folder, "mine", mine)),
                        engine,
                        Optional.empty())
                .contexts()
                .choose(ServerTls.implicitly());

        assertThat(Handshake.between(client, server, NAME, 1).seenByServer().getPeerPrincipal())
                .hasToString("CN=gateway");
    }

    @ParameterizedTest
    @CsvSource({"JDK,TLS_1_2,TLSv1.2", "JDK,TLS_1_3,TLSv1.3", "OPENSSL,TLS_1_2,TLSv1.2", "OPENSSL,TLS_1_3,TLSv1.3"})
    void theNewestVersionIsAChoice(TlsEngine engine, ServerLeg.TlsVersion newest, String protocol) throws Exception {
        TlsFixture.assumeAvailable(engine);
        SslContext client = new ServerLeg(new TrustChoice.Anyone(), Optional.empty(), engine, Optional.of(newest))
                .contexts()
                .choose(ServerTls.implicitly());

        assertThat(Handshake.between(client, server(TlsFixture.selfSigned(NAME)), NAME, 1)
                        .seenByServer()
                        .getProtocol())
                .isEqualTo(protocol);
    }

    @Test
    void saysWhichFileIsWrong() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> ServerLeg.of(new TrustChoice.CaFile(missing)).contexts())
                .isInstanceOf(TlsConfigException.class)
                .hasMessage(missing + ": there is no such file");
    }

    private TrustChoice caFile() throws Exception {
        return new TrustChoice.CaFile(TlsFixture.certificateFile(folder, "ca", ca));
    }

    private static Handshake connect(TlsEngine engine, TrustChoice trust, X509Bundle server, String name)
            throws Exception {
        SslContext client = new ServerLeg(trust, Optional.empty(), engine, Optional.empty())
                .contexts()
                .choose(ServerTls.implicitly());
        return Handshake.between(client, server(server), name, 1);
    }

    private static SslContext server(X509Bundle bundle) throws Exception {
        return TlsFixture.maker(TlsEngine.JDK)
                .contexts(TlsFixture.credential(bundle))
                .get();
    }

    /** Returns what the log would say: the innermost message. */
    private static String refusal(TlsEngine engine, TrustChoice trust, X509Bundle server, String name) {
        try {
            connect(engine, trust, server, name);
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return String.valueOf(cause.getMessage());
        }
        return "none";
    }
}
