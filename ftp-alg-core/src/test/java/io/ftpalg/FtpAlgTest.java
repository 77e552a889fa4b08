package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.WithoutCapability;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.Texts;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole gateway between a real client and a real server, both in this JVM. */
@Timeout(60)
class FtpAlgTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A refusal takes as long as a connection that times out, so that its time tells nothing. */
    private static final Limits QUICK = Limits.builder()
            .connectTimeout(Duration.ofMillis(500))
            .targetTimeout(Duration.ofMillis(500))
            .build();

    @TempDir
    Path folder;

    private EmbeddedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private FtpAlg start(FtpAlgBuilder builder) throws Exception {
        return builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .router(Routers.fixed(
                        new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty()))
                .build()
                .start()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static FTPClient login(FtpAlg gateway) throws Exception {
        FTPClient client = new FTPClient();
        client.setConnectTimeout(5000);
        client.setDefaultTimeout(10_000);
        client.connect(
                gateway.boundAddresses().get(0).getAddress(),
                gateway.boundAddresses().get(0).getPort());
        client.setSoTimeout(20_000);
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        return client;
    }

    @Test
    void doesNotStartWhereItMayNotMark() throws IOException {
        assumeTrue(
                Epoll.isAvailable() && "root".equals(System.getProperty("user.name")), "a mark needs Linux and root");

        assertThat(WithoutCapability.run(Unprivileged.class))
                .containsExactly(
                        "io.ftpalg.FtpAlgException: a mark of data connections needs the capability CAP_NET_ADMIN",
                        "stopped");
    }

    /** Prints how the start ends in its own process. */
    static final class Unprivileged {
        private Unprivileged() {}

        public static void main(String[] args) {
            FtpAlg gateway = FtpAlg.builder()
                    .transport(TransportType.EPOLL)
                    .listen(new InetSocketAddress("127.0.0.3", 0))
                    .router(Routers.fixed(new HostPort("127.0.0.1", 21), ServerDataMode.CLIENT, Optional.empty()))
                    .sockets(SocketSettings.DEFAULT.withMark(7))
                    .build();
            gateway.start()
                    .handle((started, failure) -> {
                        System.out.println(failure);
                        return gateway.stop(Duration.ZERO);
                    })
                    .thenCompose(stopped -> stopped)
                    .toCompletableFuture()
                    .join();
            System.out.println("stopped");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportType.class,
            names = {"EPOLL", "NIO"})
    void carriesFilesBothWaysInActiveAndPassiveMode(TransportType transport) throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(7).nextBytes(content);
        try (FtpAlg gateway = start(FtpAlg.builder().transport(transport))) {
            FTPClient client = login(gateway);
            for (String mode : new String[] {"PASV", "EPSV", "PORT"}) {
                if (mode.equals("PORT")) {
                    client.enterLocalActiveMode();
                } else {
                    client.setUseEPSVwithIPv4(mode.equals("EPSV"));
                    client.enterLocalPassiveMode();
                }

                assertThat(client.storeFile(mode, new ByteArrayInputStream(content)))
                        .as(client.getReplyString())
                        .isTrue();
                ByteArrayOutputStream back = new ByteArrayOutputStream();
                assertThat(client.retrieveFile(mode, back))
                        .as(client.getReplyString())
                        .isTrue();

                assertThat(back.toByteArray()).isEqualTo(content);
                assertThat(client.listNames()).contains(mode);
            }
            client.logout();
            client.disconnect();
            Awaitility.await().atMost(PATIENCE).until(() -> gateway.sessions() == 0);
        }
    }

    @Test
    void namesTheAddressThatIsInUse() throws Exception {
        try (FtpAlg gateway = start(FtpAlg.builder())) {
            InetSocketAddress taken = gateway.boundAddresses().get(0);
            FtpAlg second = FtpAlg.builder()
                    .listen(taken)
                    .router(Routers.fixed(new HostPort("127.0.0.1", 1), ServerDataMode.CLIENT, Optional.empty()))
                    .build();

            assertThatThrownBy(() -> second.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(java.io.IOException.class)
                    .cause()
                    .isInstanceOf(FtpAlgException.class)
                    .hasMessageContaining("127.0.0.3:" + taken.getPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void tellsIdleSessionsThatItStops() throws Exception {
        FtpAlg gateway = start(FtpAlg.builder());
        FTPClient client = login(gateway);

        var stopped = gateway.stop(Duration.ofSeconds(30)).toCompletableFuture();

        assertThatThrownBy(client::getReply)
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(gateway.sessions()).isZero();
    }

    @Test
    void turnsAwayInTheOperatorsWords() throws Exception {
        Texts texts = new Texts(Optional.empty(), Optional.of(FtpReply.of(421, "Full house.")));
        InetAddress unwanted = InetAddress.getByName("127.0.0.9");
        try (FtpAlg gateway = start(FtpAlg.builder()
                .limits(Limits.builder().sessions(1).build())
                .texts(texts)
                .gate(client -> client.getAddress().equals(unwanted)
                        ? Optional.of(FtpReply.of(530, "Not you."))
                        : Optional.empty()))) {
            FTPClient first = login(gateway);
            InetSocketAddress address = gateway.boundAddresses().get(0);

            assertThat(greeting(address, InetAddress.getByName("127.0.0.1"))).isEqualTo("421 Full house.\r\n");
            assertThat(greeting(address, unwanted)).isEqualTo("530 Not you.\r\n");
            first.disconnect();
        }
    }

    /** Returns all that somebody at this address is told before the gateway closes. */
    private static String greeting(InetSocketAddress gateway, InetAddress from) throws IOException {
        try (Socket socket = new Socket(gateway.getAddress(), gateway.getPort(), from, 0)) {
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void turnsAwayMoreSessionsThanAllowed() throws Exception {
        Limits limits = Limits.builder().sessionsPerAddress(1).build();
        try (FtpAlg gateway = start(FtpAlg.builder().limits(limits))) {
            FTPClient first = login(gateway);
            FTPClient second = new FTPClient();

            assertThatThrownBy(() -> second.connect(
                            gateway.boundAddresses().get(0).getAddress(),
                            gateway.boundAddresses().get(0).getPort()))
                    .hasMessageContaining("421");
            first.disconnect();
        }
    }

    @ParameterizedTest
    @CsvSource({"EPOLL,SPLICE", "EPOLL,BUFFER", "NIO,AUTO", "NIO,BUFFER", "IO_URING,AUTO"})
    void carriesFilesOfAllSizesByEachRelay(TransportType transport, RelayType relay) throws Exception {
        assumeTrue(isAvailable(transport));
        try (FtpAlg gateway = start(FtpAlg.builder().transport(transport).relay(relay))) {
            FTPClient client = login(gateway);
            client.enterLocalPassiveMode();
            for (int size : new int[] {0, 1, 5_000_000}) {
                byte[] content = new byte[size];
                new Random(size).nextBytes(content);

                assertThat(client.storeFile("f", new ByteArrayInputStream(content)))
                        .as(client.getReplyString())
                        .isTrue();
                ByteArrayOutputStream back = new ByteArrayOutputStream();
                assertThat(client.retrieveFile("f", back))
                        .as(client.getReplyString())
                        .isTrue();

                assertThat(back.toByteArray()).isEqualTo(content);
            }
            client.disconnect();
        }
    }

    private static boolean isAvailable(TransportType transport) {
        return switch (transport) {
            case EPOLL -> Epoll.isAvailable();
            case IO_URING -> IoUring.isAvailable();
            default -> true;
        };
    }

    @Test
    void leavesGivenEventLoopsToTheirOwner() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            FtpAlg gateway = start(FtpAlg.builder().eventLoops(group));
            FTPClient client = login(gateway);

            gateway.close();

            assertThat(group.isShuttingDown()).isFalse();
            assertThat(group.submit(() -> 42).get(10, TimeUnit.SECONDS)).isEqualTo(42);
            client.disconnect();
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void sharesEventLoopsOfItsOwnMakingWithAnother() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.AUTO);
        try {
            FtpAlg one = start(FtpAlg.builder().eventLoops(group));
            FtpAlg other = start(FtpAlg.builder().eventLoops(group));

            one.close();

            FTPClient client = login(other);
            assertThat(client.sendNoOp()).isTrue();
            client.disconnect();
            other.close();
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void stopsThoughItsEventLoopsWereEndedBefore() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        FtpAlg gateway = start(FtpAlg.builder().eventLoops(group));
        FTPClient client = login(gateway);
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

        gateway.stop(Duration.ofMinutes(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);

        client.disconnect();
    }

    /** As after an OutOfMemoryError in the loop itself; its connections stay open, and nobody serves them. */
    @Test
    void failsWhenOneOfItsEventLoopsEndsAndStopsAllTheSame() throws Exception {
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.AUTO);
        try {
            FtpAlg gateway = start(FtpAlg.builder().eventLoops(group));
            FTPClient client = login(gateway);
            group.next().shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();

            assertThatThrownBy(() -> gateway.ended().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(GatewayFailedException.class);
            gateway.stop(Duration.ofMinutes(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
            client.disconnect();
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void failsWhenAListenerOfItsOwnerRunsOutOfMemoryAndTheSessionEnds() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("test");
        FtpAlg gateway = start(FtpAlg.builder().listener(new AlgListener() {
            @Override
            public void transferFinished(TransferFinished event) {
                throw error;
            }
        }));
        FTPClient client = login(gateway);
        client.enterLocalPassiveMode();

        assertThat(client.storeFile("f", new ByteArrayInputStream(new byte[1000])))
                .isTrue();

        assertThatThrownBy(client::getReply)
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");

        assertThatThrownBy(() -> gateway.ended().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(GatewayFailedException.class)
                .hasRootCause(error)
                .cause()
                .hasMessage("the JVM failed: java.lang.OutOfMemoryError: test");
        gateway.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        client.disconnect();
    }

    @Test
    void startsOnce() throws Exception {
        try (FtpAlg gateway = start(FtpAlg.builder())) {
            assertThat(gateway.start().toCompletableFuture())
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class);
            login(gateway).disconnect();
        }
    }

    @Test
    void stopsBeforeItStarted() throws Exception {
        FtpAlg gateway = FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.3", 0))
                .router(Routers.fixed(new HostPort("127.0.0.1", 1), ServerDataMode.CLIENT, Optional.empty()))
                .build();

        gateway.stop(Duration.ofMinutes(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(gateway.boundAddresses()).isEmpty();
    }

    @Test
    void stopsOnce() throws Exception {
        FtpAlg gateway = start(FtpAlg.builder());

        var first = gateway.stop(Duration.ZERO);

        assertThat(gateway.stop(Duration.ofMinutes(1))).isSameAs(first);
        first.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportType.class,
            names = {"EPOLL", "NIO"})
    void letsATransferFinishBeforeItStops(TransportType transport) throws Exception {
        assumeTrue(isAvailable(transport));
        byte[] content = storeLargeFile();
        FtpAlg gateway = start(FtpAlg.builder().transport(transport));
        FTPClient client = login(gateway);
        client.enterLocalPassiveMode();
        InputStream data = client.retrieveFileStream("large");
        assertThat(data.readNBytes(1_000)).hasSize(1_000);

        var stopped = gateway.stop(Duration.ofMinutes(1)).toCompletableFuture();

        assertThat(data.readAllBytes()).hasSize(content.length - 1_000);
        assertThat(stopped).isNotDone();
        data.close();
        assertThat(client.completePendingCommand()).as(client.getReplyString()).isTrue();
        assertThatThrownBy(client::getReply)
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");
        client.disconnect();
        stopped.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportType.class,
            names = {"EPOLL", "NIO"})
    void cutsATransferWhenTheGraceIsOver(TransportType transport) throws Exception {
        assumeTrue(isAvailable(transport));
        storeLargeFile();
        FtpAlg gateway = start(FtpAlg.builder().transport(transport));
        FTPClient client = login(gateway);
        client.enterLocalPassiveMode();
        InputStream data = client.retrieveFileStream("large");
        assertThat(data.readNBytes(1_000)).hasSize(1_000);

        var stopped = gateway.stop(Duration.ofMillis(50)).toCompletableFuture();

        assertThat(client.getReply()).isEqualTo(426);
        assertThatThrownBy(client::getReply)
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");
        assertThatThrownBy(data::readAllBytes).isInstanceOf(IOException.class);
        client.disconnect();
        stopped.get(10, TimeUnit.SECONDS);
    }

    private byte[] storeLargeFile() throws IOException {
        byte[] content = new byte[30_000_000];
        Files.write(folder.resolve("large"), content);
        return content;
    }

    @Test
    void goesWhereTheLoginSays() throws Exception {
        try (FtpAlg gateway = forward("127.0.0.1:" + server.port())) {
            FTPClient client = connect(gateway);

            assertThat(client.login("tester@127.0.0.1:" + server.port(), "secret"))
                    .as(client.getReplyString())
                    .isTrue();
            client.enterLocalPassiveMode();
            assertThat(client.storeFile("f", new ByteArrayInputStream(new byte[10])))
                    .isTrue();
            client.disconnect();
        }
    }

    /** Each is a way to write an address of this host, and somebody listens there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "0.0.0.0",
                "0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::]",
                "localhost",
                "127.0.0.1."
            })
    void connectsToNoAddressThatIsNotAllowed(String host) throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5);
                FtpAlg gateway = forward("198.51.100.0/24:1-65535")) {
            FTPClient client = connect(gateway);

            assertThat(answerToUser(client, "tester@" + host + ":" + target.getLocalPort()))
                    .isIn(421, 501, 530);

            assertNobodyCame(target);
        }
    }

    @Test
    void allowsNoTargetUnlessTold() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                FtpAlg gateway = FtpAlg.builder()
                        .listen(new InetSocketAddress("127.0.0.3", 0))
                        .router(Routers.forward(TargetRules.of(List.of()), ServerDataMode.CLIENT, Optional.empty()))
                        .limits(QUICK)
                        .build()
                        .start()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)) {
            FTPClient client = connect(gateway);

            assertThat(answerToUser(client, "tester@127.0.0.1:" + target.getLocalPort()))
                    .isIn(421, 530);

            assertNobodyCame(target);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.3", "127.0.0.1"})
    void refusesARouteToItself(String listener) throws Exception {
        String all = listener.equals("127.0.0.1") ? "0.0.0.0" : listener;
        try (FtpAlg gateway = forward("127.0.0.0/8:1-65535", all)) {
            FTPClient client = new FTPClient();
            int port = gateway.boundAddresses().get(0).getPort();
            client.connect(listener, port);

            assertThat(answerToUser(client, "tester@" + listener + ":" + port)).isEqualTo(421);
            Awaitility.await().atMost(PATIENCE).until(() -> gateway.sessions() == 0);
        }
    }

    /** A 421 ends the connection, which this client tells by an exception. */
    private static int answerToUser(FTPClient client, String login) throws IOException {
        try {
            return client.user(login);
        } catch (FTPConnectionClosedException e) {
            assertThat(e).hasMessageContaining("421");
            return 421;
        } finally {
            client.disconnect();
        }
    }

    /** A connection that is made nevertheless would wait before our own. */
    private static void assertNobodyCame(ServerSocket target) throws IOException {
        target.setSoTimeout(10_000);
        try (Socket ours = new Socket("127.0.0.1", target.getLocalPort());
                Socket first = target.accept()) {
            assertThat(first.getPort()).isEqualTo(ours.getLocalPort());
        }
    }

    private static FtpAlg forward(String rule) throws Exception {
        return forward(rule, "127.0.0.3");
    }

    private static FtpAlg forward(String rule, String listener) throws Exception {
        TargetRules rules = TargetRules.of(List.of(TargetRule.parse(rule).orElseThrow()));
        return FtpAlg.builder()
                .listen(new InetSocketAddress(listener, 0))
                .router(Routers.forward(rules, ServerDataMode.CLIENT, Optional.empty()))
                .limits(QUICK)
                .build()
                .start()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static FTPClient connect(FtpAlg gateway) throws IOException {
        FTPClient client = new FTPClient();
        client.setConnectTimeout(5000);
        client.setDefaultTimeout(10_000);
        client.connect(
                gateway.boundAddresses().get(0).getAddress(),
                gateway.boundAddresses().get(0).getPort());
        return client;
    }
}
