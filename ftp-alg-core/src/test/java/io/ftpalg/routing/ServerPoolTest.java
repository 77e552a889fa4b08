package io.ftpalg.routing;

import static io.ftpalg.routing.Names.at;
import static io.ftpalg.routing.Names.record;
import static io.ftpalg.routing.Names.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.routing.ServerState.Health;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerPoolTest {
    private final Clock clock = new Clock();
    private final Names names = new Names()
            .host("a", "10.0.0.1", "2001:db8::1")
            .host("b", "10.0.0.2")
            .host("c", "10.0.0.3");

    @Test
    void offersAllServersTheBestFirst() {
        ServerPool pool = pool(Balance.ROUND_ROBIN, "a", "b:2121");

        assertThat(addresses(route(pool)))
                .containsExactly(List.of(at("10.0.0.1", 21), at("2001:db8::1", 21)), List.of(at("10.0.0.2", 2121)));
        assertThat(addresses(route(pool)))
                .containsExactly(List.of(at("10.0.0.2", 2121)), List.of(at("10.0.0.1", 21), at("2001:db8::1", 21)));
    }

    @Test
    void waitsForNoLoginAndTakesNoTarget() {
        ServerPool pool = pool(Balance.FIRST, "a");

        assertThat(pool.needsLogin()).isFalse();
        assertThat(pool.takesTargets()).isFalse();
        assertThat(pool.canRoute(Names.from("10.1.1.1"))).isTrue();
        assertThat(pool.takesHosts()).isFalse();
    }

    @Test
    void givesTheRouteItsOptionsAndEachServerItsTls() {
        ServerTls tls = ServerTls.explicit(ServerTls.Mode.REQUIRED);
        ServerPool pool = new ServerPool(
                List.of(PoolServer.of(server("a"), tls), PoolServer.of(server("b"), ServerTls.OFF)),
                Balance.FIRST,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT.withDataMode(ServerDataMode.EPSV));

        Route route = route(pool);

        assertThat(route.dataMode()).isEqualTo(ServerDataMode.EPSV);
        assertThat(route.servers()).extracting(RouteServer::tls).containsExactly(tls.towards("a", 21), ServerTls.OFF);
    }

    @Test
    void sendsNothingToAServerThatAnOperatorEjected() {
        ServerPool pool = pool(Balance.FIRST, "a", "b");

        assertThat(pool.eject(server("a"))).isTrue();
        assertThat(pool.eject(server("x"))).isFalse();

        assertThat(addresses(route(pool))).containsExactly(List.of(at("10.0.0.2", 21)));
        assertThat(pool.servers()).contains(new ServerState(server("a"), 0, Health.EJECTED, 0, true));
        assertThat(pool.returnToRotation(server("b"))).isFalse();
        assertThat(pool.returnToRotation(server("x"))).isFalse();
        assertThat(pool.returnToRotation(server("a"))).isTrue();
        clock.pass(Duration.ofHours(1));
        assertThat(addresses(route(pool))).hasSize(2);
        assertThat(pool.servers()).contains(new ServerState(server("a"), 0, Health.HEALTHY, 0));
    }

    @Test
    void routesNowhereIfAnOperatorEjectedAll() {
        ServerPool pool = pool(Balance.FIRST, "a");
        pool.eject(server("a"));

        assertThatThrownBy(() -> route(pool)).hasMessageContaining("an operator has ejected all servers of a");
    }

    @Test
    void leavesOutWhatHasNoAddressAndFailsIfNothingHas() {
        ServerPool pool = pool(Balance.FIRST, "a", "b");

        names.without("a");
        assertThat(addresses(route(pool))).containsExactly(List.of(at("10.0.0.2", 21)));
        names.without("b");

        assertThatThrownBy(() -> route(pool))
                .hasCauseInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no server has an address: a:21, b:21");
    }

    @Test
    void sendsNewSessionsElsewhereOnceAServerFails() {
        ServerPool pool = pool(Balance.FIRST, "a", "b");
        for (int i = 0; i < 3; i++) {
            RouteServer first = route(pool).servers().get(0);
            assertThat(first.addresses().get(0)).isEqualTo(at("10.0.0.1", 21));
            first.use().begun();
            first.use().failed("connection refused");
        }

        assertThat(addresses(route(pool)).get(0)).containsExactly(at("10.0.0.2", 21));
        assertThat(pool.servers())
                .containsExactly(
                        new ServerState(server("a"), 0, Health.EJECTED, 3),
                        new ServerState(server("b"), 0, Health.HEALTHY, 0));
        clock.pass(Duration.ofSeconds(30));
        route(pool);
        clock.pass(Duration.ofSeconds(30));
        assertThat(addresses(route(pool)).get(0)).contains(at("10.0.0.1", 21));
    }

    @Test
    void prefersTheServerWithFewestSessions() {
        ServerPool pool = pool(Balance.LEAST_SESSIONS, "a", "b");
        RouteServer first = route(pool).servers().get(0);
        first.use().begun();

        for (int i = 0; i < 4; i++) {
            assertThat(addresses(route(pool)).get(0)).containsExactly(at("10.0.0.2", 21));
        }
        assertThat(pool.servers()).extracting(ServerState::sessions).containsExactly(1, 0);
        first.use().ended();
        assertThat(pool.servers()).extracting(ServerState::sessions).containsExactly(0, 0);
    }

    @Test
    void followsWhatDnsSaysOfAService() {
        names.service("_ftp._tcp.x", record(1, 0, "a"));
        ServerPool pool = new ServerPool(
                List.of(PoolServer.service("_ftp._tcp.x", ServerTls.OFF)),
                Balance.ROUND_ROBIN,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT,
                clock,
                new Draws(0.5));
        assertThat(pool.servers()).isEmpty();
        route(pool).servers().get(0).use().begun();
        names.service("_ftp._tcp.x", record(1, 0, "b:2121"));

        assertThat(addresses(route(pool))).containsExactly(List.of(at("10.0.0.2", 2121)));
        assertThat(pool.servers()).extracting(ServerState::server).containsExactly(server("a"), server("b:2121"));
    }

    @Test
    void forgetsWhatDnsHasNoMoreOnceNoSessionIsThere() {
        names.service("_ftp._tcp.x", record(1, 0, "a"));
        ServerPool pool = new ServerPool(
                List.of(PoolServer.service("_ftp._tcp.x", ServerTls.OFF), PoolServer.of(server("d"), ServerTls.OFF)),
                Balance.ROUND_ROBIN,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT,
                clock,
                new Draws(0.5));
        RouteServer a = route(pool).servers().get(0);
        a.use().begun();
        names.service("_ftp._tcp.x", record(1, 0, "b"));
        clock.pass(Duration.ofMinutes(11));
        route(pool);
        assertThat(pool.servers()).extracting(state -> state.server().host()).containsExactly("d", "a", "b");
        a.use().ended();
        names.service("_ftp._tcp.x", record(1, 0, "c"));

        route(pool);

        assertThat(pool.servers()).extracting(state -> state.server().host()).containsExactly("d", "b", "c");
    }

    @Test
    void isOneGatewaysAtATime() {
        ServerPool pool = pool(Balance.FIRST, "a");
        pool.start(new Context());

        assertThatThrownBy(() -> pool.start(new Context()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a:21 is in use");
        pool.stop();
        pool.stop();
        pool.start(new Context());
    }

    @Test
    void servesManyThreads() throws InterruptedException {
        ServerPool pool = new ServerPool(
                Stream.of("127.0.0.1", "127.0.0.2", "127.0.0.3")
                        .map(text -> PoolServer.of(server(text), ServerTls.OFF))
                        .toList(),
                Balance.LEAST_SESSIONS,
                HealthPolicy.DEFAULT.withEjection(2, Duration.ofMillis(200), Duration.ofMillis(1)),
                RouteOptions.DEFAULT);
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                try {
                    for (int n = 0; n < 2_000; n++) {
                        RouteServer server = route(pool).servers().get(n % 3);
                        server.use().begun();
                        if (n % 5 == 0) {
                            server.use().failed("now and then");
                        } else {
                            server.use().ready();
                            server.use().ended();
                        }
                    }
                } catch (RuntimeException | Error e) {
                    wrong.add(e);
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(pool.servers()).extracting(ServerState::sessions).containsExactly(0, 0, 0);
    }

    @Test
    void needsAServer() {
        assertThatThrownBy(() -> pool(Balance.FIRST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhereItLeads() {
        assertThat(pool(Balance.FIRST, "a")).hasToString("a:21");
        assertThat(pool(Balance.LEAST_SESSIONS, "a", "b:2121")).hasToString("least-sessions of a:21, b:2121");
    }

    private Route route(ServerPool pool) {
        return pool.route(Names.from("10.1.1.1"), names).toCompletableFuture().join();
    }

    private ServerPool pool(Balance balance, String... servers) {
        return new ServerPool(
                Stream.of(servers)
                        .map(text -> PoolServer.of(server(text), ServerTls.OFF))
                        .toList(),
                balance,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT,
                clock,
                new Draws(0.5));
    }

    private static List<List<InetSocketAddress>> addresses(Route route) {
        return route.servers().stream().map(RouteServer::addresses).toList();
    }
}
