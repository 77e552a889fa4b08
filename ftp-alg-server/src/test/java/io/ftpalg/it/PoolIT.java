package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    // A check may take long, on a busy machine; a server that was killed refuses at once. Its ejection is so long that
    // a check
    // fails before it is over, however slow they are.
    private static final String POOL = """
            listeners:
              - bind: "127.0.0.1:0"
                upstream: [<a>, <b>, <c>]
                balance: round-robin
                health: {check: greeting, interval: 1s, timeout: 5s, failures: 2, ejection: 10s, slow-return: 1s}
                limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            """;
    private static final int EACH = 4;
    private static final int NEWCOMERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What clients see that log in again and again, each on a thread of its own. */
    private static final class Newcomers {
        private final AtomicBoolean enough = new AtomicBoolean();
        private final AtomicInteger logins = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
        private final List<Future<?>> runs = new ArrayList<>();

        private void start(InetSocketAddress gateway, ExecutorService threads) {
            for (int i = 0; i < NEWCOMERS; i++) {
                runs.add(threads.submit(() -> {
                    run(gateway);
                    return null;
                }));
            }
        }

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
                return client.ask("USER tester").code() == 331
                        && client.ask("PASS secret").code() == 230
                        && client.ask("QUIT").code() == 221;
            } catch (IOException e) {
                return false;
            }
        }

        /** Waits for more logins; if one of the clients has failed, so does this. */
        private void awaitMoreLogins() {
            int before = logins.get();
            await().atMost(PATIENCE).until(() -> {
                for (Future<?> run : runs) {
                    if (run.isDone()) {
                        run.get();
                    }
                }
                return logins.get() >= before + 20;
            });
        }

        private void end() throws Exception {
            enough.set(true);
            for (Future<?> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void losesOnlyTheSessionsOfAServerThatIsKilledAndTakesItBack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NEWCOMERS);
        try (Fleet fleet = Fleet.of("a", "b", "c")) {
            ConfiguredJar jar = fleet.front(POOL);
            InetSocketAddress gateway = jar.addresses().get(0);
            Map<String, List<RawFtp>> at = new HashMap<>();
            for (int i = 0; i < 3 * EACH; i++) {
                RawFtp client = Fleet.login(gateway);
                at.computeIfAbsent(fleet.serverOf(client), name -> new ArrayList<>())
                        .add(client);
            }
            assertThat(at).containsOnlyKeys("a", "b", "c").allSatisfy((name, there) -> assertThat(there)
                    .hasSize(EACH));
            List<RawFtp> doomed = Objects.requireNonNull(at.remove("b"));
            Socket cut = doomed.get(0).open(DataSyntax.PASV, "RETR " + Fleet.HUGE_FILE);
            Map<RawFtp, Socket> transfers = new HashMap<>();
            for (List<RawFtp> there : at.values()) {
                Socket data = there.get(0).open(DataSyntax.PASV, "RETR " + Fleet.LARGE_FILE);
                assertThat(data.getInputStream().readNBytes(1)).hasSize(1);
                transfers.put(there.get(0), data);
            }
            Newcomers newcomers = new Newcomers();
            newcomers.start(gateway, threads);
            newcomers.awaitMoreLogins();

            fleet.kill("b");

            readToEnd(cut);
            for (RawFtp client : doomed) {
                assertThat(client.readToEnd()).as("no 226").matches("(4\\d\\d [^\r\n]+\r\n){0,2}");
            }
            jar.awaitLog("server ejected server=" + fleet.authority("b") + " seconds=10 failures=2 ", 1);
            newcomers.awaitMoreLogins();
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
                    assertThat(client.download(DataSyntax.EPSV, "RETR " + Fleet.LARGE_FILE))
                            .hasSize(Fleet.LARGE);
                }
            }

            fleet.start("b");

            await().atMost(PATIENCE)
                    .until(() -> fleet.serverOfNewClient(gateway).equals("b"));
            jar.awaitLog("server returned server=" + fleet.authority("b") + " slow_return=1 ", 1);
            newcomers.awaitMoreLogins();
            newcomers.end();
            assertThat(newcomers.lost).as("each has one session at a time").hasValueLessThanOrEqualTo(NEWCOMERS);
            assertThat(jar.log("session refused")).isEmpty();
            assertThat(jar.log(" server ejected ")).hasSize(1);
            assertThat(jar.log(" server returned ")).hasSize(1);
            assertThat(jar.log("session closed").stream().filter(line -> !line.contains(" cause=QUIT ")))
                    .as("none but the lost ended")
                    .allMatch(line -> line.contains(fleet.authority("b")))
                    .hasSize(EACH + newcomers.lost.get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The kernel of a server that was killed ends its connections, or resets them. */
    private static void readToEnd(Socket data) throws IOException {
        try (data;
                InputStream in = data.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }
}
