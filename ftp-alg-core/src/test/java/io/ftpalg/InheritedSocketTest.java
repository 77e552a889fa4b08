package io.ftpalg;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways on sockets that were open before them, as a process gets them from systemd or from the one that it replaces. */
@Timeout(60)
class InheritedSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Limits LIMITS = Limits.builder()
            .sessionsPerAddress(10_000)
            .newSessionsPerSecond(100_000)
            .build();

    @TempDir
    private Path folder = Path.of(".");

    private EmbeddedServer server;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    @BeforeEach
    void startServer() throws Exception {
        assumeTrue(Epoll.isAvailable(), "Linux only");
        server = EmbeddedServer.start(folder);
        owned.push(server);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : owned) {
            each.close();
        }
    }

    private static int duplicate(int descriptor) {
        return Function.getFunction("c", "dup").invokeInt(new Object[] {descriptor});
    }

    private FtpAlgBuilder builder(InetSocketAddress... listens) {
        FtpAlgBuilder builder = FtpAlg.builder()
                .limits(LIMITS)
                .router(Routers.fixed(
                        new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty()));
        for (InetSocketAddress address : listens) {
            builder.listen(address);
        }
        return builder;
    }

    private FtpAlg gateway(InetSocketAddress... listens) {
        FtpAlg gateway = builder(listens).build();
        owned.push(gateway);
        return gateway;
    }

    private static InetSocketAddress local(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.3"), port);
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String greeting(InetSocketAddress address) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            return firstLine(client);
        }
    }

    private static String firstLine(Socket client) throws IOException {
        client.setSoTimeout(20_000);
        return String.valueOf(new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII)).readLine());
    }

    /** How many registrations with epoll the socket of this descriptor has, in the whole process. */
    private static long registrations(int descriptor) throws IOException {
        String inode = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                .toString()
                .replaceAll("\\D", "");
        String needle = " ino:" + Long.toHexString(Long.parseLong(inode)) + ' ';
        try (Stream<Path> infos = Files.list(Path.of("/proc/self/fdinfo"))) {
            return infos.flatMap(InheritedSocketTest::lines)
                    .filter(line -> line.contains(needle))
                    .count();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException gone) {
            // Of a descriptor that was closed in the meantime.
            return Stream.empty();
        }
    }

    /** As with systemd: somebody has connected before the gateway starts, and the socket blocks. */
    @Test
    void servesAClientThatWaitedBeforeItsStart() throws Exception {
        IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.EPOLL);
        owned.push(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        EpollServerSocketChannel first = new EpollServerSocketChannel();
        first.config().setAutoRead(false);
        EventLoop loop = loops.next();
        loop.register(first).sync();
        first.bind(local(0)).sync();
        InetSocketAddress address = first.localAddress();
        int descriptor = duplicate(first.fd().intValue());
        first.close().sync();
        try (Socket waiting = new Socket(address.getAddress(), address.getPort())) {
            InheritedSocket socket = InheritedSocket.of(descriptor);
            assertThat(socket.address()).isEqualTo(address);

            FtpAlg gateway = gateway(address);
            done(FtpAlg.startOn(List.of(gateway), List.of(socket)));

            assertThat(gateway.boundAddresses()).containsExactly(address);
            assertThat(gateway.listeningDescriptors()).containsExactly(descriptor);
            assertThat(socket.isTaken()).isTrue();
            assertThat(firstLine(waiting)).startsWith("220 ");
        }
    }

    /** As between two processes: both have the socket open, the old one closes it, and no client is refused. */
    @Test
    void replacesAnotherWithoutRefusingAClient() throws Exception {
        IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.EPOLL);
        FtpAlg old = builder(local(0)).eventLoops(loops).build();
        owned.push(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        owned.push(old);
        done(old.start());
        InetSocketAddress address = old.boundAddresses().get(0);
        Socket session = new Socket(address.getAddress(), address.getPort());
        owned.push(session);
        assertThat(firstLine(session)).startsWith("220 ");
        AtomicBoolean ending = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        Thread clients = new Thread(() -> {
            try {
                while (!ending.get()) {
                    assertThat(greeting(address)).startsWith("220 ");
                    served.incrementAndGet();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        AtomicInteger failed = new AtomicInteger();
        clients.setUncaughtExceptionHandler((thread, failure) -> failed.incrementAndGet());
        clients.start();
        await().atMost(PATIENCE).until(() -> served.get() > 5);

        int descriptor = duplicate(old.listeningDescriptors().get(0));
        FtpAlg successor = gateway(address);
        done(FtpAlg.startOn(List.of(successor), List.of(InheritedSocket.of(descriptor))));
        assertThat(registrations(descriptor)).as("both accept").isEqualTo(2);
        done(FtpAlg.startInPlaceOf(List.of(), List.of(old)));
        await().atMost(PATIENCE).until(() -> registrations(descriptor) == 1);

        int before = served.get();
        await().atMost(PATIENCE).until(() -> served.get() > before + 5 || failed.get() > 0);
        ending.set(true);
        clients.join();
        assertThat(failed).hasValue(0);
        session.getOutputStream().write("NOOP\r\n".getBytes(US_ASCII));
        assertThat(old.sessions()).as("its session continues").isPositive();
    }

    /** A client may be between two event loops: accepted on one, and not yet on the other, which is busy. */
    @Test
    void retiresWhenEachEventLoopHasGivenItsClientsSessions() throws Exception {
        IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.EPOLL, 2, new DefaultThreadFactory("two"));
        owned.push(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        for (EventExecutor busy : loops) {
            FtpAlg old = builder(local(0)).eventLoops(loops).build();
            owned.push(old);
            done(old.start());
            CountDownLatch held = new CountDownLatch(1);
            Future<Boolean> holding = busy.submit(() -> held.await(20, TimeUnit.SECONDS));

            done(FtpAlg.startInPlaceOf(List.of(), List.of(old)));

            assertThat(old.boundAddresses()).isEmpty();
            assertThat(old.ended().toCompletableFuture()).isNotDone();
            held.countDown();
            assertThat(holding.get()).isTrue();
            done(old.ended());
        }
    }

    @Test
    void aSocketThatNoGatewayWantsStaysTheCallers() throws Exception {
        FtpAlg other = gateway(local(0));
        done(other.start());
        InheritedSocket socket =
                InheritedSocket.of(duplicate(other.listeningDescriptors().get(0)));
        FtpAlg gateway = gateway(local(0));

        done(FtpAlg.startOn(List.of(gateway), List.of(socket)));

        assertThat(socket.isTaken()).isFalse();
        assertThat(gateway.boundAddresses()).doesNotContain(socket.address());
        socket.close();
        socket.close();
        assertThat(greeting(other.boundAddresses().get(0))).startsWith("220 ");
    }

    @Test
    void isClosedWhereAGatewayCannotStart() throws Exception {
        FtpAlg other = gateway(local(0));
        done(other.start());
        InetSocketAddress address = other.boundAddresses().get(0);
        int descriptor = duplicate(other.listeningDescriptors().get(0));
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.3"))) {
            FtpAlg gateway = gateway(address, (InetSocketAddress) taken.getLocalSocketAddress());

            assertThatThrownBy(() -> done(FtpAlg.startOn(List.of(gateway), List.of(InheritedSocket.of(descriptor)))))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("in use");
        }
        assertThat(Path.of("/proc/self/fd/" + descriptor)).doesNotExist();
        assertThat(greeting(address)).startsWith("220 ");
    }

    @Test
    void isForEpollOnly() throws Exception {
        FtpAlg other = gateway(local(0));
        done(other.start());
        InheritedSocket socket =
                InheritedSocket.of(duplicate(other.listeningDescriptors().get(0)));
        owned.push(socket);
        FtpAlg nio = FtpAlg.builder()
                .router(Routers.fixed(new HostPort("127.0.0.1", 21), ServerDataMode.CLIENT, Optional.empty()))
                .transport(TransportType.NIO)
                .listen(socket.address())
                .build();

        assertThatThrownBy(() -> done(FtpAlg.startOn(List.of(nio), List.of(socket))))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EPOLL");
        assertThat(socket.isTaken()).isFalse();
    }

    @Test
    void refusesWhatDoesNotListen() throws Exception {
        assertThatThrownBy(() -> InheritedSocket.of(1_000_000)).hasMessageContaining("not a socket");
        FileDescriptor[] pipe = FileDescriptor.pipe();
        assertThatThrownBy(() -> InheritedSocket.of(pipe[0].intValue())).hasMessageContaining("not a");
        pipe[0].close();
        pipe[1].close();
        IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.EPOLL);
        owned.push(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        EpollServerSocketChannel unbound = new EpollServerSocketChannel();
        EventLoop loop = loops.next();
        loop.register(unbound).sync();
        owned.push(() -> unbound.close().sync());
        assertThatThrownBy(() -> InheritedSocket.of(unbound.fd().intValue()))
                .hasMessageContaining("not a TCP socket that listens");
    }
}
