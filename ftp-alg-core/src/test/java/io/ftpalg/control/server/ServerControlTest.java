package io.ftpalg.control.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.Descriptors;
import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.net.TransportTest;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
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
        Function<ServerSocket, Router> late = server -> router(request ->
                CompletableFuture.supplyAsync(() -> Route.to((InetSocketAddress) server.getLocalSocketAddress())));
        try (TestNetwork network = new TestNetwork(Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), late);
                Talk talk = network.talk()) {
            talk.exchange("NOOP", "200 fine");
        }
    }

    @Test
    void turnsAwayWhoseRouterFails() throws IOException {
        assertTurnedAway(
                router(request -> {
                    throw new IllegalStateException("made by a test");
                }),
                CloseCause.SERVER_UNREACHABLE,
                "made by a test");
        assertTurnedAway(
                router(request ->
                        CompletableFuture.failedFuture(new CompletionException(new IOException("wrapped by a test")))),
                CloseCause.SERVER_UNREACHABLE,
                "wrapped by a test");
    }

    @Test
    void turnsAwayWhomTheRouterRefuses() throws IOException {
        assertTurnedAway(
                router(request -> CompletableFuture.failedFuture(
                        new CompletionException(new RouteRefusedException("refused by a test")))),
                CloseCause.TARGET_DENIED,
                "refused by a test");
    }

    @Test
    @SuppressWarnings("NullAway") // What a careless router does.
    void turnsAwayWhoseRouterFindsNothing() throws IOException {
        assertTurnedAway(
                router(request -> CompletableFuture.completedFuture(null)), CloseCause.SERVER_UNREACHABLE, "no route");
    }

    private static void assertTurnedAway(Router router, CloseCause cause, String reason) throws IOException {
        try (TestNetwork network =
                        new TestNetwork(Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), server -> router);
                Peer client = network.client()) {
            assertThat(client.receive()).startsWith("421 ").doesNotContain(reason);
            assertThat(client.receive()).isEqualTo(Peer.END);
            SessionClosed closed = network.event(SessionClosed.class);
            assertThat(closed.cause()).isEqualTo(cause);
            assertThat(closed.detail()).contains(reason);
            assertThat(network.heard.stream().anyMatch(Rejected.class::isInstance))
                    .isEqualTo(cause == CloseCause.TARGET_DENIED);
        }
    }

    @Test
    void leavesNoServerBehindAClientThatLeftWhileItWasConnected() throws IOException {
        CompletableFuture<Route> route = new CompletableFuture<>();
        Function<ServerSocket, Router> router = server -> router(request -> route);
        try (TestNetwork network =
                new TestNetwork(Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), router)) {
            try (Peer client = network.client()) {
                await().atMost(TestNetwork.PATIENCE).until(() -> network.sessions.size() == 1);
                client.reset();
            }
            network.event(SessionClosed.class);

            route.complete(Route.to((InetSocketAddress) network.server.getLocalSocketAddress()));
            network.run(() -> {});

            // The next one to come is ours, not the gateway's.
            try (Peer ours = Peer.connect((InetSocketAddress) network.server.getLocalSocketAddress());
                    Peer first = network.server()) {
                assertThat(first.socket.getPort()).isEqualTo(ours.socket.getLocalPort());
            }
        }
    }

    /** REIN leaves the server, which has time to read a QUIT, and the next login connects at once. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"NIO", "EPOLL"}) // io_uring closes a little later
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
        try (TestNetwork network = new TestNetwork(transport, Limits.defaults(), PassivePorts.ephemeral(), router);
                Peer client = network.client()) {
            assertThat(client.receive()).startsWith("220 ");
            int without = openSockets(network, silent);
            int most = 0;
            for (int i = 0; i < 40; i++) {
                client.say("USER u@h");
                Peer server = network.server();
                silent.add(server);
                server.say("220 ready");
                assertThat(server.receive()).isEqualTo("USER u");
                server.say("331 password");
                assertThat(client.receive()).isEqualTo("331 password");
                most = Math.max(most, openSockets(network, silent) - without);
                client.say("REIN");
                assertThat(client.receive()).startsWith("220 ");
                most = Math.max(most, openSockets(network, silent) - without);
            }

            assertThat(most).as("sockets towards servers").isEqualTo(2);
        } finally {
            for (Peer server : silent) {
                server.close();
            }
        }
    }

    /** Of the gateway: all of this process but the peers of the test. */
    private static int openSockets(TestNetwork network, List<Peer> peers) {
        // NIO closes a socket when it selects again.
        network.run(() -> {});
        network.run(() -> {});
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
