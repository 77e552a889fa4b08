package io.ftpalg.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.RouterContext.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopRouterContextTest {
    private final TestNetwork network;
    private final RouterContext context;

    LoopRouterContextTest() throws IOException {
        network = new TestNetwork(Transport.NIO);
        context = new LoopRouterContext(network.gateway, network.loop);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void looksNamesUp() {
        assertThat(TestNetwork.soon(context.names().resolve("localhost").toCompletableFuture()))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void looksAtAServerAndTellsOfItOnItsLoop() {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        // On the loop: a stage that is done already tells whoever asks next.
        network.run(() -> {
            var unused = context.probe(
                            (InetSocketAddress) network.server.getLocalSocketAddress(),
                            Probe.TCP,
                            TestNetwork.PATIENCE,
                            Optional.empty())
                    .thenRun(() -> onLoop.complete(network.loop.inEventLoop()));
        });

        assertThat(TestNetwork.soon(onLoop)).isTrue();
    }

    @Test
    void failsItsGatewayWhenATaskRunsOutOfMemory() {
        context.schedule(Duration.ofMillis(1), () -> {
            throw new OutOfMemoryError("test");
        });

        assertThat(TestNetwork.soon(network.sessions.failed()).what()).endsWith("java.lang.OutOfMemoryError: test");
    }

    @Test
    void runsATaskOnItsLoopWhenItsTimeHasCome() {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        context.schedule(Duration.ofMillis(1), () -> onLoop.complete(network.loop.inEventLoop()));

        assertThat(TestNetwork.soon(onLoop)).isTrue();
    }

    @Test
    void forgetsATaskThatIsCancelled() {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        CompletableFuture<Void> later = new CompletableFuture<>();
        network.run(() -> {
            RouterContext.Timer timer = context.schedule(Duration.ofMillis(1), () -> cancelled.complete(null));
            context.schedule(Duration.ofMillis(20), () -> later.complete(null));
            timer.cancel();
        });

        TestNetwork.soon(later);

        assertThat(cancelled).isNotDone();
    }
}
