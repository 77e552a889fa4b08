package io.ftpalg.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.settings.ClientTlsSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.ServerTlsSettings;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.CredentialSource.Pkcs12;
import io.ftpalg.server.tls.OwnNames;
import io.ftpalg.server.tls.ServerLeg;
import io.ftpalg.server.tls.TlsEngine;
import io.ftpalg.server.tls.trust.PublicKeyPin;
import io.ftpalg.server.tls.trust.TrustChoice;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** What the options of TLS come to: ClientTlsReader, ServerTlsReader, Upstream and the values of both. */
class TlsOptionsTest {
    private static final String PIN = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void isOptionalOnceThereIsACertificate() {
        ClientTlsSettings tls =
                parse("--upstream", "a", "--tls-cert", "c", "--tls-key", "k").clientTls();

        assertThat(tls.use()).isEqualTo(ClientTls.OPTIONAL);
        assertThat(tls.leg().orElseThrow().certificates())
                .isEqualTo(new CertificateChoice.Stored(List.of(new PemPair(Path.of("c"), Path.of("k")))));
    }

    @Test
    void pairsCertificatesWithKeysInTheirOrder() {
        assertThat(parse(
                                "--upstream",
                                "a",
                                "--tls-cert",
                                "c1",
                                "--tls-cert",
                                "c2",
                                "--tls-key",
                                "k1",
                                "--tls-key",
                                "k2",
                                "--tls-keystore",
                                "p12",
                                "--tls-keystore-password-file",
                                "pw")
                        .clientTls()
                        .leg()
                        .orElseThrow()
                        .certificates())
                .isEqualTo(new CertificateChoice.Stored(List.of(
                        new PemPair(Path.of("c1"), Path.of("k1")),
                        new PemPair(Path.of("c2"), Path.of("k2")),
                        new Pkcs12(Path.of("p12"), Optional.of(Path.of("pw"))))));
    }

    @Test
    void takesEachWish() {
        ClientTls use = parse(
                        "--upstream",
                        "a",
                        "--tls-self-signed",
                        "--tls",
                        "required-for-login",
                        "--data-tls",
                        "required",
                        "--allow-ccc",
                        "--tls-require-data-reuse",
                        "--tls-lenient-end")
                .clientTls()
                .use();

        assertThat(use)
                .isEqualTo(new ClientTls(
                        TlsUse.REQUIRED_FOR_LOGIN, TlsUse.REQUIRED, AuthMode.TERMINATE, false, true, true, false));
    }

    @Test
    void listensForImplicitTlsAlone() {
        ListenerSettings settings =
                parse("--upstream", "a", "--tls-self-signed", "--implicit-tls-listen", "127.0.0.1:990");

        assertThat(settings.bind().plain()).isEmpty();
        assertThat(settings.bind().implicitTls()).containsExactly(new InetSocketAddress("127.0.0.1", 990));
    }

    @Test
    void mintsForTheServerOfAReverseGateway() {
        assertThat(parse("--upstream", "ftp.example.com", "--tls-ca-cert", "c", "--tls-ca-key", "k")
                        .clientTls()
                        .leg()
                        .orElseThrow()
                        .certificates())
                .isEqualTo(new CertificateChoice.Minted(
                        new PemPair(Path.of("c"), Path.of("k")), Optional.of("ftp.example.com")));
    }

    @Test
    void aSelfSignedCertificateHasTheNamesThatClientsMayUse() {
        assertThat(OwnNames.of(List.of(new InetSocketAddress("127.0.0.3", 1), new InetSocketAddress("0.0.0.0", 1))))
                .contains("localhost", "127.0.0.1", "127.0.0.3")
                .doesNotContain("0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({"deny,DENY", "passthrough,PASSTHROUGH"})
    void withoutACertificateAuthIsDeniedOrTheServers(String text, AuthMode mode) {
        assertThat(parse("--upstream", "a", "--auth-mode", text).clientTls().auth())
                .contains(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "a,a,21,OFF,false",
        "ftp://a,a,21,OFF,false",
        "ftpes://a,a,21,REQUIRED,false",
        "ftps://a,a,990,REQUIRED,true",
        "FTPS://[::1]:2990/,::1,2990,REQUIRED,true"
    })
    void theSchemeOfTheUpstreamSaysHowItIsProtected(
            String text, String host, int port, ServerTls.Mode mode, boolean implicit) {
        ListenerSettings settings = parse("--upstream", text);

        assertThat(((RouteChoice.Reverse) settings.routing().otherwise()).servers())
                .singleElement()
                .satisfies(server -> assertThat(server.server()).contains(new HostPort(host, port)));
        assertThat(settings.serverTls().use().mode()).isEqualTo(mode);
        assertThat(settings.serverTls().use().implicit()).isEqualTo(implicit);
    }

    @Test
    void takesEachWishTowardsServers() {
        ServerTlsSettings tls = parse(
                        "--upstream",
                        "a",
                        "--upstream-tls",
                        "mirror",
                        "--upstream-data-tls",
                        "private",
                        "--upstream-pin",
                        PIN,
                        "--upstream-tls-name",
                        "b",
                        "--upstream-cert",
                        "c",
                        "--upstream-key",
                        "k",
                        "--upstream-lenient-end",
                        "--upstream-tls-max",
                        "1.2",
                        "--tls-engine",
                        "jdk")
                .serverTls();

        assertThat(tls.use())
                .isEqualTo(new ServerTls(
                        ServerTls.Mode.MIRROR, false, ServerTls.Data.PRIVATE, false, Optional.of("b"), ""));
        assertThat(tls.leg())
                .contains(new ServerLeg(
                        new TrustChoice.Pins(Set.of(new PublicKeyPin(PIN))),
                        Optional.of(new PemPair(Path.of("c"), Path.of("k"))),
                        TlsEngine.JDK,
                        Optional.of(ServerLeg.TlsVersion.TLS_1_2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tls-cert c: --tls-cert 'c': has no --tls-key: give --tls-key for each --tls-cert",
                "--tls-key k: --tls-key 'k': has no --tls-cert: give --tls-cert for each --tls-key",
                "--tls-ca-cert c: --tls-ca-cert needs --tls-ca-key",
                "--tls-keystore-password-file p: --tls-keystore-password-file needs --tls-keystore",
                "--tls-self-signed --tls-ca-cert c --tls-ca-key k: certificates of files, --tls-self-signed and --tls-ca-cert exclude"
                        + " each other: give one of them",
                "--tls required: --tls required needs a certificate: give",
                "--implicit-tls-listen 127.0.0.1:990: --implicit-tls-listen needs a certificate: give",
                "--tls-require-data-reuse: --tls-require-data-reuse needs a certificate: give",
                "--tls-self-signed --auth-mode passthrough: --auth-mode passthrough needs no certificate",
                "--tls-self-signed --auth-mode deny: --auth-mode deny needs no certificate",
                "--tls-self-signed --tls off --data-tls required: --tls off excludes --data-tls",
                "--tls-self-signed --tls-client-ca c: --tls-client-ca needs --tls-client-auth optional or required",
                "--tls-self-signed --tls-require-data-reuse --tls-engine openssl: --tls-require-data-reuse uses the JDK's engine",
                "--upstream-ca c: --upstream-ca needs TLS with the server: give --upstream-tls",
                "--upstream-tls auto --upstream-ca c --upstream-insecure: --upstream-ca, --upstream-pin and --upstream-insecure exclude",
                "--upstream-tls auto --upstream-key k: --upstream-key needs --upstream-cert"
            })
    void saysWhatDoesNotFit(String text) {
        int end = text.indexOf(": --") < 0 ? text.indexOf(": cert") : text.indexOf(": --");
        List<String> args = new ArrayList<>(List.of("--upstream", "a"));
        args.addAll(List.of(text.substring(0, end).split(" ")));

        assertThatThrownBy(() -> parse(args.toArray(String[]::new)))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith(text.substring(end + 2));
    }

    @Test
    void aSchemeAndAModeThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> parse("--upstream", "ftps://a", "--upstream-tls", "auto"))
                .hasMessage("--upstream-tls auto contradicts --upstream ftps://");
    }

    private static ListenerSettings parse(String... args) {
        return TestSettings.listener(args);
    }
}
