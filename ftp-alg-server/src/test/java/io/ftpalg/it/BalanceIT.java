package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The jar shares sessions out between three real servers, in each of the ways but turns, which {@link PoolIT} has. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BalanceIT {
    private static final String LISTENER = """
            - bind: "127.0.0.1:0"
              upstream: [<a>, <b>, <c>]
              balance: %s
              health: {check: tcp, interval: 1s, timeout: 5s, failures: 2, ejection: 10s, slow-return: 1s}
              limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Optional<Fleet> started = Optional.empty();
    private List<InetSocketAddress> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        Fleet fleet = Fleet.of("a", "b", "c");
        started = Optional.of(fleet);
        gateways = fleet.front("listeners:\n" + LISTENER.formatted("hash") + LISTENER.formatted("least-sessions")
                        + LISTENER.formatted("first"))
                .addresses();
    }

    @AfterAll
    void stop() {
        started.ifPresent(Fleet::close);
    }

    private Fleet fleet() {
        return started.orElseThrow();
    }

    @Test
    void bringsAClientToTheSameServerByItsAddress() throws Exception {
        InetSocketAddress gateway = gateways.get(0);
        Set<String> used = new HashSet<>();
        for (int i = 10; i < 30; i++) {
            InetAddress client = IpLiteral.parse("127.0.0." + i).orElseThrow();
            String first = serverOf(gateway, client);
            assertThat(serverOf(gateway, client)).as(client.toString()).isEqualTo(first);
            used.add(first);
        }
        assertThat(used).as("twenty addresses").containsExactlyInAnyOrder("a", "b", "c");
    }

    private String serverOf(InetSocketAddress gateway, InetAddress from) throws IOException {
        try (RawFtp client = Fleet.login(gateway, from)) {
            return fleet().serverOf(client);
        }
    }

    @Test
    void fillsUpTheServerWithTheFewestSessions() throws Exception {
        InetSocketAddress gateway = gateways.get(1);
        List<RawFtp> clients = new ArrayList<>();
        List<RawFtp> leaving = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            RawFtp client = Fleet.login(gateway);
            (fleet().serverOf(client).equals("b") ? leaving : clients).add(client);
        }
        assertThat(leaving).as("a third of nine").hasSize(3);
        for (RawFtp client : leaving) {
            assertThat(client.ask("QUIT").code()).isEqualTo(221);
            // The gateway counts it no more before it closes.
            assertThat(client.readToEnd()).isEmpty();
            client.close();
        }

        for (int i = 0; i < 3; i++) {
            RawFtp client = Fleet.login(gateway);
            clients.add(client);
            assertThat(fleet().serverOf(client)).isEqualTo("b");
        }

        for (RawFtp client : clients) {
            client.close();
        }
    }

    @Test
    void goesToTheFirstServerUnlessThatIsDown() throws Exception {
        InetSocketAddress gateway = gateways.get(2);
        for (int i = 0; i < 4; i++) {
            assertThat(fleet().serverOfNewClient(gateway)).isEqualTo("a");
        }

        fleet().kill("a");

        for (int i = 0; i < 4; i++) {
            assertThat(fleet().serverOfNewClient(gateway)).isEqualTo("b");
        }

        fleet().start("a");

        await().atMost(PATIENCE).until(() -> fleet().serverOfNewClient(gateway).equals("a"));
    }
}
