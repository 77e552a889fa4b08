package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that know less of RFC 4217, or know it later, than the gateway asks for. */
class TlsOldServerIT {
    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    private static OddServer.Manners manners(OddServer.Levels levels) {
        return OddServer.Manners.good(WORLD.material(), WORLD.material().server())
                .acceptingLevels(levels);
    }

    private static void move(RawFtp ftp, OddServer server) throws IOException {
        assertThat(ftp.download(DataSyntax.PASV, "RETR file")).isEqualTo(OddServer.CONTENT);
        ftp.upload(DataSyntax.EPSV, "STOR file", OddServer.CONTENT);
        assertThat(server.uploads()).containsExactly(OddServer.End.ORDERLY);
    }

    /** As stunnel in front of a server of before RFC 2228: TLS on the control connection, data in the clear. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void filesPassInTheClearBehindImplicitTls(OddServer.Levels levels) throws IOException {
        try (OddServer server = OddServer.start(manners(levels).implicitly());
                TlsGateway gateway = TlsGateway.start(
                        server, Protection.IMPLICIT, WORLD.material(), "--upstream-data-tls", "clear");
                RawFtp ftp = RawFtp.login(
                        gateway.target(Protection.CLEAR), Protection.CLEAR, WORLD.tls(TlsVersion.TLS_1_3))) {
            move(ftp, server);

            assertThat(server.received()).isNotEmpty().allMatch(line -> line.startsWith("tls "));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aServerIsNotAskedWhereDataIsInTheClear(OddServer.Levels levels) throws IOException {
        try (OddServer server = OddServer.start(manners(levels));
                TlsGateway gateway = TlsGateway.start(
                        server, Protection.EXPLICIT, WORLD.material(), "--upstream-data-tls", "clear");
                RawFtp ftp = RawFtp.login(
                        gateway.target(Protection.CLEAR), Protection.CLEAR, WORLD.tls(TlsVersion.TLS_1_3))) {
            move(ftp, server);

            assertThat(server.received()).noneMatch(line -> line.contains("PBSZ") || line.contains("PROT"));
        }
    }

    @ParameterizedTest(name = "client {0}, gateway with {1}")
    @CsvSource({"CLEAR, private", "EXPLICIT, private", "EXPLICIT, mirror", "IMPLICIT, mirror"})
    void dataIsProtectedByAServerThatAcceptsProtOnlyAfterTheLogin(Protection client, String data) throws IOException {
        try (OddServer server = OddServer.start(manners(OddServer.Levels.AFTER_LOGIN));
                TlsGateway gateway =
                        TlsGateway.start(server, Protection.EXPLICIT, WORLD.material(), "--upstream-data-tls", data);
                RawFtp ftp = RawFtp.login(gateway.target(client), client, WORLD.tls(TlsVersion.TLS_1_3))) {
            move(ftp, server);

            // From then on the server shakes hands on data connections, and takes no other.
            assertThat(server.received())
                    .containsSubsequence("tls PASS secret", "tls PBSZ 0", "tls PROT P", "tls RETR file");
        }
    }

    @Test
    void aServerThatNeverProtectsDataIsLeftAfterTheLogin() throws IOException {
        try (OddServer server = OddServer.start(manners(OddServer.Levels.UNKNOWN));
                TlsGateway gateway = TlsGateway.start(server, Protection.EXPLICIT, WORLD.material());
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            ftp.send("USER tester\r\nPASS secret\r\nPASV\r\nRETR file");

            assertThat(ftp.readToEnd())
                    .contains("230 in", "421 The server does not protect data connections by TLS.")
                    .doesNotContain("227 ", "150 ");
            assertThat(gateway.awaitClosed()).singleElement().asString().contains("cause=TLS_FAILED", "500 to PROT");
            assertThat(server.received()).noneMatch(line -> line.contains("RETR"));
        }
    }
}
