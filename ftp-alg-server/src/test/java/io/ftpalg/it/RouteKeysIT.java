package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a route says of its sessions counts for them, and for no others of the listener. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteKeysIT {
    private static final String CONFIG = """
            listeners:
              - bind: "127.0.0.1:0"
                server-mode: pasv
                passive-ports: 25300-25319
                routes:
                  - {clients: 127.0.0.9/32, upstream: <server>, server-mode: port, passive-ports: 25320-25339,
                     source-ports: 25340-25349}
                  - {clients: 127.0.0.5/32, upstream: <server>, idle-timeout: 2s}
                  - {clients: 127.0.0.3/32, upstream: <server>}
                upstream: <server>
                limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            """;

    private static final InetAddress HURRIED = IpLiteral.parse("127.0.0.5").orElseThrow();

    private Optional<Fleet> started = Optional.empty();
    private Optional<ConfiguredJar> jar = Optional.empty();

    @BeforeAll
    void start() throws IOException {
        Fleet fleet = Fleet.of("server");
        started = Optional.of(fleet);
        jar = Optional.of(fleet.front(CONFIG));
    }

    @AfterAll
    void stop() {
        started.ifPresent(Fleet::close);
    }

    private RawFtp logIn(InetAddress from) throws IOException {
        return Fleet.login(jar.orElseThrow().addresses().get(0), from);
    }

    @Test
    void agreesDataPortsAsTheRouteSays() throws IOException {
        try (RawFtp routed = logIn(Loopback.STRANGER)) {
            DataPort port = routed.agree(DataSyntax.PASV);
            assertThat(port.address().getPort()).isBetween(25_320, 25_339);
            port.close();
            assertThat(routed.download(DataSyntax.PASV, "RETR " + Fleet.LARGE_FILE))
                    .hasSize(Fleet.LARGE);
        }

        assertThat(transferOf(Loopback.STRANGER))
                .containsPattern(" client_leg=PASV,127\\.0\\.0\\.1:253[23]\\d,")
                .containsPattern(" server_leg=PORT,127\\.0\\.0\\.\\d:2534\\d,");
    }

    @Test
    void agreesDataPortsAsTheListenerSaysWhereTheRouteSaysNothing() throws IOException {
        for (InetAddress from : new InetAddress[] {Loopback.CLIENT, Loopback.GATEWAY}) {
            try (RawFtp client = logIn(from)) {
                assertThat(client.download(DataSyntax.EPSV, "RETR " + Fleet.LARGE_FILE))
                        .hasSize(Fleet.LARGE);
            }

            assertThat(transferOf(from))
                    .containsPattern(" client_leg=EPSV,127\\.0\\.0\\.1:253[01]\\d,")
                    .contains(" server_leg=PASV,");
        }
    }

    private String transferOf(InetAddress client) {
        String from = " client=" + client.getHostAddress() + ':';
        await().until(() -> jar.orElseThrow().log("transfer finished").stream().anyMatch(line -> line.contains(from)));
        return jar.orElseThrow().log("transfer finished").stream()
                .filter(line -> line.contains(from))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void endsTheIdleSessionsOfTheRouteOnly() throws IOException {
        try (RawFtp other = logIn(Loopback.CLIENT);
                RawFtp routed = logIn(HURRIED)) {
            assertThat(routed.readToEnd()).matches("421 [^\r\n]+\r\n");

            assertThat(other.ask("NOOP").code()).isEqualTo(200);
        }
        assertThat(jar.orElseThrow().awaitLog("session closed cause=IDLE", 1)).contains(" client=127.0.0.5:");
    }
}
