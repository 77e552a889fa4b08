package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.RouterContext;
import io.ftpalg.policy.RouterContext.Probe;
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
    private final House house;
    private final RouterContext context;

    LoopRouterContextTest() throws IOException {
        house = new House(Transport.NIO);
        context = new LoopRouterContext(house.gateway, house.loop);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void looksNamesUp() {
        assertThat(House.soon(context.names().resolve("localhost").toCompletableFuture()))
                .isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void looksAtAServerAndTellsOfItOnItsLoop() {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        // On the loop: a stage that is done already tells whoever asks next.
        house.run(() -> {
            var unused = context.probe((InetSocketAddress) house.server.getLocalSocketAddress(), Probe.TCP, House.PATIENCE,
                    Optional.empty()).thenRun(() -> onLoop.complete(house.loop.inEventLoop()));
        });

        assertThat(House.soon(onLoop)).isTrue();
    }

    @Test
    void failsItsGatewayWhenATaskRunsOutOfMemory() {
        context.schedule(Duration.ofMillis(1), () -> {
            throw new OutOfMemoryError("test");
        });

        assertThat(House.soon(house.sessions.failed()).what()).endsWith("java.lang.OutOfMemoryError: test");
    }

    @Test
    void runsATaskOnItsLoopWhenItsTimeHasCome() {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        context.schedule(Duration.ofMillis(1), () -> onLoop.complete(house.loop.inEventLoop()));

        assertThat(House.soon(onLoop)).isTrue();
    }

    @Test
    void forgetsATaskThatIsCancelled() {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        CompletableFuture<Void> later = new CompletableFuture<>();
        house.run(() -> {
            RouterContext.Timer timer = context.schedule(Duration.ofMillis(1), () -> cancelled.complete(null));
            context.schedule(Duration.ofMillis(20), () -> later.complete(null));
            timer.cancel();
        });

        House.soon(later);

        assertThat(cancelled).isNotDone();
    }
}
