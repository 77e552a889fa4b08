package io.ftpalg.routing;

import static io.ftpalg.routing.Names.at;
import static io.ftpalg.routing.Names.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.RouterContext.Probe;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.routing.ServerState.Health;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private static final HealthPolicy POLICY = HealthPolicy.DEFAULT
            .withCheck(Optional.of(Probe.GREETING))
            .withTimes(Duration.ofSeconds(7), Duration.ofSeconds(3));

    private final Clock clock = new Clock();
    private final Context context = new Context();

    @Test
    void checksEachServerAtOnceAndAtTheInterval() {
        context.names.host("a", "10.0.0.1").host("b", "10.0.0.2");
        ServerPool pool = pool(POLICY, "a", "b:2121");

        pool.start(context);
        assertThat(context.probed)
                .containsExactly(
                        new Context.Probed(at("10.0.0.1", 21), Probe.GREETING, Duration.ofSeconds(3), Optional.empty()),
                        new Context.Probed(
                                at("10.0.0.2", 2121), Probe.GREETING, Duration.ofSeconds(3), Optional.empty()));
        assertThat(context.waiting).extracting(Context.Waiting::delay).containsExactly(Duration.ofSeconds(7));
        context.names.host("a", "10.0.0.9");
        context.tick();

        assertThat(context.probed)
                .extracting(Context.Probed::server)
                .containsExactly(at("10.0.0.1", 21), at("10.0.0.2", 2121), at("10.0.0.9", 21), at("10.0.0.2", 2121));
    }

    @Test
    void checksNothingUnlessAsked() {
        pool(HealthPolicy.DEFAULT, "127.0.0.2").start(context);

        assertThat(context.probed).isEmpty();
        assertThat(context.waiting).isEmpty();
    }

    @Test
    void ejectsAServerThatFailsAndBringsItBackByTheFirstSuccess() {
        ServerPool pool = pool(POLICY, "127.0.0.2", "127.0.0.3");
        context.ill.add(at("127.0.0.2", 21));
        pool.start(context);
        context.tick();
        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.HEALTHY, Health.HEALTHY);

        context.tick();
        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.EJECTED, Health.HEALTHY);
        context.ill.clear();
        context.tick();

        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.RETURNING, Health.HEALTHY);
        clock.pass(POLICY.slowReturn());
        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.HEALTHY, Health.HEALTHY);
    }

    @Test
    void keepsAServerOutForAsLongAsItsChecksFail() {
        ServerPool pool = pool(POLICY, "127.0.0.2", "127.0.0.3");
        context.ill.add(at("127.0.0.2", 21));
        pool.start(context);
        context.tick();
        context.tick();

        clock.pass(POLICY.ejection().multipliedBy(2));
        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.EJECTED, Health.HEALTHY);
        context.tick();
        clock.pass(POLICY.ejection().multipliedBy(20));
        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.EJECTED, Health.HEALTHY);
        context.ill.clear();
        context.tick();

        assertThat(pool.servers()).extracting(ServerState::health).containsExactly(Health.RETURNING, Health.HEALTHY);
    }

    @Test
    void takesAServerAtWhicheverAddressIsWell() {
        context.names.host("a", "10.0.0.1", "10.0.0.2");
        context.ill.add(at("10.0.0.1", 21));
        ServerPool pool = pool(POLICY, "a");

        pool.start(context);

        assertThat(context.probed)
                .extracting(Context.Probed::server)
                .containsExactly(at("10.0.0.1", 21), at("10.0.0.2", 21));
        assertThat(pool.servers()).extracting(ServerState::failures).containsExactly(0);
    }

    @Test
    void saysNothingOfAServerAtWhichTheGatewayCannotLook() {
        context.names.host("a", "10.0.0.1", "10.0.0.2");
        context.noSockets = true;
        ServerPool pool = pool(POLICY, "a");

        pool.start(context);

        assertThat(pool.servers()).extracting(ServerState::failures).containsExactly(0);
        assertThat(context.waiting).hasSize(1);
    }

    @Test
    void goesOnWhenNoNameIsFound() {
        ServerPool pool = pool(POLICY, "a");
        pool.start(context);
        assertThat(context.probed).isEmpty();

        context.names.host("a", "10.0.0.1");
        context.tick();

        assertThat(context.probed).hasSize(1);
        assertThat(pool.servers()).extracting(ServerState::failures).containsExactly(0);
    }

    @Test
    void onlyConnectsToAServerUnderImplicitTls() {
        new ServerPool(
                        List.of(
                                PoolServer.of(server("127.0.0.2:990"), ServerTls.implicitly()),
                                PoolServer.of(server("127.0.0.2:21"), ServerTls.explicit(ServerTls.Mode.REQUIRED))),
                        Balance.FIRST,
                        POLICY,
                        RouteOptions.DEFAULT)
                .start(context);

        assertThat(context.probed).extracting(Context.Probed::how).containsExactly(Probe.TCP, Probe.GREETING);
    }

    @Test
    void checksFromTheSourceAddressOfTheRoute() {
        new ServerPool(
                        List.of(PoolServer.of(server("127.0.0.2"), ServerTls.OFF)),
                        Balance.FIRST,
                        POLICY,
                        RouteOptions.DEFAULT.withSockets(SocketSettings.from(Optional.of(Names.ip("127.0.0.9")))))
                .start(context);

        assertThat(context.probed)
                .extracting(Context.Probed::source)
                .containsExactly(Optional.of(Names.ip("127.0.0.9")));
    }

    @Test
    void endsWhenItIsStopped() {
        ServerPool pool = pool(POLICY, "127.0.0.2");
        pool.start(context);

        pool.stop();

        assertThat(context.waiting).isEmpty();
    }

    @Test
    void doesNotGoOnIfItIsStoppedInTheMidstOfARound() {
        ServerPool pool = pool(POLICY, "127.0.0.2");
        pool.start(context);
        Runnable round = context.waiting.get(0).task();
        pool.stop();

        round.run();

        assertThat(context.waiting).isEmpty();
    }

    private ServerPool pool(HealthPolicy policy, String... servers) {
        return new ServerPool(
                Stream.of(servers)
                        .map(text -> PoolServer.of(server(text), ServerTls.OFF))
                        .toList(),
                Balance.FIRST,
                policy,
                RouteOptions.DEFAULT,
                clock,
                new Draws(0.5));
    }
}
