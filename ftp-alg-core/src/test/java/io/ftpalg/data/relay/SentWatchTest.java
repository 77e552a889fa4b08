package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An upload whose client's control connection is gone, on every transport. */
@Timeout(20)
class SentWatchTest {
    private static final int MUCH = 3_000_000;

    static Iterable<Kind> kinds() {
        return Kind.available();
    }

    /** The server reads nothing, so that most of the file and the FIN behind it wait in sockets. */
    @ParameterizedTest
    @MethodSource("kinds")
    void passesOnAllThatWasSentBeforeTheEnd(Kind kind) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            CompletableFuture<Boolean> sent = send(client, MUCH);
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
            assertThat(RecordingListener.soon(sent)).isTrue();
            client.fin();
            fixture.awaitTheLoop();

            fixture.run(joined.relay()::cutUnlessSent);
            await().pollDelay(Duration.ofMillis(3 * SentWatch.MOMENT))
                    .until(() -> !joined.future().isDone());
            byte[] got = server.readAll();
            server.fin();

            assertThat(got).hasSize(MUCH);
            assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, MUCH));
            client.peer().close();
            server.peer().close();
        }
    }

    /** Clients close one connection before the other. */
    @ParameterizedTest
    @MethodSource("kinds")
    void waitsAMomentForTheEnd(Kind kind) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
            client.send(new byte[1000]);

            fixture.run(joined.relay()::cutUnlessSent);
            client.fin();

            assertThat(server.readAll()).hasSize(1000);
            server.fin();
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
            client.peer().close();
            server.peer().close();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void cutsWhatHasNoEnd(Kind kind) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
            client.send(new byte[1000]);

            fixture.run(joined.relay()::cutUnlessSent);

            assertThat(joined.result().end()).isEqualTo(End.ABORTED);
            client.peer().close();
            server.peer().close();
        }
    }

    /** As much as the sockets take while the server does not read. */
    private static CompletableFuture<Boolean> send(Wire client, int size) throws IOException {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        client.send(new byte[size]);
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                },
                CompletableFuture.delayedExecutor(0, TimeUnit.MILLISECONDS));
    }
}
