package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.Descriptors;
import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand transfers cut at random points, over both relays: nothing is left, and none passes for complete. */
@Timeout(120)
@ExtendWith(NettyLeakDetectorExtension.class)
class RelayAbortTest {
    private static final int CUTS = 1_640;
    private static final int STOPS = 4;
    private static final int RELAYS_A_STOP = 10;
    private static final int FLOOD_EVERY = 40;
    private static final int FLOOD = 8_000_000;
    private static final int SOME = 100_000;

    /** How a transfer ends, and whether its peers may see the end of a whole file. */
    private enum Cut {
        CLIENT_RESETS(false),
        SERVER_RESETS(false),
        CLIENT_CLOSES(true),
        SERVER_CLOSES(true),
        CLIENT_ENDS(true),
        SERVER_ENDS(true),
        OWNER_ABORTS(false),
        OWNER_ABORTS_AT_ONCE(false);

        private final boolean inOrder;

        Cut(boolean inOrder) {
            this.inOrder = inOrder;
        }
    }

    static Stream<Arguments> relaysAndFlows() {
        return Stream.of(Kind.SPLICE, Kind.EPOLL)
                .flatMap(kind -> Stream.of(Flow.values()).map(flow -> Arguments.of(kind, flow)));
    }

    @ParameterizedTest
    @MethodSource("relaysAndFlows")
    void leavesNothingBehindWhenItIsCutAnywhere(Kind kind, Flow flow) throws IOException {
        assumeTrue(Kind.available().contains(kind) && Descriptors.known());
        Random random = new Random(flow.name().hashCode());
        try (DataFixture fixture = new DataFixture(kind)) {
            fixture.awaitTheLoop();
            long sockets = Descriptors.count("socket");
            long pipes = Descriptors.count("pipe");

            for (int i = 0; i < CUTS; i++) {
                cutOne(fixture, flow, random, i % FLOOD_EVERY == 0);
            }

            fixture.awaitNothingLeft();
            assertThat(fixture.call(fixture.channels::relayMemoryHeld)).isZero();
            fixture.run(fixture.channels::close);
            await().atMost(DataFixture.SECONDS).untilAsserted(() -> {
                assertThat(Descriptors.count("socket")).as("sockets").isLessThanOrEqualTo(sockets);
                assertThat(Descriptors.count("pipe")).as("pipes").isEqualTo(pipes);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("relaysAndFlows")
    void leavesNothingBehindWhenItsLoopEndsAnywhere(Kind kind, Flow flow) throws IOException {
        assumeTrue(Kind.available().contains(kind) && Descriptors.known());
        Random random = new Random(flow.name().hashCode());
        long sockets = Descriptors.count("socket");
        long pipes = Descriptors.count("pipe");

        for (int i = 0; i < STOPS; i++) {
            stopOne(new DataFixture(kind), flow, random);
        }

        await().atMost(DataFixture.SECONDS).untilAsserted(() -> {
            assertThat(Descriptors.count("socket")).as("sockets").isLessThanOrEqualTo(sockets);
            assertThat(Descriptors.count("pipe")).as("pipes").isLessThanOrEqualTo(pipes);
        });
    }

    private static void cutOne(DataFixture fixture, Flow flow, Random random, boolean flood) throws IOException {
        Cut cut = Cut.values()[random.nextInt(Cut.values().length)];
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        Wire sender = flow == Flow.UPLOAD ? client : server;
        sendSome(server, random);
        CompletableFuture<Void> flooding = flood ? flood(sender) : CompletableFuture.completedFuture(null);
        Joined joined = join(fixture, client, server, flow, cut == Cut.OWNER_ABORTS_AT_ONCE);
        if (!flood && cut != Cut.OWNER_ABORTS_AT_ONCE) {
            sendSome(client, random);
        }
        spin(random);
        cut(cut, client, server);
        spin(random);
        fixture.run(joined.relay()::abort);

        End end = joined.result().end();
        assertThat(cut.inOrder || end != End.COMPLETE)
                .as("%s ended %s", cut, end)
                .isTrue();
        client.peer().close();
        server.peer().close();
        flooding.join();
    }

    private static void stopOne(DataFixture fixture, Flow flow, Random random) throws IOException {
        List<Wire> wires = new ArrayList<>();
        List<Joined> all = new ArrayList<>();
        for (int i = 0; i < RELAYS_A_STOP; i++) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            wires.add(client);
            wires.add(server);
            sendSome(server, random);
            all.add(join(fixture, client, server, flow, false));
            sendSome(client, random);
        }

        fixture.stop();
        fixture.channels.close();

        assertThat(all).extracting(one -> one.result().end()).containsOnly(End.ABORTED);
        assertThat(fixture.open()).isZero();
        for (Wire wire : wires) {
            wire.peer().close();
        }
    }

    /** The owner may change its mind in the same turn of the loop in which it handed the connections over. */
    private static Joined join(DataFixture fixture, Wire client, Wire server, Flow flow, boolean abortAtOnce) {
        CompletableFuture<RelayResult> result = new CompletableFuture<>();
        DataRelay relay = fixture.call(() -> {
            DataRelay started = fixture.channels.relay(
                    client.leg(), server.leg(), DataFixture.plan(flow), end -> assertThat(result.complete(end))
                            .as("ends once")
                            .isTrue());
            if (abortAtOnce) {
                started.abort();
            }
            return started;
        });
        return new Joined(relay, result);
    }

    private static void cut(Cut cut, Wire client, Wire server) throws IOException {
        switch (cut) {
            case CLIENT_RESETS -> client.rst();
            case SERVER_RESETS -> server.rst();
            case CLIENT_CLOSES -> client.peer().close();
            case SERVER_CLOSES -> server.peer().close();
            case CLIENT_ENDS -> client.fin();
            case SERVER_ENDS -> server.fin();
            case OWNER_ABORTS, OWNER_ABORTS_AT_ONCE -> {
                // The owner does it.
            }
        }
    }

    private static void sendSome(Wire wire, Random random) throws IOException {
        if (random.nextBoolean()) {
            wire.send(new byte[random.nextInt(SOME)]);
        }
    }

    /** More than both sockets take, so that something waits in the relay. */
    private static CompletableFuture<Void> flood(Wire sender) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        sender.send(new byte[FLOOD]);
                    } catch (IOException e) {
                        // Cut, which is the point.
                    }
                },
                task -> new Thread(task, "flood").start());
    }

    private static void spin(Random random) {
        for (int left = random.nextInt(2_000); left > 0; left--) {
            Thread.onSpinWait();
        }
    }
}
