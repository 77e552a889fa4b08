package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.RouterContext.Probe;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import io.ftpalg.routing.PoolServer;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.routing.ServerState;
import io.ftpalg.routing.ServerState.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway does for its router beside sessions, and when. */
@Timeout(60)
class FtpAlgRouterTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.3", 0);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Test
    void startsItsRouterOnceItListensAndStopsItInTheEnd() throws Exception {
        FtpAlg gateway =
                FtpAlg.builder().listen(ANY_PORT).router(new Telling(false)).build();

        gateway.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(calls).containsExactly("start");
        gateway.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(calls).containsExactly("start", "stop");
    }

    @Test
    void leavesItsRouterAloneIfItCannotListen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            FtpAlg gateway = FtpAlg.builder()
                    .listen((InetSocketAddress) taken.getLocalSocketAddress())
                    .router(new Telling(false))
                    .build();

            assertThatThrownBy(() -> gateway.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(FtpAlgException.class)
                    .hasMessageContaining("cannot listen");
            assertThat(calls).isEmpty();
        }
    }

    @Test
    void closesItsListenersIfItsRouterCannotStart() throws IOException {
        InetSocketAddress address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            address = (InetSocketAddress) free.getLocalSocketAddress();
        }
        FtpAlg gateway =
                FtpAlg.builder().listen(address).router(new Telling(true)).build();

        assertThatThrownBy(() -> gateway.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(FtpAlgException.class)
                .hasMessage("routing cannot start: it is broken");

        assertThat(calls).containsExactly("start");
        assertThat(gateway.boundAddresses()).isEmpty();
        assertThatThrownBy(() -> new Socket().connect(address, 2000)).isInstanceOf(IOException.class);
    }

    @Test
    void looksAfterItsServersWithoutASession(@TempDir Path folder) throws Exception {
        int nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            nobody = gone.getLocalPort();
        }
        EmbeddedServer server = EmbeddedServer.start(folder);
        ServerPool pool = new ServerPool(
                List.of(server("127.0.0.1", nobody), server("127.0.0.1", server.port())),
                Balance.FIRST,
                HealthPolicy.DEFAULT
                        .withCheck(Optional.of(Probe.GREETING))
                        .withTimes(Duration.ofMillis(20), Duration.ofSeconds(2)),
                RouteOptions.DEFAULT);
        try (FtpAlg gateway = FtpAlg.builder()
                .listen(ANY_PORT)
                .router(pool)
                .build()
                .start()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(pool.servers())
                    .extracting(ServerState::health)
                    .containsExactly(Health.EJECTED, Health.HEALTHY));
            assertThat(gateway.sessions()).isZero();
            assertThat(pool.servers()).extracting(ServerState::failures).last().isEqualTo(0);
        } finally {
            server.close();
        }
    }

    private static PoolServer server(String host, int port) {
        return PoolServer.of(new HostPort(host, port), ServerTls.OFF);
    }

    /** Tells of its life, and may be unable to start. */
    private final class Telling implements Router {
        private final boolean broken;

        private Telling(boolean broken) {
            this.broken = broken;
        }

        @Override
        public boolean needsLogin() {
            return false;
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return CompletableFuture.completedStage(Route.to(request.listener()));
        }

        @Override
        public void start(RouterContext context) {
            calls.add("start");
            if (broken) {
                throw new IllegalStateException("it is broken");
            }
        }

        @Override
        public void stop() {
            calls.add("stop");
        }
    }
}
