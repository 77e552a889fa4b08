package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext.Probe;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteOptionsDecoratorTest {
    private static final RouteOptions OPTIONS = RouteOptions.DEFAULT
            .withDataMode(ServerDataMode.PASSIVE)
            .withLogin(Optional.of("other"), Optional.of(Secret.of("pw")))
            .withIdleTimeout(Optional.of(Duration.ofMinutes(1)));
    private static final Router FORWARD = Routers.forward(
            TargetRules.of(List.of(TargetRule.parse("127.0.0.0/8").orElseThrow())),
            ServerDataMode.CLIENT,
            Optional.empty());

    @Test
    void addsOptionsToARouteButLeavesItsUser() {
        RouteRequest request =
                Names.from("127.0.0.1").withUser(Optional.of("ann")).withTarget(Optional.of(Names.server("127.0.0.9")));

        Route route = new RouteOptionsDecorator(FORWARD, OPTIONS)
                .route(request, new Names())
                .toCompletableFuture()
                .join();

        assertThat(route.user()).contains("ann");
        assertThat(route.password()).as("of another user, for another server").isEmpty();
        assertThat(route.dataMode()).isEqualTo(ServerDataMode.PASSIVE);
        assertThat(route.idleTimeout()).contains(Duration.ofMinutes(1));
    }

    @Test
    void isInAllElseTheRouterInIt() {
        RouteRequest request = Names.from("127.0.0.1");
        RouteMatch host = new RouteMatch(List.of(), Set.of(), List.of("ftp.example.com"), List.of());
        Router inner = new RuleRouter(List.of(new RouteRule(host, FORWARD)));
        Router router = new RouteOptionsDecorator(inner, OPTIONS);

        assertThat(router.needsLogin()).isTrue();
        assertThat(router.takesTargets()).isTrue();
        assertThat(router.canRoute(request)).isFalse();
        assertThat(router.takesHosts()).isTrue();
        assertThat(router.knowsHost("ftp.example.com")).isTrue();
        assertThat(router.knowsHost("ftp.example.org")).isFalse();
        assertThat(router).hasToString(inner.toString());
    }

    @Test
    void startsAndStopsTheRouterInIt() {
        Context context = new Context();
        Router router = new RouteOptionsDecorator(
                new ServerPool(
                        List.of(PoolServer.of(Names.server("127.0.0.2"), ServerTls.OFF)),
                        Balance.FIRST,
                        HealthPolicy.DEFAULT.withCheck(Optional.of(Probe.TCP)),
                        RouteOptions.DEFAULT),
                OPTIONS);

        router.start(context);
        assertThat(context.probed).hasSize(1);
        router.stop();

        assertThat(context.waiting).isEmpty();
    }
}
