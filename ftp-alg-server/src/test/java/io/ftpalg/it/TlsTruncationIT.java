package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A data connection under TLS that ends without TLS's own end may have been cut: nobody is told that all was there. */
class TlsTruncationIT {
    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    private final String name = UUID.randomUUID().toString();

    /**
     * One cut.
     *
     * @param other how the leg is protected that is not cut
     */
    record Cut(TlsEngine engine, TlsVersion version, Protection other) {
        @Override
        public String toString() {
            return engine + " " + version.number() + ", other leg " + other;
        }

        OddServer server(OddServer.End downloads) {
            return OddServer.start(
                    OddServer.Manners.good(WORLD.material(), WORLD.material().server())
                            .endingDownloads(downloads));
        }

        TlsGateway gateway(TestServer server, Protection towardsServer, String... options) {
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("--tls-engine", engine.option()));
            if (towardsServer != Protection.CLEAR) {
                all.addAll(List.of("--upstream-tls-max", version.number()));
            }
            return TlsGateway.start(server, towardsServer, WORLD.material(), all.toArray(String[]::new));
        }
    }

    static Stream<Cut> cuts() {
        List<Cut> cuts = new ArrayList<>();
        for (TlsEngine engine : TlsEngine.values()) {
            for (TlsVersion version : TlsVersion.values()) {
                cuts.add(new Cut(engine, version, Protection.CLEAR));
                cuts.add(new Cut(engine, version, Protection.EXPLICIT));
            }
        }
        return cuts.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void ofAnUploadResetsTheServersLeg(Cut cut) throws IOException {
        try (OddServer server = cut.server(OddServer.End.ORDERLY);
                TlsGateway gateway = cut.gateway(server, cut.other());
                RawFtp ftp = login(gateway, Protection.EXPLICIT, cut)) {
            cutUpload(ftp, cut);

            assertThat(ftp.read().code()).isEqualTo(426);
            await().untilAsserted(() -> assertThat(server.uploads()).containsExactly(OddServer.End.RESET));
            assertThat(gateway.awaitTransfers(name, 1)).allMatch(line -> line.contains("end=TRUNCATED"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void ofAnUploadIsNoSuccessWithARealServer(Cut cut) throws IOException {
        ServerKind kind = cut.version() == TlsVersion.TLS_1_2 ? ServerKind.VSFTPD : ServerKind.PROFTPD;
        TlsGateway gateway =
                WORLD.gateway(kind, cut.other(), "--tls-engine", cut.engine().option());
        try (RawFtp ftp = login(gateway, Protection.EXPLICIT, cut)) {
            cutUpload(ftp, cut);

            assertThat(ftp.read().code()).isEqualTo(426);
            assertThat(ftp.ask("NOOP").code()).isEqualTo(200);
        }
    }

    private void cutUpload(RawFtp ftp, Cut cut) throws IOException {
        Socket plain = ftp.openPlain(DataSyntax.PASV, "STOR " + name);
        SSLSocket data = WORLD.tls(cut.version()).wrap(plain);
        data.getOutputStream().write(Payload.bytes(100_000));
        plain.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void ofADownloadResetsTheClientsLeg(Cut cut) throws IOException {
        try (OddServer server = cut.server(OddServer.End.CUT);
                TlsGateway gateway = cut.gateway(server, Protection.EXPLICIT);
                RawFtp ftp = login(gateway, cut.other(), cut);
                Socket data = ftp.open(DataSyntax.PASV, "RETR " + name)) {
            assertThatThrownBy(() -> data.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");

            assertThat(ftp.read().code()).isEqualTo(426);
            assertThat(gateway.awaitTransfers(name, 1)).allMatch(line -> line.contains("end=TRUNCATED"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void ofADownloadIsItsEndWhereTheGatewayIsLenient(Cut cut) throws IOException {
        try (OddServer server = cut.server(OddServer.End.CUT);
                TlsGateway gateway = cut.gateway(server, Protection.EXPLICIT, "--upstream-lenient-end");
                RawFtp ftp = login(gateway, cut.other(), cut)) {
            assertThat(ftp.download(DataSyntax.PASV, "RETR " + name)).isEqualTo(OddServer.CONTENT);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void isNotSeenWhereThereIsNone(Cut cut) throws IOException {
        try (OddServer server = cut.server(OddServer.End.ORDERLY);
                TlsGateway gateway = cut.gateway(server, Protection.EXPLICIT);
                RawFtp ftp = login(gateway, cut.other(), cut)) {
            assertThat(ftp.download(DataSyntax.PASV, "RETR " + name)).isEqualTo(OddServer.CONTENT);
            ftp.upload(DataSyntax.PASV, "STOR " + name, OddServer.CONTENT);
            assertThat(server.uploads()).containsExactly(OddServer.End.ORDERLY);
        }
    }

    private static RawFtp login(TlsGateway gateway, Protection protection, Cut cut) throws IOException {
        return RawFtp.login(gateway.target(protection), protection, WORLD.tls(cut.version()));
    }
}
