package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Relays that are to be cut later, on every transport: nothing moves until then, and the end of a client least of all. */
@Timeout(60)
@ExtendWith(NettyLeakDetectorExtension.class)
class RelayHaltTest {
    private static final byte[] HALF = new byte[50_000];

    /** What a client does behind its ABOR. */
    private enum Leaving {
        ENDS,
        CLOSES,
        RESETS,
        STAYS
    }

    static Stream<Arguments> kindsAndLeavings() {
        return Kind.available().stream()
                .flatMap(kind -> Stream.of(Leaving.values()).map(leaving -> Arguments.of(kind, leaving)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndLeavings")
    void passesNeitherBytesNorEnd(Kind kind, Leaving leaving) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
            client.send(HALF);
            assertThat(server.peer().getInputStream().readNBytes(HALF.length)).hasSize(HALF.length);

            fixture.run(() -> joined.relay().abortAfter(Duration.ofHours(1)));
            leave(client, leaving);
            fixture.awaitTheLoop();
            server.peer().setSoTimeout(50);

            assertThatThrownBy(() -> server.peer().getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(joined.future()).isNotDone();
            fixture.run(joined.relay()::abort);
            assertThat(joined.result()).isEqualTo(new RelayResult(End.ABORTED, 0, HALF.length));
            assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
            client.peer().close();
            server.peer().close();
        }
    }

    private static void leave(Wire client, Leaving leaving) throws IOException {
        if (leaving != Leaving.RESETS) {
            client.send(HALF);
        }
        switch (leaving) {
            case ENDS -> client.fin();
            case CLOSES -> client.peer().close();
            case RESETS -> client.rst();
            case STAYS -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndLeavings")
    void isCutWhenItsTimeIsOver(Kind kind, Leaving leaving) throws IOException {
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
            fixture.run(() -> joined.relay().abortAfter(Duration.ofMillis(20)));
            leave(client, leaving);

            assertThat(joined.result().end()).isEqualTo(End.ABORTED);
            assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
            client.peer().close();
            server.peer().close();
        }
    }
}
