package io.ftpalg;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.LimitsBuilder;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways that take the place of others, with sessions in them. */
@Timeout(60)
class GatewayHandoverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Limits MANY = limits().sessionsPerAddress(1000)
            .newSessionsPerSecond(100_000)
            .connectTimeout(Duration.ofMillis(500))
            .build();

    @TempDir
    private Path folder = Path.of(".");

    private EmbeddedServer first;
    private EmbeddedServer second;
    private IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.AUTO);
    private final List<FtpAlg> all = new ArrayList<>();
    /** Keeps their sockets open: one that nothing refers to is closed by the garbage collector. */
    private final Collection<FTPClient> clients = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void startServers() throws Exception {
        first = EmbeddedServer.start(Files.createDirectory(folder.resolve("first")));
        second = EmbeddedServer.start(Files.createDirectory(folder.resolve("second")));
        Files.writeString(folder.resolve("first/one"), "1");
        Files.writeString(folder.resolve("second/two"), "2");
    }

    @AfterEach
    void stop() throws IOException {
        all.forEach(FtpAlg::close);
        for (FTPClient client : clients) {
            client.disconnect();
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        first.close();
        second.close();
    }

    static Stream<TransportType> transports() {
        return Stream.of(TransportType.EPOLL, TransportType.IO_URING, TransportType.NIO)
                .filter(type -> type != TransportType.EPOLL || Epoll.isAvailable())
                .filter(type -> type != TransportType.IO_URING || IoUring.isAvailable());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void sessionsGoOnAsTheyBeganAndNewOnesAreOfTheSuccessor(TransportType transport) throws Exception {
        runOn(transport);
        byte[] content = new byte[20_000_000];
        new Random(3).nextBytes(content);
        Files.write(folder.resolve("first/large"), content);
        FtpAlg old = start(gateway(first, any()));
        InetSocketAddress address = old.boundAddresses().get(0);
        FTPClient idle = login(address);
        FTPClient busy = login(address);
        InputStream data = busy.retrieveFileStream("large");
        assertThat(data.readNBytes(1000)).hasSize(1000);

        FtpAlg successor = replace(old, gateway(second, any()));

        assertThat(successor.boundAddresses()).containsExactly(address);
        assertThat(old.boundAddresses()).isEmpty();
        assertThat(login(address).listNames()).containsExactly("two");
        assertThat(idle.listNames()).contains("one");
        assertThat(data.readAllBytes()).hasSize(content.length - 1000);
        data.close();
        assertThat(busy.completePendingCommand()).as(busy.getReplyString()).isTrue();
        assertThat(old.sessions()).isEqualTo(2);
        assertThat(old.ended().toCompletableFuture()).isNotDone();
        busy.disconnect();
        idle.disconnect();
        old.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void thePredecessorEndsAtOnceIfItHasNoSession() throws Exception {
        FtpAlg old = start(gateway(first, any()));

        FtpAlg successor = replace(old, gateway(second, any()));

        old.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(login(successor.boundAddresses().get(0)).sendNoOp()).isTrue();
    }

    /** Checks of servers, and what they have to say, would go on for as long as one of its sessions. */
    @Test
    void theRouterOfThePredecessorStopsBeforeItsSessionsEnd() throws Exception {
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        FtpAlg old = start(gateway(first, any()).router(new Router() {
            @Override
            public boolean needsLogin() {
                return false;
            }

            @Override
            public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                return router(first).route(request, resolver);
            }

            @Override
            public void stop() {
                assertThat(stopped.complete(true)).as("stopped once").isTrue();
            }
        }));
        FTPClient client = login(old.boundAddresses().get(0));

        replace(old, gateway(second, any()));

        assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(old.sessions()).isEqualTo(1);
        assertThat(client.sendNoOp()).isTrue();
    }

    @Test
    void aRetiredGatewayCanBeStopped() throws Exception {
        FtpAlg old = start(gateway(first, any()));
        InetSocketAddress address = old.boundAddresses().get(0);
        FTPClient client = login(address);
        replace(old, gateway(second, any()));
        FTPClient newer = login(address);

        var stopped = old.stop(Duration.ofSeconds(30)).toCompletableFuture();

        assertThatThrownBy(client::getReply)
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(newer.sendNoOp()).isTrue();
    }

    @Test
    void listenersAreAddedAndRemoved() throws Exception {
        FtpAlg kept = gateway(first, any()).build();
        FtpAlg removed = gateway(first, any("127.0.0.4")).build();
        start(List.of(kept, removed));
        InetSocketAddress keptAt = kept.boundAddresses().get(0);
        InetSocketAddress removedAt = removed.boundAddresses().get(0);
        FTPClient client = login(removedAt);

        FtpAlg successor = gateway(second, any("127.0.0.5"), keptAt).build();
        replace(List.of(kept, removed), List.of(successor));

        assertThat(successor.boundAddresses()).hasSize(2).contains(keptAt);
        for (InetSocketAddress address : successor.boundAddresses()) {
            assertThat(login(address).listNames()).containsExactly("two");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(
                        () -> new Socket(removedAt.getAddress(), removedAt.getPort()).close())
                .hasMessageContaining("refused"));
        assertThat(client.listNames()).containsExactly("one");
    }

    @Test
    void nothingChangesIfOneCannotListen() throws Exception {
        FtpAlg old = start(gateway(first, any()));
        InetSocketAddress address = old.boundAddresses().get(0);
        InetSocketAddress free = free();
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            FtpAlg successor = gateway(second, any(), free, (InetSocketAddress) taken.getLocalSocketAddress())
                    .build();

            assertThatThrownBy(() -> replace(List.of(old), List.of(successor)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(FtpAlgException.class)
                    .hasMessageStartingWith("127.0.0.1:" + taken.getLocalPort() + ": cannot listen: ")
                    .hasMessageContaining("in use");
        }
        assertThat(login(address).listNames()).containsExactly("one");
        assertThat(old.boundAddresses()).containsExactly(address);
        try (ServerSocket again = new ServerSocket()) {
            again.bind(free);
            assertThat(again.isBound()).isTrue();
        }
        assertThat(login(replace(old, gateway(second, any())).boundAddresses().get(0))
                        .listNames())
                .containsExactly("two");
    }

    @Test
    void saysThatAnAddressThatClashesNeedsARestart() throws Exception {
        FtpAlg old = start(gateway(first, any()));
        int port = old.boundAddresses().get(0).getPort();
        FtpAlg successor =
                gateway(first, new InetSocketAddress("0.0.0.0", port)).build();

        assertThatThrownBy(() -> replace(List.of(old), List.of(successor)))
                .cause()
                .isInstanceOf(FtpAlgException.class)
                .hasMessageContaining("0.0.0.0:" + port + ": cannot listen: it clashes with 127.0.0.3:" + port)
                .hasMessageContaining("restart");
    }

    @Test
    void goesOnCountingSessionsUnderItsOwnLimits() throws Exception {
        FtpAlg old = start(
                gateway(first, any()).limits(limits().sessionsPerAddress(1).build()));
        InetSocketAddress address = old.boundAddresses().get(0);
        FTPClient client = login(address);
        replace(old, gateway(first, any()).limits(limits().sessionsPerAddress(2).build()));

        assertThat(login(address).sendNoOp()).isTrue();
        assertThatThrownBy(() -> login(address)).hasMessageContaining("421");

        client.disconnect();
        await().atMost(PATIENCE).until(() -> old.sessions() == 0);
        assertThat(login(address).sendNoOp()).isTrue();
    }

    /** One percent is 32 ports, which the old sessions have. */
    @Test
    void keepsTheSharesOfPassivePorts() throws Exception {
        Limits limits = limits().newSessionsPerSecond(1000).passiveShare(1).build();
        PortRange range = new PortRange(28_000, 28_999);
        FtpAlg old = start(gateway(first, any()).limits(limits).passivePorts(range));
        InetSocketAddress address = old.boundAddresses().get(0);
        FTPClient holder = login(address);
        assertThat(holder.sendCommand("PASV")).isEqualTo(227);
        for (int i = 1; i < 32; i++) {
            assertThat(login(address).sendCommand("PASV")).as("session " + i).isEqualTo(227);
        }

        replace(old, gateway(first, any()).limits(limits).passivePorts(range));

        FTPClient client = login(address);
        assertThat(client.sendCommand("PASV")).as(client.getReplyString()).isGreaterThanOrEqualTo(400);
        holder.disconnect();
        await().atMost(PATIENCE).until(() -> old.sessions() == 31);
        assertThat(client.sendCommand("PASV")).as(client.getReplyString()).isEqualTo(227);
    }

    @Test
    void numbersSessionsTogether() throws Exception {
        List<Long> numbers = new CopyOnWriteArrayList<>();
        AlgListener ear = new AlgListener() {
            @Override
            public void sessionOpened(SessionOpened event) {
                numbers.add(event.session());
            }
        };
        FtpAlg one = gateway(first, any()).listener(ear).build();
        FtpAlg other = gateway(first, any("127.0.0.4")).listener(ear).build();
        start(List.of(one, other));
        InetSocketAddress oneAt = one.boundAddresses().get(0);
        login(oneAt);
        login(other.boundAddresses().get(0));
        FtpAlg third = gateway(first, any()).listener(ear).build();
        replace(List.of(one, other), List.of(third));

        login(oneAt);

        assertThat(numbers).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusesARouteToAListenerOfAnother() throws Exception {
        TargetRules everywhere =
                TargetRules.of(List.of(TargetRule.parse("127.0.0.0/8:1-65535").orElseThrow()));
        FtpAlg forward = FtpAlg.builder()
                .eventLoops(loops)
                .listen(any())
                .limits(MANY)
                .router(Routers.forward(everywhere, ServerDataMode.CLIENT, Optional.empty()))
                .build();
        FtpAlg other = gateway(first, any("127.0.0.4")).build();
        start(List.of(forward, other));
        int port = other.boundAddresses().get(0).getPort();
        FTPClient client = connect(forward.boundAddresses().get(0));

        assertThatThrownBy(() -> client.user("tester@127.0.0.4:" + port))
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");

        assertThat(other.sessions()).isZero();
    }

    /** Each client is greeted by the server behind, whichever gateway it met. */
    @ParameterizedTest
    @MethodSource("transports")
    void loseNobodyWhoConnectsInTheMomentOfTheChange(TransportType transport) throws Exception {
        runOn(transport);
        FtpAlg running = start(gateway(first, any()));
        InetSocketAddress address = running.boundAddresses().get(0);
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            counts.add(clients.submit(() -> greetings(address, enough)));
        }

        for (int i = 0; i < 30; i++) {
            running = replace(running, gateway(i % 2 == 0 ? second : first, any()));
        }

        enough.set(true);
        for (Future<Integer> count : counts) {
            assertThat(count.get(20, TimeUnit.SECONDS)).isPositive();
        }
        clients.shutdown();
    }

    private static int greetings(InetSocketAddress address, AtomicBoolean enough) throws IOException {
        int count = 0;
        do {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.setSoTimeout(10_000);
                assertThat(new String(socket.getInputStream().readNBytes(4), US_ASCII))
                        .isEqualTo("220 ");
                count++;
            }
        } while (!enough.get());
        return count;
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        FtpAlg ownLoops = start(FtpAlg.builder().listen(any()).router(router(first)));
        FtpAlg one = start(gateway(first, any()));
        FtpAlg other = start(gateway(first, any()));
        FtpAlg stopped = start(gateway(first, any()));
        stopped.close();

        assertThatThrownBy(() -> replace(ownLoops, gateway(first, any())))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event loops");
        assertThatThrownBy(() -> replace(
                        List.of(one, other), List.of(gateway(first, any()).build())))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("together");
        assertThatThrownBy(() -> replace(gateway(first, any()).build(), gateway(first, any())))
                .cause()
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> replace(List.of(one), List.of(other)))
                .cause()
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> replace(stopped, gateway(first, any()))).hasCauseInstanceOf(FtpAlgException.class);
        assertThat(login(one.boundAddresses().get(0)).sendNoOp()).isTrue();
    }

    private void runOn(TransportType transport) {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops = FtpAlg.newEventLoops(transport);
    }

    /** Clients that are still there at the end do not hold it up. */
    private static LimitsBuilder limits() {
        return Limits.builder().closeGrace(Duration.ofMillis(100));
    }

    private FtpAlgBuilder gateway(EmbeddedServer server, InetSocketAddress... listen) {
        FtpAlgBuilder builder = FtpAlg.builder().eventLoops(loops).limits(MANY).router(router(server));
        Stream.of(listen).forEach(builder::listen);
        return builder;
    }

    private static Router router(EmbeddedServer server) {
        return Routers.fixed(new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty());
    }

    private static InetSocketAddress any() {
        return any("127.0.0.3");
    }

    private static InetSocketAddress any(String host) {
        return new InetSocketAddress(host, 0);
    }

    private FtpAlg start(FtpAlgBuilder builder) throws Exception {
        FtpAlg gateway = builder.build();
        all.add(gateway);
        return gateway.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void start(List<FtpAlg> gateways) throws Exception {
        replace(List.of(), gateways);
    }

    private FtpAlg replace(FtpAlg old, FtpAlgBuilder builder) throws Exception {
        FtpAlg successor = builder.build();
        replace(List.of(old), List.of(successor));
        return successor;
    }

    private void replace(List<FtpAlg> old, List<FtpAlg> gateways) throws Exception {
        all.addAll(gateways);
        assertThat(FtpAlg.startInPlaceOf(gateways, old).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(gateways);
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private static FTPClient connect(InetSocketAddress address) throws IOException {
        FTPClient client = new FTPClient();
        client.setDefaultTimeout(10_000);
        client.connect(address.getAddress(), address.getPort());
        client.setSoTimeout(20_000);
        return client;
    }

    private FTPClient login(InetSocketAddress address) throws IOException {
        FTPClient client = connect(address);
        clients.add(client);
        assertThat(client.login("tester", "secret")).as(client.getReplyString()).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
        return client;
    }
}
