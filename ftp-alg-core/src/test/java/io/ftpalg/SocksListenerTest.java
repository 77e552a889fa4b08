package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway as a SOCKS server: real clients of SOCKS, and scripted ones, and a real FTP server. */
@Timeout(120)
class SocksListenerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int FORBIDDEN = 2;
    private static final int UNSUPPORTED = 7;

    @TempDir
    Path folder;

    private final Queue<CloseCause> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<String> details = new ConcurrentLinkedQueue<>();
    private EmbeddedServer server;
    private Optional<FtpAlg> started = Optional.empty();

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        stopGateway();
        server.close();
    }

    private void stopGateway() throws Exception {
        if (started.isPresent()) {
            started.get().stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private InetSocketAddress start(FtpAlgBuilder builder) throws Exception {
        return start(
                builder,
                Routers.forward(
                        TargetRules.of(List.of(
                                TargetRule.parse("127.0.0.0/8:" + server.port()).orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty()));
    }

    private InetSocketAddress start(FtpAlgBuilder builder, Router router) throws Exception {
        FtpAlg gateway = builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .protocol(ListenerProtocol.SOCKS5)
                .router(router)
                .listener(new AlgListener() {
                    @Override
                    public void sessionRefused(SessionRefused event) {
                        refusals.add(event.cause());
                        details.add(event.detail());
                    }
                })
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        started = Optional.of(gateway);
        return gateway.boundAddresses().get(0);
    }

    private void assertRefused(CloseCause cause) {
        Awaitility.await().atMost(PATIENCE).until(() -> !refusals.isEmpty());
        assertThat(refusals).containsExactly(cause);
    }

    /** Java's own SOCKS; connections are spread over the event loops, so that data comes to another than its session's. */
    @ParameterizedTest
    @CsvSource({"EPOLL", "NIO", "IO_URING"})
    void passesFilesBothWays(TransportType transport) throws Exception {
        assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable(), "epoll");
        assumeTrue(transport != TransportType.IO_URING || IoUring.isAvailable(), "io_uring");
        InetSocketAddress socks = start(FtpAlg.builder().transport(transport));
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("down"), content);

        for (int round = 0; round < 4; round++) {
            FTPClient client = client(socks);
            client.setUseEPSVwithIPv4(round % 2 == 0);
            for (int transfer = 0; transfer < 3; transfer++) {
                ByteArrayOutputStream down = new ByteArrayOutputStream();
                assertThat(client.retrieveFile("down", down))
                        .as(client.getReplyString())
                        .isTrue();
                assertThat(down.toByteArray()).isEqualTo(content);
                assertThat(client.storeFile("up" + transfer, new ByteArrayInputStream(content)))
                        .as(client.getReplyString())
                        .isTrue();
                assertThat(folder.resolve("up" + transfer)).hasBinaryContent(content);
            }
            assertThat(client.listNames()).contains("down", "up0");
            client.quit();
            client.disconnect();
        }
        assertThat(refusals).isEmpty();
    }

    private FTPClient client(InetSocketAddress socks) throws IOException {
        FTPClient client = new FTPClient();
        client.setProxy(new Proxy(Proxy.Type.SOCKS, socks));
        client.setDefaultTimeout(20_000);
        client.connect("127.0.0.1", server.port());
        client.setSoTimeout(20_000);
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
        return client;
    }

    /** A client in a tunnel to the server, which has greeted; it is logged in. */
    private SocksClient tunnel(InetSocketAddress socks) throws IOException {
        SocksClient client = SocksClient.greet(socks);
        client.request(SocksClient.CONNECT, "127.0.0.1", server.port());
        assertThat(client.reply()).isEqualTo(SUCCESS);
        assertThat(client.receive()).startsWith("220 ");
        client.ask("USER tester");
        assertThat(client.ask("PASS secret")).startsWith("230 ");
        return client;
    }

    private static int port229(String reply) {
        assertThat(reply).startsWith("229 ");
        return Integer.parseInt(reply.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
    }

    @Test
    void announcesPortsOfItsRangeAndTakesThemByAnyNameOfTheServer() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder().passivePorts(new PortRange(41_000, 41_003)));
        Files.writeString(folder.resolve("a"), "content");

        try (SocksClient control = tunnel(socks)) {
            for (String host : List.of("127.0.0.1", "127.0.0.3", "::ffff:127.0.0.1")) {
                int port = port229(control.ask("EPSV"));
                assertThat(port).isBetween(41_000, 41_003);
                try (SocksClient data = SocksClient.greet(socks)) {
                    data.request(SocksClient.CONNECT, host, port);
                    assertThat(data.reply()).as(host).isEqualTo(SUCCESS);
                    assertThat(control.ask("RETR a")).startsWith("150 ");
                    assertThat(data.rest()).isEqualTo("content");
                }
                assertThat(control.receive()).startsWith("226 ");
            }
        }
        assertThat(refusals).isEmpty();
    }

    @Test
    void refusesADataPortThatIsNotTheClientsOwn() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient control = tunnel(socks)) {
            int port = port229(control.ask("EPSV"));
            try (SocksClient other = SocksClient.connect(socks, "127.0.0.9")) {
                other.send(5, 1, 0);
                other.expect(5, 0);
                other.request(SocksClient.CONNECT, "127.0.0.1", port);
                assertThat(other.reply()).isEqualTo(FORBIDDEN);
            }
            assertRefused(CloseCause.TARGET_DENIED);
            refusals.clear();
            try (SocksClient data = SocksClient.greet(socks)) {
                data.request(SocksClient.CONNECT, "127.0.0.5", port);
                assertThat(data.reply()).as("another host").isEqualTo(FORBIDDEN);
            }
            assertRefused(CloseCause.TARGET_DENIED);
        }
    }

    /** The client is who a balancer names, for control and data. */
    @Test
    void knowsClientsBehindABalancerByTheirOwnAddress() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder()
                .proxyProtocol(
                        new ProxyProtocol(List.of(Cidr.parse("127.0.0.0/8").orElseThrow()), true, false)));
        Files.writeString(folder.resolve("a"), "content");

        try (SocksClient control = behindBalancer(socks, "192.0.2.1");
                SocksClient data = behindBalancer(socks, "192.0.2.1");
                SocksClient other = behindBalancer(socks, "192.0.2.2")) {
            control.request(SocksClient.CONNECT, "127.0.0.1", server.port());
            assertThat(control.reply()).isEqualTo(SUCCESS);
            assertThat(control.receive()).startsWith("220 ");
            control.ask("USER tester");
            assertThat(control.ask("PASS secret")).startsWith("230 ");
            int port = port229(control.ask("EPSV"));
            other.request(SocksClient.CONNECT, "127.0.0.1", port);
            assertThat(other.reply()).isEqualTo(FORBIDDEN);
            data.request(SocksClient.CONNECT, "127.0.0.1", port);
            assertThat(data.reply()).isEqualTo(SUCCESS);
            control.say("RETR a");
            assertThat(data.rest()).isEqualTo("content");
        }
    }

    private static SocksClient behindBalancer(InetSocketAddress socks, String address) throws IOException {
        SocksClient client = SocksClient.connect(socks);
        client.say("PROXY TCP4 " + address + " 203.0.113.1 50000 1080");
        client.send(5, 1, 0);
        client.expect(5, 0);
        return client;
    }

    @Test
    void refusesADataPortTwiceAndOneThatIsClosed() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient control = tunnel(socks)) {
            int first = port229(control.ask("EPSV"));
            int second = port229(control.ask("EPSV"));
            try (SocksClient data = SocksClient.greet(socks)) {
                data.request(SocksClient.CONNECT, "127.0.0.1", first);
                assertThat(data.reply()).as("given up by the second EPSV").isEqualTo(FORBIDDEN);
            }
            try (SocksClient data = SocksClient.greet(socks);
                    SocksClient again = SocksClient.greet(socks)) {
                data.request(SocksClient.CONNECT, "127.0.0.1", second);
                assertThat(data.reply()).isEqualTo(SUCCESS);
                again.request(SocksClient.CONNECT, "127.0.0.1", second);
                assertThat(again.reply()).isEqualTo(FORBIDDEN);
            }
        }
    }

    @Test
    void refusesWhatNoRuleAllows() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        for (String host : List.of("127.0.0.1", "localhost", "169.254.169.254", "127.1", "0x7f.1", "[::1]", "a@b@c")) {
            try (SocksClient client = SocksClient.greet(socks)) {
                client.request(SocksClient.CONNECT, host, 22);
                assertThat(client.reply()).as(host).isEqualTo(FORBIDDEN);
                assertThat(client.receive()).isEmpty();
            }
        }
        assertThat(refusals).hasSize(7).containsOnly(CloseCause.TARGET_DENIED);
        assertThat(details).contains("127.0.0.1:22", "127.1:22", "[::1]:22", "a@b@c:22");
    }

    /** An address that is not allowed, and a server that is not there, look the same. */
    @Test
    void failsInOneWayWhateverIsWrongWithTheServer() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder()
                .limits(Limits.builder().targetTimeout(Duration.ofMillis(300)).build()));

        for (String host : List.of("198.51.100.1", "127.0.0.77")) {
            try (SocksClient client = SocksClient.greet(socks)) {
                client.request(SocksClient.CONNECT, host, server.port());
                assertThat(client.reply()).as(host).isEqualTo(FAILURE);
                assertThat(client.receive()).isEmpty();
            }
        }
    }

    @Test
    void refusesItsOwnListener() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        FtpAlg gateway = FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.3", port))
                .protocol(ListenerProtocol.SOCKS5)
                .limits(Limits.builder().targetTimeout(Duration.ofMillis(300)).build())
                .router(Routers.forward(
                        TargetRules.of(
                                List.of(TargetRule.parse("127.0.0.0/8:1-65535").orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty()))
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        started = Optional.of(gateway);
        try (SocksClient client = SocksClient.greet(gateway.boundAddresses().get(0))) {
            client.request(SocksClient.CONNECT, "127.0.0.3", port);
            assertThat(client.reply()).isEqualTo(FAILURE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4 1 0 21 127 0 0 1 0, BAD_REQUEST",
        "71 69 84 32 47 32, BAD_REQUEST",
        "22 3 1 0 5, BAD_REQUEST",
        "5 1 2, BAD_REQUEST",
        "5 0, BAD_REQUEST",
    })
    void closesOnWhatIsNotItsProtocol(String octets, CloseCause cause) throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient client = SocksClient.connect(socks)) {
            for (String octet : octets.split(" ")) {
                client.send(Integer.parseInt(octet));
            }
            while (client.in.read() >= 0) {
                // A refusal of the methods that it offered, if anything.
            }
        }
        assertRefused(cause);
    }

    @Test
    void closesOnABadRequest() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient client = SocksClient.greet(socks)) {
            client.send(5, 1, 0, 9, 1, 2, 3, 4, 5, 6);
            assertThat(client.in.read()).isEqualTo(-1);
        }
        assertRefused(CloseCause.BAD_REQUEST);
    }

    @Test
    void doesNoUdp() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient client = SocksClient.greet(socks)) {
            client.request(3, "127.0.0.1", server.port());
            assertThat(client.reply()).isEqualTo(UNSUPPORTED);
        }
        assertRefused(CloseCause.BAD_REQUEST);
    }

    @Test
    void takesARequestInOnePieceAndWhatIsBehindIt() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient client = SocksClient.connect(socks)) {
            int port = server.port();
            client.send(5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port, 'N', 'O', 'O', 'P', 13, 10);
            client.expect(5, 0);
            assertThat(client.reply()).isEqualTo(SUCCESS);
            assertThat(client.receive()).startsWith("220 ");
            assertThat(client.receive()).matches("(200|530) .*");
        }
    }

    @Test
    void givesUpOnAClientThatAsksForNothingInTime() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder()
                .limits(Limits.builder()
                        .set(Limit.Time.REQUEST_TIMEOUT, Duration.ofMillis(300))
                        .build()));

        try (SocksClient client = SocksClient.connect(socks)) {
            client.send(5);
            assertThat(client.in.read()).isEqualTo(-1);
        }
        assertRefused(CloseCause.REQUEST_TIMEOUT);
    }

    @Test
    void holdsNoMoreClientsOfAnAddressThanSessions() throws Exception {
        InetSocketAddress socks = start(
                FtpAlg.builder().limits(Limits.builder().sessionsPerAddress(2).build()));

        try (SocksClient first = SocksClient.greet(socks);
                SocksClient second = SocksClient.greet(socks);
                SocksClient third = SocksClient.connect(socks)) {
            assertThat(isReset(third)).isTrue();
            assertRefused(CloseCause.SESSION_LIMIT);
            first.request(SocksClient.CONNECT, "127.0.0.1", server.port());
            assertThat(first.reply()).isEqualTo(SUCCESS);
            second.request(SocksClient.CONNECT, "127.0.0.1", server.port());
            assertThat(second.reply()).isEqualTo(SUCCESS);
            try (SocksClient fourth = SocksClient.greet(socks)) {
                fourth.request(SocksClient.CONNECT, "127.0.0.1", server.port());
                assertThat(fourth.reply()).isEqualTo(FAILURE);
            }
        }
        // All are counted out again.
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (SocksClient client = SocksClient.greet(socks)) {
                client.request(SocksClient.CONNECT, "127.0.0.1", server.port());
                return client.reply() == SUCCESS;
            }
        });
    }

    private static boolean isReset(SocksClient client) {
        try {
            return client.in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void closesWaitingClientsWhenItStops() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient client = SocksClient.greet(socks)) {
            started.orElseThrow()
                    .stop(Duration.ofSeconds(60))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            assertThat(client.in.readAllBytes()).hasSizeLessThan(11);
        }
        assertRefused(CloseCause.SHUTDOWN);
    }

    /** What FileZilla 3 sends with a SOCKS 5 proxy set, as its log and a capture have it. */
    @Test
    void servesTheDialogueOfFileZilla() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());
        Files.writeString(folder.resolve("a"), "content");
        int port = server.port();

        try (SocksClient control = SocksClient.greet(socks)) {
            control.send(5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port);
            assertThat(control.reply()).isEqualTo(SUCCESS);
            assertThat(control.receive()).startsWith("220 ");
            assertThat(control.ask("USER tester")).startsWith("331 ");
            assertThat(control.ask("PASS secret")).startsWith("230 ");
            assertThat(control.ask("SYST")).startsWith("215 ");
            assertThat(control.ask("PWD")).startsWith("257 ");
            assertThat(control.ask("TYPE I")).startsWith("200 ");
            for (String command : List.of("MLSD", "RETR a")) {
                String[] numbers =
                        control.ask("PASV").replaceAll(".*\\(|\\).*", "").split(",");
                try (SocksClient data = SocksClient.greet(socks)) {
                    data.send(5, 1, 0, 1);
                    for (String number : numbers) {
                        data.send(Integer.parseInt(number));
                    }
                    assertThat(data.reply()).isEqualTo(SUCCESS);
                    assertThat(control.ask(command)).startsWith("150 ");
                    assertThat(data.rest()).contains("MLSD".equals(command) ? " a" : "content");
                }
                assertThat(control.receive()).startsWith("226 ");
            }
        }
        assertThat(refusals).isEmpty();
    }

    /** The new gateway accepts the data connection, and the old one has the session. */
    @Test
    void findsASessionOfTheGatewayBefore() throws Exception {
        IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.AUTO);
        InetSocketAddress socks = start(FtpAlg.builder().eventLoops(loops));
        FtpAlg before = started.orElseThrow();
        Files.writeString(folder.resolve("a"), "content");

        try (SocksClient control = tunnel(socks)) {
            FtpAlg next = FtpAlg.builder()
                    .eventLoops(loops)
                    .listen(new InetSocketAddress("127.0.0.3", 0))
                    .protocol(ListenerProtocol.SOCKS5)
                    .router(Routers.forward(TargetRules.PUBLIC, ServerDataMode.CLIENT, Optional.empty()))
                    .build();
            started = Optional.of(next);
            FtpAlg.startInPlaceOf(List.of(next), List.of(before))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(next.boundAddresses()).containsExactly(socks);
            int port = port229(control.ask("EPSV"));
            try (SocksClient data = SocksClient.greet(socks)) {
                data.request(SocksClient.CONNECT, "127.0.0.1", port);
                assertThat(data.reply()).isEqualTo(SUCCESS);
                control.say("RETR a");
                assertThat(data.rest()).isEqualTo("content");
            }
        } finally {
            before.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
            stopGateway();
            started = Optional.empty();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    // ---- TLS

    private FtpAlgBuilder withTls() throws Exception {
        return FtpAlg.builder()
                .clientTls(
                        ClientTls.OPTIONAL,
                        ClientTlsContexts.of(SslContextBuilder.forServer(new CertificateBuilder()
                                        .subject("CN=localhost")
                                        .ecp256()
                                        .setIsCertificateAuthority(true)
                                        .buildSelfSigned()
                                        .toKeyManagerFactory())
                                .build()));
    }

    /** A router that goes to the test's server whatever is asked for. */
    private Router anywhere() {
        return new Router() {
            @Override
            public boolean needsLogin() {
                return true;
            }

            @Override
            public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                return CompletableFuture.completedStage(Route.to(new InetSocketAddress("127.0.0.1", server.port())));
            }
        };
    }

    /** On port 990 the client begins with TLS, before any greeting. */
    @Test
    void beginsWithTlsWhereTheServerDoes() throws Exception {
        InetSocketAddress socks = start(withTls(), anywhere());
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);

        try (SocksClient client = SocksClient.greet(socks)) {
            client.request(SocksClient.CONNECT, "ftp.example.com", 990);
            assertThat(client.reply()).isEqualTo(SUCCESS);
            try (Socket tls = trusting.getSocketFactory().createSocket(client.socket, "localhost", 990, false)) {
                assertThat((char) tls.getInputStream().read()).isEqualTo('2');
            }
        }
    }

    @Test
    void refusesPort990WithoutTls() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder(), anywhere());

        try (SocksClient client = SocksClient.greet(socks)) {
            client.request(SocksClient.CONNECT, "ftp.example.com", 990);
            assertThat(client.reply()).isEqualTo(FORBIDDEN);
        }
        assertRefused(CloseCause.TARGET_DENIED);
    }

    // ---- active mode

    @Test
    void connectsAServerToAClientThatWaitsForIt() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());
        Files.writeString(folder.resolve("a"), "content");

        try (SocksClient control = tunnel(socks)) {
            for (String syntax : List.of("PORT", "EPRT")) {
                try (SocksClient data = SocksClient.greet(socks)) {
                    data.request(SocksClient.BIND, "127.0.0.1", server.port());
                    assertThat(data.reply()).isEqualTo(SUCCESS);
                    int port = data.bound().getPort();
                    String host = data.bound().getAddress().getHostAddress();
                    assertThat(control.ask(
                                    syntax.equals("PORT")
                                            ? "PORT " + host.replace('.', ',') + "," + (port >> 8) + "," + (port & 255)
                                            : "EPRT |1|" + host + "|" + port + "|"))
                            .startsWith("200 ");
                    control.say("RETR a");
                    assertThat(data.reply()).isEqualTo(SUCCESS);
                    assertThat(data.bound().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
                    assertThat(control.receive()).startsWith("150 ");
                    assertThat(data.rest()).isEqualTo("content");
                    assertThat(control.receive()).startsWith("226 ");
                }
            }
        }
        assertThat(refusals).isEmpty();
    }

    /** What the client sends before it is told of the server is data. */
    @Test
    void keepsWhatAClientSendsBeforeItsServerConnects() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());

        try (SocksClient control = tunnel(socks);
                SocksClient data = SocksClient.greet(socks)) {
            data.send(5, 2, 0, 1, 0, 0, 0, 0, 0, 21, 'a', 'b', 'c');
            assertThat(data.reply()).isEqualTo(SUCCESS);
            int port = data.bound().getPort();
            assertThat(control.ask("PORT 127,0,0,1," + (port >> 8) + "," + (port & 255)))
                    .startsWith("200 ");
            control.say("STOR early");
            assertThat(data.reply()).isEqualTo(SUCCESS);
            data.send('d');
            data.socket.shutdownOutput();
            assertThat(control.receive()).startsWith("150 ");
            assertThat(control.receive()).startsWith("226 ");
        }
        assertThat(folder.resolve("early")).hasContent("abcd");
    }

    /** A client that does not ask by BIND listens itself. */
    @Test
    void connectsToAClientThatListensItself() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder());
        Files.writeString(folder.resolve("a"), "content");

        try (SocksClient control = tunnel(socks);
                ServerSocket listener = new ServerSocket(0)) {
            int port = listener.getLocalPort();
            assertThat(control.ask("PORT 127,0,0,1," + (port >> 8) + "," + (port & 255)))
                    .startsWith("200 ");
            control.say("RETR a");
            try (Socket data = listener.accept()) {
                assertThat(new String(data.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("content");
            }
            assertThat(control.receive()).startsWith("150 ");
            assertThat(control.receive()).startsWith("226 ");
        }
    }

    @Test
    void endsABindThatNobodyUses() throws Exception {
        InetSocketAddress socks = start(FtpAlg.builder()
                .limits(Limits.builder()
                        .dataIdleTimeout(Duration.ofMillis(200))
                        .dataAcceptTimeout(Duration.ofMillis(200))
                        .build()));

        try (SocksClient data = SocksClient.greet(socks)) {
            data.request(SocksClient.BIND, "127.0.0.1", server.port());
            assertThat(data.reply()).isEqualTo(SUCCESS);
            assertThat(data.reply()).as("TTL expired").isEqualTo(6);
            assertThat(data.in.read()).isEqualTo(-1);
        }
        assertRefused(CloseCause.REQUEST_TIMEOUT);
    }

    // ---- users

    private FtpAlgBuilder withUsers(Limits limits) {
        return FtpAlg.builder()
                .limits(limits)
                .login(LoginPolicy.DEFAULT.withUsers((name, password, from) -> name.equals("down")
                        ? CompletableFuture.failedStage(new IOException("no directory"))
                        : CompletableFuture.completedStage(
                                password.reveal().equals("pw")
                                        ? Optional.of(new ProxyUser(name, Set.of()))
                                        : Optional.empty())));
    }

    private static SocksClient login(InetSocketAddress socks, String name, String password) throws IOException {
        SocksClient client = SocksClient.connect(socks);
        client.send(5, 2, 0, 2);
        client.expect(5, 2);
        client.send(1, name.length());
        client.socket.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
        client.send(password.length());
        client.socket.getOutputStream().write(password.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static final Limits QUICK = Limits.builder()
            .loginDelay(Duration.ofMillis(1))
            .failedLoginsPerAddress(3)
            .build();

    @Test
    void letsItsUsersInAndKeepsTheirDataApart() throws Exception {
        InetSocketAddress socks = start(withUsers(QUICK));
        Files.writeString(folder.resolve("a"), "content");

        try (SocksClient control = login(socks, "joe", "pw");
                SocksClient data = login(socks, "joe", "pw");
                SocksClient other = login(socks, "ann", "pw")) {
            control.expect(1, 0);
            data.expect(1, 0);
            other.expect(1, 0);
            control.request(SocksClient.CONNECT, "127.0.0.1", server.port());
            assertThat(control.reply()).isEqualTo(SUCCESS);
            assertThat(control.receive()).startsWith("220 ");
            assertThat(control.ask("USER tester")).startsWith("331 ");
            assertThat(control.ask("PASS secret")).startsWith("230 ");
            int port = port229(control.ask("EPSV"));
            other.request(SocksClient.CONNECT, "127.0.0.1", port);
            assertThat(other.reply()).isEqualTo(FORBIDDEN);
            data.request(SocksClient.CONNECT, "127.0.0.1", port);
            assertThat(data.reply()).isEqualTo(SUCCESS);
            control.say("RETR a");
            assertThat(data.rest()).isEqualTo("content");
        }
    }

    /** A client need not wait for each reply. */
    @Test
    void takesALoginAndARequestInOnePiece() throws Exception {
        InetSocketAddress socks = start(withUsers(QUICK));
        int port = server.port();

        try (SocksClient client = SocksClient.connect(socks)) {
            client.send(
                    5, 1, 2, 1, 3, 'j', 'o', 'e', 2, 'p', 'w', 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port, 'Q', 'U', 'I',
                    'T', 13, 10);
            client.expect(5, 2, 1, 0);
            assertThat(client.reply()).isEqualTo(SUCCESS);
            assertThat(client.receive()).startsWith("220 ");
            assertThat(client.receive()).startsWith("221 ");
        }
    }

    @Test
    void refusesWhoIsNoUser() throws Exception {
        InetSocketAddress socks = start(withUsers(QUICK));

        try (SocksClient client = login(socks, "joe", "wrong")) {
            client.expect(1, 255);
            assertThat(client.in.read()).isEqualTo(-1);
        }
        assertRefused(CloseCause.LOGIN_REFUSED);
    }

    @Test
    void countsRefusedPasswords() throws Exception {
        InetSocketAddress socks = start(withUsers(QUICK));
        for (int i = 0; i < 3; i++) {
            try (SocksClient client = login(socks, "joe", "wrong")) {
                client.expect(1, 255);
            }
        }

        try (SocksClient client = login(socks, "joe", "pw")) {
            client.expect(1, 255);
        }
        assertThat(refusals).hasSize(4).containsOnly(CloseCause.LOGIN_REFUSED);
    }

    @Test
    void refusesWhoDoesNotLogIn() throws Exception {
        InetSocketAddress socks = start(withUsers(QUICK));

        try (SocksClient client = SocksClient.connect(socks)) {
            client.send(5, 1, 0);
            client.expect(5, 255);
            assertThat(client.in.read()).isEqualTo(-1);
        }
        assertRefused(CloseCause.LOGIN_REFUSED);
    }

    @Test
    void refusesAllWhileItsUsersCannotBeAsked() throws Exception {
        InetSocketAddress socks = start(withUsers(QUICK));

        try (SocksClient client = login(socks, "down", "pw")) {
            client.expect(1, 255);
        }
        assertRefused(CloseCause.USERS_UNAVAILABLE);
    }
}
