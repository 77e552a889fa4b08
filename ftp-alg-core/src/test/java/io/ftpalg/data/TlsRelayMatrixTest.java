package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.TlsPair.Peer;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Legs under TLS x engine x version x sizes x direction x transport. */
@Timeout(20)
@ExtendWith(NettyLeakDetectorExtension.class)
class TlsRelayMatrixTest {
    private static final int[] SIZES = {0, 1, 65_536, 1_500_000, 20_000_000};
    private static final byte[] CONTENT = new byte[20_000_000];
    private static final DefaultEventExecutorGroup TASKS = new DefaultEventExecutorGroup(2);

    static {
        new Random(42).nextBytes(CONTENT);
    }

    /** Which legs are under TLS. */
    enum Legs {
        CLIENT,
        SERVER,
        BOTH;

        boolean has(Side side) {
            return this == BOTH || name().equals(side.name());
        }
    }

    @AfterAll
    static void end() {
        assertThat(TASKS.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue();
    }

    static List<Arguments> matrix() {
        List<Arguments> cells = new ArrayList<>();
        for (Kind kind : Kind.available()) {
            for (Tls tls : Tls.available()) {
                for (Legs legs : Legs.values()) {
                    for (Flow flow : new Flow[] {Flow.DOWNLOAD, Flow.UPLOAD}) {
                        cells.add(Arguments.of(kind, tls, legs, flow));
                    }
                }
            }
        }
        // What differs between these two is not how TLS is carried.
        cells.removeIf(cell -> cell.get()[0] == Kind.EPOLL);
        cells.removeIf(cell -> cell.get()[0] == Kind.IO_URING && cell.get()[2] != Legs.BOTH);
        return cells;
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void deliversEveryByteAndThenTheEnd(Kind kind, Tls tls, Legs legs, Flow flow) throws IOException {
        for (int size : SIZES) {
            try (TlsPair pair = new TlsPair(kind, legs.has(Side.CLIENT), legs.has(Side.SERVER))) {
                Joined joined = pair.join(plan(tls, legs, flow, TASKS));
                Peer receiver = pair.receiver(flow);
                CompletableFuture<Boolean> sent = later(() -> {
                    pair.sender(flow).send(CONTENT, size);
                    pair.sender(flow).end();
                    assertThat(pair.sender(flow).readAll()).as("answered").isEmpty();
                });

                receiver.secure();
                byte[] got = receiver.readAll();
                receiver.end();

                assertThat(Arrays.equals(got, Arrays.copyOf(CONTENT, size)))
                        .as("content of " + size)
                        .isTrue();
                assertThat(joined.result())
                        .isEqualTo(
                                flow == Flow.DOWNLOAD
                                        ? new RelayResult(End.COMPLETE, size, 0)
                                        : new RelayResult(End.COMPLETE, 0, size));
                assertThat(RecordingListener.soon(sent)).isTrue();
                assertThat(receiver.wire.peer().getInputStream().read())
                        .as("FIN behind close_notify")
                        .isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void resetsTheReceiverOfASenderWhoseEndIsCut(Kind kind, Tls tls, Legs legs, Flow flow) throws IOException {
        try (TlsPair pair = new TlsPair(kind, legs.has(Side.CLIENT), legs.has(Side.SERVER))) {
            Joined joined = pair.join(plan(tls, legs, flow, TASKS));
            Peer sender = pair.sender(flow);
            CompletableFuture<Boolean> sent = later(() -> {
                sender.send(CONTENT, 100_000);
                if (sender.isSecured()) {
                    sender.fin();
                } else {
                    sender.rst();
                }
            });

            boolean reset = isReset(pair.receiver(flow));

            assertThat(reset || kind == Kind.IO_URING && !sender.isSecured()).isTrue();
            if (sender.isSecured()) {
                assertThat(joined.result().end()).isEqualTo(End.TRUNCATED);
                assertThat(joined.result().fault())
                        .contains(new RelayResult.TlsFault(
                                flow == Flow.UPLOAD ? Side.CLIENT : Side.SERVER,
                                new TlsFailure(TlsFailure.Kind.TRUNCATED, "no close_notify")));
            }
            assertThat(RecordingListener.soon(sent)).isTrue();
        }
    }

    static RelayPlan plan(Tls tls, Legs legs, Flow flow, Executor tasks) {
        return TlsPair.plan(
                flow,
                legs.has(Side.CLIENT) ? Optional.of(tls.leg(Side.CLIENT, tasks)) : Optional.empty(),
                legs.has(Side.SERVER) ? Optional.of(tls.leg(Side.SERVER, tasks)) : Optional.empty());
    }

    private static boolean isReset(Peer receiver) throws IOException {
        try {
            receiver.secure();
            receiver.readAll();
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    interface Doing {
        void run() throws IOException;
    }

    private static CompletableFuture<Boolean> later(Doing doing) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        doing.run();
                        return true;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                task -> new Thread(task, "sender").start());
    }
}
