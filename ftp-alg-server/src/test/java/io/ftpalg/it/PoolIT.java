package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar in front of three real servers, one of which is killed and comes back. */
@Timeout(90)
class PoolIT {
    // A check may take long, on a busy machine; a server that was killed refuses at once.
    private static final String POOL = """
            listeners:
              - bind: "127.0.0.1:0"
                upstream: [<a>, <b>, <c>]
                balance: %s
                health: {check: greeting, interval: 1s, timeout: 5s, failures: 2, ejection: 2s, slow-return: 1s}
                limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            """;
    private static final int EACH = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a client sees that logs in again and again. */
    private static final class Newcomer {
        private final AtomicBoolean enough = new AtomicBoolean();
        private final AtomicInteger logins = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();

        /** Fails if it is refused; that it loses a session which the server has greeted is counted. */
        private void run(InetSocketAddress gateway) throws IOException {
            while (!enough.get()) {
                try (RawFtp client = RawFtp.connect(gateway)) {
                    RawFtp.Reply greeting = client.read();
                    assertThat(greeting.code()).as(greeting.text()).isEqualTo(220);
                    if (completes(client)) {
                        logins.incrementAndGet();
                    } else {
                        lost.incrementAndGet();
                    }
                }
            }
        }

        private static boolean completes(RawFtp client) {
            try {
                return client.ask("USER tester").code() == 331 && client.ask("PASS secret").code() == 230
                        && client.ask("QUIT").code() == 221;
            } catch (IOException e) {
                return false;
            }
        }

        /** Waits for more logins of this run; if it has failed, so does this. */
        private void awaitMoreLogins(Future<?> run) {
            int before = logins.get();
            await().atMost(PATIENCE).until(() -> {
                if (run.isDone()) {
                    run.get();
                }
                return logins.get() >= before + 10;
            });
        }
    }

    @Test
    void losesOnlyTheSessionsOfAServerThatIsKilledAndTakesItBack() throws Exception {
        try (Fleet fleet = Fleet.of("a", "b", "c")) {
            ConfiguredJar jar = fleet.front(POOL.formatted("round-robin"));
            InetSocketAddress gateway = jar.addresses().get(0);
            List<RawFtp> clients = new ArrayList<>();
            for (int i = 0; i < 3 * EACH; i++) {
                clients.add(Fleet.login(gateway));
            }
            Map<String, List<RawFtp>> at = new HashMap<>();
            for (RawFtp client : clients) {
                at.computeIfAbsent(fleet.serverOf(client), name -> new ArrayList<>()).add(client);
            }
            assertThat(at).containsOnlyKeys("a", "b", "c").allSatisfy((name, there) -> assertThat(there).hasSize(EACH));
            List<RawFtp> doomed = Objects.requireNonNull(at.remove("b"));
            Map<RawFtp, Socket> transfers = new HashMap<>();
            for (List<RawFtp> there : at.values()) {
                Socket data = there.get(0).open(DataSyntax.PASV, "RETR " + Fleet.LARGE_FILE);
                assertThat(data.getInputStream().readNBytes(1)).hasSize(1);
                transfers.put(there.get(0), data);
            }
            Newcomer newcomer = new Newcomer();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<?> visits = thread.submit(() -> {
                newcomer.run(gateway);
                return null;
            });
            newcomer.awaitMoreLogins(visits);

            fleet.kill("b");

            for (RawFtp client : doomed) {
                assertThat(client.readToEnd()).matches("(421 [^\r\n]+\r\n)?");
            }
            jar.awaitLog("server " + fleet.authority("b") + " gets no new sessions for 2 s after 2 failures", 1);
            newcomer.awaitMoreLogins(visits);
            for (List<RawFtp> there : at.values()) {
                for (RawFtp client : there) {
                    Socket data = transfers.get(client);
                    if (data == null) {
                        assertThat(client.ask("NOOP").code()).isEqualTo(200);
                    } else {
                        assertThat(data.getInputStream().readAllBytes()).hasSize(Fleet.LARGE - 1);
                        assertThat(client.read().code()).isEqualTo(226);
                        data.close();
                    }
                    assertThat(client.download(DataSyntax.EPSV, "RETR " + Fleet.LARGE_FILE)).hasSize(Fleet.LARGE);
                }
            }

            fleet.start("b");

            await().atMost(PATIENCE).until(() -> fleet.serverOfNewClient(gateway).equals("b"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<String> said = jar.log("server " + fleet.authority("b") + ' ');
                assertThat(said.get(said.size() - 1)).contains(" is back, with a growing share of new sessions for 1 s");
            });
            newcomer.awaitMoreLogins(visits);
            newcomer.enough.set(true);
            visits.get(30, TimeUnit.SECONDS);
            thread.shutdown();
            assertThat(newcomer.lost).as("one client has one session at a time").hasValueLessThanOrEqualTo(1);
            assertThat(jar.log("session refused")).isEmpty();
            assertThat(jar.log(" gets no new sessions ")).allMatch(line -> line.contains(fleet.authority("b")));
            for (RawFtp client : clients) {
                client.close();
            }
        }
    }

    @Test
    void bringsAClientToTheSameServerByItsAddress() throws Exception {
        try (Fleet fleet = Fleet.of("a", "b", "c")) {
            InetSocketAddress gateway = fleet.front(POOL.formatted("hash")).addresses().get(0);
            Set<String> used = new HashSet<>();
            for (int i = 10; i < 30; i++) {
                InetAddress client = IpLiteral.parse("127.0.0." + i).orElseThrow();
                String first = serverOf(fleet, gateway, client);
                assertThat(serverOf(fleet, gateway, client)).as(client.toString()).isEqualTo(first);
                used.add(first);
            }
            assertThat(used).as("twenty addresses").containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    private static String serverOf(Fleet fleet, InetSocketAddress gateway, InetAddress from) throws IOException {
        try (RawFtp client = Fleet.login(gateway, from)) {
            return fleet.serverOf(client);
        }
    }
}
