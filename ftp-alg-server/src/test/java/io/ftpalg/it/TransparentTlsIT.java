package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.it.NamespaceNetwork.Host;
import io.ftpalg.it.NamespaceNetwork.Topology;
import io.ftpalg.protocol.DataSyntax;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH of clients that do not know of the gateway: ended at it with a certificate for their server, passed through, or refused. */
@Timeout(120)
class TransparentTlsIT {
    private static final List<Integer> SIZES = List.of(100 << 10);

    /** The client verifies the certificate for the address that it connects to, which only the gateway's CA can have signed. */
    @ParameterizedTest
    @ValueSource(strings = {"redirect", "tproxy"})
    void showsACertificateForTheServersAddress(String mode) {
        try (TlsMaterial material = TlsMaterial.create();
                TransparentWorld world = TransparentWorld.start(
                        Topology.ROUTED,
                        TransparentIT.KEYS.formatted(mode, false)
                                + ", tls: {ca-cert: %s, ca-key: %s}"
                                        .formatted(material.authority(), material.authorityKey()))) {
            for (boolean ipv6 : List.of(false, true)) {
                TestServer server = world.server(ServerKind.VSFTPD, ipv6);
                Curl curl = new Curl(ClientSecurity.of(Protection.EXPLICIT, TlsVersion.TLS_1_3, material));
                DataSyntax syntax = ipv6 ? DataSyntax.EPSV : DataSyntax.PASV;

                world.network().on(Host.CLIENT, () -> RoundTrip.check(curl, Target.of(server), syntax, server, SIZES));
            }
            assertThat(world.jar().awaitLog("transfer finished", 4)).contains(",TLSv1.3,");
        }
    }

    /** The certificate is the server's own: data connections go past the gateway, by the rules as printed. */
    @Test
    void passesTlsThrough(@TempDir Path folder) {
        try (TlsMaterial material = TlsMaterial.create();
                TransparentWorld world = TransparentWorld.start(
                        Topology.ROUTED,
                        TransparentIT.KEYS.formatted("tproxy", true) + ", tls: {auth-mode: passthrough}")) {
            TestServer server =
                    world.server(ServerKind.PROFTPD, false, ServerSecurity.of(Protection.EXPLICIT, material));
            List<String> command = List.of(
                    "curl",
                    "--silent",
                    "--show-error",
                    "--ssl-reqd",
                    "--insecure",
                    "--tls-max",
                    "1.2",
                    "--list-only",
                    "--write-out",
                    "%{http_code}",
                    "--user",
                    server.user() + ':' + server.password(),
                    "ftp://" + Target.of(server).authority() + TestServer.DIRECTORY + "/");

            int status = world.network().on(Host.CLIENT, () -> {
                try (Program curl = Program.start(folder, command, Map.of(), "")) {
                    int exit = curl.await(Duration.ofSeconds(50));
                    assertThat(curl.output()).as("output of curl").endsWith("226");
                    return exit;
                }
            });

            assertThat(status).isZero();
            assertThat(world.jar().awaitLog("session transparent", 1)).contains("WARN");
        }
    }

    @Test
    void refusesTls() {
        try (TransparentWorld world = TransparentWorld.start(
                Topology.ROUTED, TransparentIT.KEYS.formatted("redirect", false) + ", tls: {auth-mode: deny}")) {
            TestServer server = world.server(ServerKind.VSFTPD, false);

            String reply = world.network().on(Host.CLIENT, () -> replyToAuth(server));

            assertThat(reply).startsWith("534 ");
        }
    }

    private static String replyToAuth(TestServer server) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(replies.readLine()).startsWith("220 ");
            socket.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
            return replies.readLine();
        }
    }
}
