package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.Descriptors;
import io.ftpalg.control.House.Talk;
import io.ftpalg.data.PassivePorts;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.NameResolver;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteRefusedException;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.policy.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class ServerControlTest {

    @Test
    void takesARouteThatComesFromAnotherThread() throws IOException {
        Function<ServerSocket, Router> late = server -> router(request -> CompletableFuture.supplyAsync(
                () -> Route.to((InetSocketAddress) server.getLocalSocketAddress())));
        try (House house = new House(Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), late);
                Talk talk = house.talk()) {
            talk.exchange("NOOP", "200 fine");
        }
    }

    @Test
    void turnsAwayWhoseRouterFails() throws IOException {
        assertTurnedAway(router(request -> {
            throw new IllegalStateException("made by a test");
        }), CloseCause.SERVER_UNREACHABLE, "made by a test");
        assertTurnedAway(router(request -> CompletableFuture.failedFuture(
                new CompletionException(new IOException("wrapped by a test")))), CloseCause.SERVER_UNREACHABLE,
                "wrapped by a test");
    }

    @Test
    void turnsAwayWhomTheRouterRefuses() throws IOException {
        assertTurnedAway(router(request -> CompletableFuture.failedFuture(
                new CompletionException(new RouteRefusedException("refused by a test")))), CloseCause.TARGET_DENIED,
                "refused by a test");
    }

    @Test
    @SuppressWarnings("NullAway") // What a careless router does.
    void turnsAwayWhoseRouterFindsNothing() throws IOException {
        assertTurnedAway(router(request -> CompletableFuture.completedFuture(null)), CloseCause.SERVER_UNREACHABLE, "no route");
    }

    private static void assertTurnedAway(Router router, CloseCause cause, String reason) throws IOException {
        try (House house = new House(Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), server -> router);
                Peer client = house.client()) {
            assertThat(client.hear()).startsWith("421 ").doesNotContain(reason);
            assertThat(client.hear()).isEqualTo(Peer.END);
            SessionClosed closed = house.event(SessionClosed.class);
            assertThat(closed.cause()).isEqualTo(cause);
            assertThat(closed.detail()).contains(reason);
            assertThat(house.heard.stream().anyMatch(Rejected.class::isInstance)).isEqualTo(cause == CloseCause.TARGET_DENIED);
        }
    }

    @Test
    void leavesNoServerBehindAClientThatLeftWhileItWasConnected() throws IOException {
        CompletableFuture<Route> route = new CompletableFuture<>();
        Function<ServerSocket, Router> router = server -> router(request -> route);
        try (House house = new House(Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), router)) {
            try (Peer client = house.client()) {
                await().atMost(House.PATIENCE).until(() -> house.sessions.size() == 1);
                client.reset();
            }
            house.event(SessionClosed.class);

            route.complete(Route.to((InetSocketAddress) house.server.getLocalSocketAddress()));
            house.run(() -> { });

            // The next one to come is ours, not the gateway's.
            try (Peer ours = Peer.connect((InetSocketAddress) house.server.getLocalSocketAddress());
                    Peer first = house.server()) {
                assertThat(first.socket.getPort()).isEqualTo(ours.socket.getLocalPort());
            }
        }
    }

    /** REIN leaves the server, which has time to read a QUIT, and the next login connects at once. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL"}) // io_uring closes a little later
    void leavesNoMoreThanOneServerThatDoesNotCloseBehind(Transport transport) throws IOException {
        assumeThat(TransportTest.available()).contains(transport);
        assumeThat(Descriptors.known()).isTrue();
        Function<ServerSocket, Router> router = server -> new Router() {
            @Override
            public boolean needsLogin() {
                return true;
            }

            @Override
            public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                return CompletableFuture.completedFuture(Route.to((InetSocketAddress) server.getLocalSocketAddress()));
            }
        };
        List<Peer> silent = new ArrayList<>();
        try (House house = new House(transport, Limits.defaults(), PassivePorts.ephemeral(), router);
                Peer client = house.client()) {
            assertThat(client.hear()).startsWith("220 ");
            int without = openSockets(house, silent);
            int most = 0;
            for (int i = 0; i < 40; i++) {
                client.say("USER u@h");
                Peer server = house.server();
                silent.add(server);
                server.say("220 ready");
                assertThat(server.hear()).isEqualTo("USER u");
                server.say("331 password");
                assertThat(client.hear()).isEqualTo("331 password");
                most = Math.max(most, openSockets(house, silent) - without);
                client.say("REIN");
                assertThat(client.hear()).startsWith("220 ");
                most = Math.max(most, openSockets(house, silent) - without);
            }

            assertThat(most).as("sockets towards servers").isEqualTo(2);
        } finally {
            for (Peer server : silent) {
                server.close();
            }
        }
    }

    /** Of the gateway: all of this process but the peers of the test. */
    private static int openSockets(House house, List<Peer> peers) {
        // NIO closes a socket when it selects again.
        house.run(() -> { });
        house.run(() -> { });
        return (int) Descriptors.count("socket") - peers.size();
    }

    private static Router router(Function<RouteRequest, CompletionStage<Route>> where) {
        return new Router() {
            @Override
            public boolean needsLogin() {
                return false;
            }

            @Override
            public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                return where.apply(request);
            }
        };
    }
}
