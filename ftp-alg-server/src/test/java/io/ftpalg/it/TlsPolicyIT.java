package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients may do without TLS, and with it. */
class TlsPolicyIT {
    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    private final String name = UUID.randomUUID().toString();

    @Test
    void noNameIsTakenInTheClearWhereTlsIsRequired() throws IOException {
        TlsGateway gateway = gateway("--tls", "required");
        try (RawFtp ftp = connect(gateway)) {
            assertThat(ftp.ask("USER tester").code()).isEqualTo(530);
            assertThat(ftp.ask("PASS secret").code()).isIn(503, 530);
            ftp.ask("QUIT");
        }
        try (RawFtp ftp = login(gateway, Protection.EXPLICIT)) {
            assertThat(ftp.ask("NOOP").code()).isEqualTo(200);
        }
    }

    @Test
    void noDataGoesInTheClearWhereTlsIsRequiredForIt() throws IOException {
        TlsGateway gateway = gateway("--data-tls", "required");
        Payload.file(gateway.server().files().resolve(name), 1000);
        try (RawFtp ftp = login(gateway, Protection.EXPLICIT)) {
            assertThat(ftp.download(DataSyntax.PASV, "RETR " + name)).hasSize(1000);
            assertThat(ftp.ask("PROT C").code()).isIn(200, 534);
            try (DataPort port = ftp.agree(DataSyntax.EPSV)) {
                port.connect();
                assertThat(
                                ftp.ask("PROT C").code() == 200
                                        ? ftp.ask("RETR " + name).code()
                                        : 521)
                        .isEqualTo(521);
            }
        }
    }

    @Test
    void protectionIsAgreedInOrder() throws IOException {
        TlsGateway gateway = gateway();
        try (RawFtp ftp = connect(gateway)) {
            assertThat(ftp.ask("PBSZ 0").code()).isEqualTo(503);
            assertThat(ftp.ask("PROT P").code()).isEqualTo(503);
            assertThat(ftp.ask("AUTH KERBEROS_V4").code()).isEqualTo(504);
            assertThat(ftp.ask("AUTH TLS").code()).isEqualTo(234);
            ftp.startTls(WORLD.tls(TlsVersion.TLS_1_3));
            assertThat(ftp.ask("PROT P").code())
                    .as("clients that leave out PBSZ")
                    .isEqualTo(200);
            assertThat(ftp.ask("PBSZ 1000").text()).isEqualTo("200 PBSZ=0");
            assertThat(ftp.ask("PROT S").code()).isEqualTo(536);
            assertThat(ftp.ask("PROT E").code()).isEqualTo(536);
            assertThat(ftp.ask("PROT X").code()).isEqualTo(504);
            assertThat(ftp.ask("PROT P").code()).isEqualTo(200);
            assertThat(ftp.ask("FEAT").text()).contains("AUTH TLS", "PBSZ", "PROT");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"EXPLICIT", "IMPLICIT"})
    void aFileThatIsNotThereIsSaidAtOnce(Protection protection) throws IOException {
        for (DataSyntax syntax : DataSyntax.values()) {
            try (RawFtp ftp = login(gateway(), protection);
                    DataPort port = ftp.agree(syntax)) {
                port.connect();
                assertThat(ftp.ask("RETR not-there-" + name).code()).isEqualTo(550);
                assertThat(ftp.ask("NOOP").code()).isEqualTo(200);
            }
        }
    }

    @Test
    void theProtectionThatCountsIsThatOfTheTransferCommand() throws IOException {
        TlsGateway gateway = gateway();
        Payload.file(gateway.server().files().resolve(name), 1000);
        RawTls tls = WORLD.tls(TlsVersion.TLS_1_3);
        try (RawFtp ftp = RawFtp.login(gateway.target(Protection.EXPLICIT), Protection.EXPLICIT, tls)) {
            assertThat(ftp.ask("PROT C").code()).isEqualTo(200);
            try (DataPort port = ftp.agree(DataSyntax.PASV)) {
                assertThat(ftp.ask("PROT P").code()).isEqualTo(200);
                port.connect();
                assertThat(ftp.ask("RETR " + name).preliminary()).isTrue();
                try (Socket data = tls.wrap(port.accept())) {
                    assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
                }
                assertThat(ftp.read().code()).isEqualTo(226);
            }
        }
    }

    @Test
    void curlEndsTlsOnTheControlConnectionWhereItMay() {
        String printed = curl(gateway("--allow-ccc"), "--ftp-ssl-ccc", "--ftp-ssl-ccc-mode", "active");

        assertThat(printed)
                .contains("> CCC")
                .containsPattern("CCC\\s+[^\\n]*\\n?[\\s\\S]*< 200")
                .contains("[exit 0]");
    }

    @Test
    void curlDoesNotEndTlsOnTheControlConnectionWhereItMayNot() {
        String printed = curl(gateway(), "--ftp-ssl-ccc", "--ftp-ssl-ccc-mode", "active");

        assertThat(printed).contains("< 534").contains("[exit 0]");
    }

    private static String curl(TlsGateway gateway, String... options) {
        Peers.require("curl");
        Path folder = Workspace.create("curl");
        Target target = gateway.target(Protection.EXPLICIT);
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--verbose",
                "--ssl-reqd",
                "--cacert",
                WORLD.material().authority().toString(),
                "--user",
                target.user() + ':' + target.password(),
                "--list-only",
                "ftp://" + target.authority() + "/pub/"));
        command.addAll(List.of(options));
        try {
            return Program.run(folder, command, "", FtpClient.TIMEOUT);
        } finally {
            Workspace.delete(folder);
        }
    }

    @Test
    void reinIsWhatTheServerMakesOfIt() throws IOException {
        try (RawFtp ftp = login(WORLD.gateway(ServerKind.PROFTPD, Protection.EXPLICIT), Protection.EXPLICIT)) {
            assertThat(ftp.ask("REIN").code()).isEqualTo(502);
            assertThat(ftp.ask("PWD").code()).isEqualTo(257);
        }
    }

    @Test
    void authIsDeniedWhereThatIsSaid() throws IOException {
        TestServer server = WORLD.server(ServerKind.PROFTPD, Protection.CLEAR);
        try (TlsGateway gateway = TlsGateway.plain(server, "", List.of("--auth-mode", "deny"));
                RawFtp ftp = connect(gateway)) {
            assertThat(ftp.ask("AUTH TLS").code()).isEqualTo(534);
            assertThat(ftp.ask("FEAT").text()).doesNotContain("AUTH");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"VSFTPD", "PROFTPD"})
    void tlsPassesThroughToTheServerWhereThatIsSaid(ServerKind kind) throws IOException {
        TestServer server = WORLD.server(kind, Protection.EXPLICIT);
        try (TlsGateway gateway = TlsGateway.plain(server, "", List.of("--auth-mode", "passthrough"));
                RawFtp ftp = connect(gateway)) {
            assertThat(ftp.ask("AUTH TLS").code()).isEqualTo(234);
            // It is the server's certificate, which is not for the gateway's address.
            ftp.startTls(new RawTls(WORLD.material().context(), TlsVersion.TLS_1_2));
            assertThat(ftp.ask("USER " + server.user()).code()).isEqualTo(331);
            assertThat(ftp.ask("PASS " + server.password()).code()).isEqualTo(230);
            assertThat(ftp.ask("PWD").code()).isEqualTo(257);
            assertThat(ftp.ask("QUIT").code()).isEqualTo(221);
            assertThat(gateway.log().lines("session transparent", "data connections are not handled"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void dataConnectionsHaveToResumeWhereThatIsSaid(TlsVersion version) throws IOException {
        try (TlsGateway gateway = TlsGateway.start(
                WORLD.server(ServerKind.PROFTPD, Protection.CLEAR),
                Protection.CLEAR,
                WORLD.material(),
                "--tls-require-data-reuse")) {
            ClientSecurity security = ClientSecurity.of(Protection.EXPLICIT, version, WORLD.material());

            assertThat(list(security, gateway)).contains("resumed").contains("[exit 0]");
            assertThat(list(security.withoutResumption(), gateway)).doesNotContain("[exit 0]");
            assertThat(gateway.awaitTransfers("end=TLS_FAILED", 1)).hasSize(1);
            // That client finds its data connection reset and is gone, maybe before there is a reply; this one hears
            // it.
            try (RawFtp ftp =
                    RawFtp.login(gateway.target(Protection.EXPLICIT), Protection.EXPLICIT, WORLD.tls(version))) {
                RawTls withoutSession = new RawTls(WORLD.material().context(), version);
                try (Socket connection = ftp.openPlain(DataSyntax.PASV, "NLST")) {
                    assertThatThrownBy(() -> withoutSession
                                    .wrap(connection)
                                    .getInputStream()
                                    .readAllBytes())
                            .isInstanceOf(IOException.class);
                }
                assertThat(ftp.read().code()).isEqualTo(522);
            }
        }
    }

    private static String list(ClientSecurity security, TlsGateway gateway) {
        FtpClient client = new Ftplib(security);
        client.require();
        Path folder = Workspace.create("reuse");
        try {
            List<Step> steps = List.of(
                    new Step.Names(folder.resolve("one")),
                    new Step.Names(folder.resolve("two")),
                    new Step.Names(folder.resolve("three")));
            return client.run(folder, gateway.target(security.protection()), DataSyntax.PASV, steps);
        } finally {
            Workspace.delete(folder);
        }
    }

    private static TlsGateway gateway(String... options) {
        return WORLD.gateway(ServerKind.PROFTPD, Protection.CLEAR, options);
    }

    private static RawFtp connect(TlsGateway gateway) throws IOException {
        RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address());
        assertThat(ftp.read().code()).isEqualTo(220);
        return ftp;
    }

    private static RawFtp login(TlsGateway gateway, Protection protection) throws IOException {
        return RawFtp.login(gateway.target(protection), protection, WORLD.tls(TlsVersion.TLS_1_3));
    }
}
