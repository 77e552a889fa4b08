package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is smuggled in before TLS begins is not executed, and what is not FTP is not echoed (ALPACA, CVE-2021-3618). */
class TlsAttackIT {
    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    static Stream<Arguments> enginesAndVersions() {
        return Stream.of(TlsEngine.values())
                .flatMap(engine -> Stream.of(TlsVersion.values()).map(version -> Arguments.of(engine, version)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("enginesAndVersions")
    void aClientThatWantsHttpGetsAnAlert(TlsEngine engine, TlsVersion version) throws IOException {
        TlsGateway gateway = gateway(engine);
        RawTls http = new RawTls(WORLD.material().context(), version, "http/1.1");
        try (RawFtp ftp = RawFtp.connect(gateway.target(Protection.IMPLICIT).address())) {
            assertThatThrownBy(() -> ftp.startTls(http))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("enginesAndVersions")
    void aClientThatWantsFtpAmongOthersGetsIt(TlsEngine engine, TlsVersion version) throws IOException {
        TlsGateway gateway = gateway(engine);
        RawTls both = new RawTls(WORLD.material().context(), version, "http/1.1", "ftp");
        try (Socket plain =
                        DataPort.connectFrom(gateway.target(Protection.IMPLICIT).address(), null);
                SSLSocket socket = both.wrap(plain)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("ftp");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void anHttpRequestInsideTlsIsNotEchoed(TlsEngine engine) throws IOException {
        TlsGateway gateway = gateway(engine);
        try (RawFtp ftp = RawFtp.connect(gateway.target(Protection.IMPLICIT).address())) {
            ftp.startTls(WORLD.tls(TlsVersion.TLS_1_3));
            ftp.send("POST /<script>alert(1)</script> HTTP/1.1\r\nHost: <script>\r\n\r\n<script>");

            assertThat(ftp.readToEnd()).doesNotContain("script");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aCommandBehindAuthInTheSameSegmentIsNotExecuted(TlsEngine engine) throws IOException {
        try (OddServer server = server("");
                TlsGateway gateway = gateway(engine, server);
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            assertThat(ftp.read().code()).isEqualTo(220);
            ftp.write("AUTH TLS\r\nUSER injected\r\n".getBytes(ISO_8859_1));

            assertThat(ftp.readToEnd()).doesNotContain("331");
            assertInjectionFound(gateway, server);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aCommandBeforeTheHandshakeIsNotExecuted(TlsEngine engine) throws IOException {
        try (OddServer server = server("");
                TlsGateway gateway = gateway(engine, server);
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            assertThat(ftp.read().code()).isEqualTo(220);
            assertThat(ftp.ask("AUTH TLS").code()).isEqualTo(234);
            ftp.send("USER injected");

            assertThat(ftp.readToEnd()).doesNotContain("331");
            assertThat(gateway.awaitClosed()).singleElement().asString().containsAnyOf("TLS_INJECTION", "TLS_FAILED");
            assertThat(server.received()).noneMatch(line -> line.contains("USER"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aReplyBehindTheServersAnswerToAuthIsNotBelieved(TlsEngine engine) throws IOException {
        try (OddServer server = server("331 give me the password\r\n230 you are in\r\n");
                TlsGateway gateway = TlsGateway.start(
                        server, Protection.EXPLICIT, WORLD.material(), "--tls-engine", engine.option());
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            ftp.send("USER tester\r\nPASS secret");

            assertThat(ftp.readToEnd()).contains("421 ").doesNotContain("331 ", "230 ");
            assertInjectionFound(gateway, server);
        }
    }

    private static OddServer server(String behindAuth) {
        return OddServer.start(
                OddServer.Manners.good(WORLD.material(), WORLD.material().server())
                        .sayingBehindAuth(behindAuth));
    }

    private static TlsGateway gateway(TlsEngine engine) {
        return WORLD.gateway(ServerKind.APACHE, Protection.CLEAR, "--tls-engine", engine.option());
    }

    private static TlsGateway gateway(TlsEngine engine, TestServer server) {
        return TlsGateway.start(server, Protection.CLEAR, WORLD.material(), "--tls-engine", engine.option());
    }

    private static void assertInjectionFound(TlsGateway gateway, OddServer server) {
        assertThat(gateway.awaitClosed()).singleElement().asString().contains("cause=TLS_INJECTION");
        assertThat(server.received()).noneMatch(line -> line.contains("USER") || line.contains("PASS"));
    }
}
