package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar finds its servers by a real name server. */
@Timeout(60)
class DnsRoutesIT {
    private static final InetAddress ELSEWHERE = IpLiteral.parse("127.0.0.4").orElseThrow();
    private static final String MOVING = "moving.example.test";
    private static final String LISTENER = """
            name-servers: %s
            listeners:
              - bind: "127.0.0.1:0"
                upstream: %s
                limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            """;

    @Test
    void goesToTheBackupThatDnsListsWhileTheFirstServerIsDown() throws Exception {
        try (Fleet fleet = Fleet.of("backup")) {
            fleet.reserve("first");
            try (NameServer names = NameServer.start(
                    MOVING,
                    Loopback.SERVER,
                    List.of(
                            service("a.example.test", fleet.address("first"), 1),
                            service("b.example.test", fleet.address("backup"), 2),
                            "--host-record=a.example.test,127.0.0.2",
                            "--host-record=b.example.test,127.0.0.2"))) {
                InetSocketAddress gateway = fleet.front(LISTENER.formatted(names.authority(), "_ftp._tcp.example.test"))
                        .addresses()
                        .get(0);
                assertThat(fleet.serverOfNewClient(gateway)).isEqualTo("backup");

                fleet.start("first");

                assertThat(fleet.serverOfNewClient(gateway)).isEqualTo("first");

                fleet.kill("first");

                assertThat(fleet.serverOfNewClient(gateway)).isEqualTo("backup");
            }
        }
    }

    private static String service(String host, InetSocketAddress at, int priority) {
        return "--srv-host=_ftp._tcp.example.test," + host + ',' + at.getPort() + ',' + priority + ",0";
    }

    @Test
    void followsANameToItsNewAddress() throws Exception {
        try (Fleet fleet = Fleet.of("old");
                NameServer names = NameServer.start(MOVING, Loopback.SERVER, List.of())) {
            int port = fleet.address("old").getPort();
            fleet.start("new", new InetSocketAddress(ELSEWHERE, port));
            InetSocketAddress gateway = fleet.front(LISTENER.formatted(names.authority(), MOVING + ":" + port))
                    .addresses()
                    .get(0);
            assertThat(fleet.serverOfNewClient(gateway)).isEqualTo("old");
            try (RawFtp running = Fleet.login(gateway)) {

                names.move(ELSEWHERE);

                await().atMost(Duration.ofSeconds(20))
                        .until(() -> fleet.serverOfNewClient(gateway).equals("new"));
                assertThat(fleet.serverOf(running)).isEqualTo("old");
            }
        }
    }
}
