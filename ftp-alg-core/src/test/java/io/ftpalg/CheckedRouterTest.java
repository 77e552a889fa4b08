package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.base.ExtensionException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // Code of embedders may return null where it must not.
class CheckedRouterTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 21);
    private static final RouteRequest REQUEST = RouteRequest.of(ADDRESS, ADDRESS);
    private static final NameResolver NAMES = host -> CompletableFuture.failedStage(new UnknownHostException(host));

    private final ExtensionErrors errors = new ExtensionErrors(System::nanoTime);
    private final CapturedErrors log = new CapturedErrors();

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** Routes like this, and answers every question with an error. */
    private record Routing(Supplier<CompletionStage<Route>> answer) implements Router {
        @Override
        public boolean needsLogin() {
            throw new IllegalStateException("needsLogin");
        }

        @Override
        public boolean takesTargets() {
            throw new IllegalStateException("takesTargets");
        }

        @Override
        public boolean canRoute(RouteRequest request) {
            throw new IllegalStateException("canRoute");
        }

        @Override
        public boolean mayRoute(RouteRequest request) {
            throw new IllegalStateException("mayRoute");
        }

        @Override
        public boolean knowsHost(String host) {
            throw new IllegalStateException("knowsHost");
        }

        @Override
        public boolean takesHosts() {
            throw new IllegalStateException("takesHosts");
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return answer.get();
        }

        @Override
        public void start(RouterContext context) {
            throw new IllegalStateException("start");
        }

        @Override
        public String toString() {
            return "somewhere";
        }
    }

    private CompletionStage<Route> route(Supplier<CompletionStage<Route>> answer) {
        return new CheckedRouter(new Routing(answer), errors).route(REQUEST, NAMES);
    }

    @Test
    void passesARouteOn() {
        Route route = Route.to(ADDRESS);

        assertThat(route(() -> CompletableFuture.completedStage(route)).toCompletableFuture())
                .isCompletedWithValue(route);
    }

    @Test
    void failsWhereTheRouterThrowsOrHasNothing() {
        assertFails(
                route(() -> {
                    throw new IllegalStateException("at once");
                }),
                "java.lang.IllegalStateException: at once");
        assertFails(
                route(() -> CompletableFuture.failedStage(new IllegalArgumentException("later"))),
                "java.lang.IllegalArgumentException: later");
        assertFails(route(() -> null), "java.lang.NullPointerException: route returned null");
        assertFails(
                route(() -> CompletableFuture.completedStage(null)),
                "java.lang.NullPointerException: route returned null");
        assertThat(log.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(Routing.class.getName() + ".route failed: "));
    }

    private static void assertFails(CompletionStage<Route> stage, String error) {
        assertThatThrownBy(stage.toCompletableFuture()::join)
                .cause()
                .isInstanceOf(ExtensionException.class)
                .hasMessage(Routing.class.getName() + ".route failed: " + error);
    }

    @Test
    void leavesRefusalsToTheSession() {
        for (Exception refusal :
                List.of(new RouteRefusedException("no"), new UnknownHostException("ftp.example.com"))) {
            assertThatThrownBy(
                            route(() -> CompletableFuture.failedStage(refusal)).toCompletableFuture()::join)
                    .cause()
                    .isSameAs(refusal);
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void failsWhereAQuestionIsNotAnswered() {
        Router router = new CheckedRouter(new Routing(() -> null), errors);

        for (Runnable question : List.<Runnable>of(
                router::needsLogin,
                router::takesTargets,
                () -> router.canRoute(REQUEST),
                () -> router.mayRoute(REQUEST),
                () -> router.knowsHost("h"),
                router::takesHosts)) {
            assertThatThrownBy(question::run).isInstanceOf(ExtensionException.class);
        }
        assertThat(log.lines()).hasSize(6);
    }

    @Test
    void keepsErrorsOfAServersUseFromTheSession() {
        List<String> told = new ArrayList<>();
        ServerUse broken = new ServerUse() {
            @Override
            public void begun() {
                tell("begun");
            }

            @Override
            public void ready() {
                tell("ready");
            }

            @Override
            public void failed(String detail) {
                tell("failed " + detail);
            }

            @Override
            public void ended() {
                tell("ended");
            }

            private void tell(String event) {
                told.add(event);
                throw new IllegalStateException(event);
            }
        };

        ServerUse use = route(() -> CompletableFuture.completedStage(
                        Route.to(List.of(new RouteServer(List.of(ADDRESS), ServerTls.OFF, broken)))))
                .toCompletableFuture()
                .join()
                .servers()
                .get(0)
                .use();
        use.begun();
        use.ready();
        use.failed("why");
        use.ended();

        assertThat(told).containsExactly("begun", "ready", "failed why", "ended");
        assertThat(log.lines()).hasSize(4).allMatch(line -> line.contains("all sessions continue"));
    }

    @Test
    void startsAndIsNamedLikeTheRouter() {
        Router router = new CheckedRouter(new Routing(() -> null), errors);

        assertThatThrownBy(() -> router.start(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("start");
        router.stop();
        assertThat(router).hasToString("somewhere");
    }
}
