package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The jar tries the next server after one that is no use: a client hears of none but the last. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NextServerIT {
    private static final String LISTENER = """
            - bind: "127.0.0.1:0"
              upstream: %s
              balance: first
              limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            """;

    private final Impolite busy = new Impolite("421 Too many users, come back later.\r\n");
    private final Impolite mute = new Impolite("");
    private Optional<Fleet> started = Optional.empty();
    private List<InetSocketAddress> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        Fleet fleet = Fleet.of("alive");
        started = Optional.of(fleet);
        fleet.reserve("dead");
        fleet.know("busy", busy.address());
        fleet.know("mute", mute.address());
        gateways = fleet.front("listeners:\n"
                        + Stream.of(
                                        "[<dead>, <alive>]",
                                        "[<busy>, <alive>]",
                                        "[<mute>, <alive>]",
                                        "[<dead>, <busy>, <mute>]")
                                .map(LISTENER::formatted)
                                .collect(joining()))
                .addresses();
    }

    @AfterAll
    void stop() throws IOException {
        started.ifPresent(Fleet::close);
        busy.close();
        mute.close();
    }

    @Test
    void goesOnFromAServerThatIsDown() throws IOException {
        hearsOnlyTheOneThatIsAlive(gateways.get(0));
    }

    @Test
    void goesOnFromAServerThatGreetsWithARefusal() throws IOException {
        int before = busy.visits.get();

        hearsOnlyTheOneThatIsAlive(gateways.get(1));

        assertThat(busy.visits).hasValueGreaterThan(before);
    }

    @Test
    void goesOnFromAServerThatHangsUpWithoutAWord() throws IOException {
        int before = mute.visits.get();

        hearsOnlyTheOneThatIsAlive(gateways.get(2));

        assertThat(mute.visits).hasValueGreaterThan(before);
    }

    private void hearsOnlyTheOneThatIsAlive(InetSocketAddress gateway) throws IOException {
        Fleet fleet = started.orElseThrow();
        try (RawFtp client = RawFtp.connect(gateway);
                RawFtp direct = RawFtp.connect(fleet.address("alive"))) {
            assertThat(neutral(client.read())).isEqualTo(neutral(direct.read()));
            Fleet.logIn(client, "tester");
            assertThat(fleet.serverOf(client)).isEqualTo("alive");
            assertThat(client.download(DataSyntax.EPSV, "RETR " + Fleet.LARGE_FILE))
                    .hasSize(Fleet.LARGE);
        }
    }

    /** Leaves out what is another for each client: its number, the time. */
    private String neutral(RawFtp.Reply greeting) {
        return greeting.text().replaceAll("number [0-9]+ of|now [0-9]+:[0-9]+", "");
    }

    @Test
    void refusesTheClientOnceIfNoServerIsOfUse() throws IOException {
        try (RawFtp client = RawFtp.connect(gateways.get(3))) {
            assertThat(client.readToEnd()).matches("421 [^\r\n]+\r\n");
        }
    }

    /** Takes connections, says this, and hangs up. */
    private static final class Impolite implements AutoCloseable {
        private final AtomicInteger visits = new AtomicInteger();
        private final ServerSocket listener;

        Impolite(String words) {
            try {
                listener = new ServerSocket(0, 50, Loopback.SERVER);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread thread = new Thread(() -> welcome(words), "impolite");
            thread.setDaemon(true);
            thread.start();
        }

        private void welcome(String words) {
            while (true) {
                try (Socket visitor = listener.accept()) {
                    visits.incrementAndGet();
                    visitor.getOutputStream().write(words.getBytes(US_ASCII));
                } catch (IOException e) {
                    if (listener.isClosed()) {
                        return;
                    }
                }
            }
        }

        InetSocketAddress address() {
            return new InetSocketAddress(Loopback.SERVER, listener.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
