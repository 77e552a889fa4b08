package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RouterRunTest implements Router, RouterContext {
    private final List<String> calls = new ArrayList<>();
    private final RouterRun run = new RouterRun(this);
    private boolean broken;

    @Test
    void startsAndStopsOnce() {
        run.start(this);
        run.start(this);
        assertThat(calls).containsExactly("start");

        run.stop();
        run.stop();

        assertThat(calls).containsExactly("start", "stop");
    }

    @Test
    void stopsNothingThatWasNotStarted() {
        run.stop();

        assertThat(calls).isEmpty();
    }

    @Test
    void doesNotStartOnceItIsStopped() {
        run.stop();

        assertThat(run.start(this).toCompletableFuture()).isCompleted();

        assertThat(calls).isEmpty();
    }

    @Test
    void tellsWhyItCannotStart() {
        broken = true;

        assertThatThrownBy(() -> run.start(this).toCompletableFuture().join())
                .cause()
                .isInstanceOf(FtpAlgException.class)
                .hasMessage("routing cannot start: it is broken");
        run.stop();

        assertThat(calls).containsExactly("start");
    }

    @Test
    void bearsARouterThatCannotStop() {
        run.start(this);
        broken = true;

        run.stop();

        assertThat(calls).containsExactly("start", "stop");
    }

    @Override
    public void start(RouterContext context) {
        called("start");
    }

    @Override
    public void stop() {
        called("stop");
    }

    private void called(String name) {
        calls.add(name);
        if (broken) {
            throw new IllegalStateException("it is broken");
        }
    }

    @Override
    public boolean needsLogin() {
        return false;
    }

    @Override
    public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
        return CompletableFuture.failedStage(new AssertionError("nobody is routed here"));
    }

    @Override
    public NameResolver names() {
        throw new AssertionError("nothing is looked up here");
    }

    @Override
    public CompletionStage<Void> probe(
            InetSocketAddress server, Probe how, Duration timeout, Optional<InetAddress> source) {
        throw new AssertionError("nothing is looked at here");
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new AssertionError("nothing is scheduled here");
    }
}
