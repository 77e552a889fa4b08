package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar says what its operator wrote, and lets in whom the operator wants in. */
@Timeout(60)
class OperatorTextsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final InetAddress NOT_ALLOWED = IpLiteral.parse("127.0.1.1").orElseThrow();
    private static final String LISTENER = "listeners:\n  - {bind: '127.0.0.1:0', upstream: <server>, %s}\n";

    private static String whatAClientHears(InetSocketAddress gateway) throws IOException {
        return whatAClientHears(gateway, Loopback.CLIENT);
    }

    private static String whatAClientHears(InetSocketAddress gateway, InetAddress from) throws IOException {
        try (RawFtp client = RawFtp.connect(gateway, from)) {
            return client.read().text();
        }
    }

    @Test
    void greetsInTheOperatorsWordsAndTurnsClientsAwayInThem() throws Exception {
        try (Fleet fleet = Fleet.of("server")) {
            fleet.write("welcome.txt", "Files of Example Ltd\n at %h, 100%% yours\n");
            fleet.write("full.txt", "One at a time, please.\nOr call 555.\n");
            ConfiguredJar jar = fleet.front(LISTENER.formatted(
                    "greeting-file: welcome.txt, limit-message-file: full.txt, limits: {sessions: 1}"));
            InetSocketAddress gateway = jar.addresses().get(0);
            try (RawFtp client = RawFtp.connect(gateway)) {
                assertThat(client.read().text())
                        .isEqualTo("220-Files of Example Ltd\n220  at "
                                + InetAddress.getLocalHost().getHostName() + ", 100% yours");
                Fleet.logIn(client, "tester");

                try (RawFtp second = RawFtp.connect(gateway)) {
                    assertThat(second.readToEnd()).isEqualTo("421-One at a time, please.\r\n421 Or call 555.\r\n");
                }

                assertThat(fleet.serverOf(client)).isEqualTo("server");
                assertThat(client.ask("QUIT").code()).isEqualTo(221);
            }
            await().atMost(PATIENCE).until(() -> whatAClientHears(gateway).startsWith("220-Files of Example Ltd\n"));
        }
    }

    @Test
    void isClosedWhileThereIsTheFileOfMaintenance() throws Exception {
        try (Fleet fleet = Fleet.of("server")) {
            InetSocketAddress gateway = fleet.front(LISTENER.formatted("maintenance-file: closed.txt, "
                            + "limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}"))
                    .addresses()
                    .get(0);
            try (RawFtp open = Fleet.login(gateway);
                    RawFtp busy = Fleet.login(gateway);
                    Socket data = busy.open(DataSyntax.PASV, "RETR " + Fleet.LARGE_FILE)) {
                assertThat(data.getInputStream().readNBytes(1)).hasSize(1);
                Path file = fleet.write("closed.txt", "Back at noon.\n");

                await().atMost(PATIENCE).until(() -> whatAClientHears(gateway).equals("421 Back at noon."));
                assertThat(fleet.serverOf(open)).isEqualTo("server");
                assertThat(data.getInputStream().readAllBytes()).hasSize(Fleet.LARGE - 1);
                assertThat(busy.read().code()).isEqualTo(226);

                Files.delete(file);

                await().atMost(PATIENCE).until(() -> whatAClientHears(gateway).startsWith("220"));
                assertThat(fleet.serverOf(open)).isEqualTo("server");
            }
            assertThat(fleet.serverOfNewClient(gateway)).isEqualTo("server");
        }
    }

    @Test
    void letsInNobodyWhoIsDeniedOrNotAllowed() throws Exception {
        try (Fleet fleet = Fleet.of("server")) {
            InetSocketAddress gateway = fleet.front(
                            LISTENER.formatted("clients: {allow: 127.0.0.0/24, deny: [127.0.0.9/32, 192.0.2.0/24]}"))
                    .addresses()
                    .get(0);

            assertThat(whatAClientHears(gateway, Loopback.STRANGER)).startsWith("421 ");
            assertThat(whatAClientHears(gateway, NOT_ALLOWED)).startsWith("421 ");
            assertThat(whatAClientHears(gateway, Loopback.GATEWAY)).startsWith("220");
            assertThat(fleet.serverOfNewClient(gateway)).isEqualTo("server");
        }
    }
}
