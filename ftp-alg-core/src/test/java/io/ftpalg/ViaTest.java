package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.data.tunnel.TestProxy;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.FtpProxy;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.TunnelProxy.Protocol;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import io.ftpalg.routing.PoolServer;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.routing.ServerState;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole gateway in front of a real server, with a proxy between them, all in this JVM; the name is the proxy's. */
@Timeout(90)
class ViaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE = 3_000_000;

    @TempDir
    Path folder;

    private EmbeddedServer server;
    private final TestProxy proxy = TestProxy.open();
    private final TestProxy forJoe = TestProxy.forJoe();
    private final List<AlgListener.DataConnectionFailed> failed = new CopyOnWriteArrayList<>();
    private final List<AlgListener.SessionClosed> closed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        proxy.close();
        forJoe.close();
    }

    private TunnelProxy hop(Protocol protocol) {
        return TunnelProxy.of(protocol, new HostPort("127.0.0.1", proxy.port()));
    }

    private TunnelProxy hopForJoe(Protocol protocol, String password) {
        return new TunnelProxy(
                protocol,
                new HostPort("127.0.0.1", forJoe.port()),
                Optional.of("joe"),
                Optional.of(Secret.of(password)));
    }

    private Router pool(Via via, ServerDataMode mode) {
        return new ServerPool(
                List.of(PoolServer.of(new HostPort("server.test", server.port()), ServerTls.OFF)),
                Balance.FIRST,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT.withDataMode(mode).withVia(via));
    }

    private FtpAlg start(TransportType transport, Router router) throws Exception {
        return FtpAlg.builder()
                .transport(transport)
                .limits(Limits.builder().connectTimeout(Duration.ofSeconds(5)).build())
                .listener(new AlgListener() {
                    @Override
                    public void sessionClosed(SessionClosed event) {
                        closed.add(event);
                    }

                    @Override
                    public void dataConnectionFailed(DataConnectionFailed event) {
                        failed.add(event);
                    }
                })
                .listen(new InetSocketAddress("127.0.0.3", 0))
                .router(router)
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static FTPClient connect(FtpAlg gateway) throws Exception {
        FTPClient client = new FTPClient();
        client.setConnectTimeout((int) PATIENCE.toMillis());
        client.setDefaultTimeout((int) PATIENCE.toMillis());
        client.connect(
                gateway.boundAddresses().get(0).getAddress(),
                gateway.boundAddresses().get(0).getPort());
        client.setSoTimeout((int) PATIENCE.toMillis());
        return client;
    }

    private void transfersBothWays(FtpAlg gateway, boolean passive, boolean extended) throws Exception {
        byte[] content = new byte[LARGE];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("down"), content);
        FTPClient client = connect(gateway);
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.setUseEPSVwithIPv4(extended);
        if (passive) {
            client.enterLocalPassiveMode();
        }
        ByteArrayOutputStream down = new ByteArrayOutputStream();
        assertThat(client.retrieveFile("down", down)).isTrue();
        assertThat(down.toByteArray()).isEqualTo(content);
        assertThat(client.storeFile("up", new ByteArrayInputStream(content))).isTrue();
        assertThat(Files.readAllBytes(folder.resolve("up"))).isEqualTo(content);
        client.logout();
        client.disconnect();
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"EPOLL, SOCKS5", "EPOLL, SOCKS4A", "EPOLL, HTTP", "NIO, SOCKS5", "NIO, SOCKS4A", "NIO, HTTP"})
    void controlAndDataPassThroughTheProxy(TransportType transport, Protocol protocol) throws Exception {
        transfersBothWays(start(transport, pool(new Via(List.of(hop(protocol))), ServerDataMode.CLIENT)), true, false);

        assertThat(proxy.asked).hasSize(3).allMatch(asked -> asked.startsWith(protocol.text() + " server.test:"));
        assertThat(proxy.asked.get(0)).endsWith(":" + server.port());
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"SOCKS5", "HTTP"})
    void userAndPasswordAreSentToTheProxy(Protocol protocol) throws Exception {
        transfersBothWays(
                start(
                        TransportType.EPOLL,
                        pool(new Via(List.of(hopForJoe(protocol, "secret"))), ServerDataMode.CLIENT)),
                true,
                true);
    }

    @Test
    void theFirstProxyConnectsToTheSecond() throws Exception {
        transfersBothWays(
                start(
                        TransportType.EPOLL,
                        pool(
                                new Via(List.of(hop(Protocol.SOCKS5), hopForJoe(Protocol.HTTP, "secret"))),
                                ServerDataMode.CLIENT)),
                true,
                true);

        assertThat(proxy.asked).hasSize(3).containsOnly("socks5 127.0.0.1:" + forJoe.port());
        assertThat(forJoe.asked).hasSize(3).allMatch(asked -> asked.startsWith("http server.test:"));
    }

    /** Few proxies let others connect to them: an active client's data is passive with the server. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anActiveClientIsServedByPassiveModeWithTheServer(boolean extended) throws Exception {
        transfersBothWays(
                start(TransportType.EPOLL, pool(new Via(List.of(hop(Protocol.SOCKS5))), ServerDataMode.CLIENT)),
                false,
                extended);
    }

    @Test
    void activeModeBehindAProxyIsRefusedWithTheRemedy() throws Exception {
        FtpAlg gateway = start(TransportType.EPOLL, pool(new Via(List.of(hop(Protocol.HTTP))), ServerDataMode.ACTIVE));
        FTPClient client = connect(gateway);
        assertThat(client.login("tester", "secret")).isTrue();

        assertThat(client.pasv()).isEqualTo(425);

        assertThat(failed).singleElement().satisfies(event -> assertThat(event.detail())
                .endsWith("set server-mode passive"));
        assertThat(client.logout()).isTrue();
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** L9: BIND of SOCKS5, in both directions; the server's first bytes come in one segment with the second reply. */
    @ParameterizedTest
    @CsvSource({"EPOLL, ACTIVE, true", "EPOLL, PORT, false", "EPOLL, EPRT, true", "NIO, ACTIVE, false"})
    void aServerConnectsToTheSocksProxy(TransportType transport, ServerDataMode mode, boolean passive)
            throws Exception {
        transfersBothWays(start(transport, pool(new Via(List.of(hop(Protocol.SOCKS5))), mode)), passive, false);

        assertThat(proxy.asked).filteredOn(asked -> asked.startsWith("bind ")).hasSize(2);
    }

    @Test
    void theSecondProxyAcceptsTheServersConnection() throws Exception {
        transfersBothWays(
                start(
                        TransportType.EPOLL,
                        pool(
                                new Via(List.of(hop(Protocol.HTTP), hopForJoe(Protocol.SOCKS5, "secret"))),
                                ServerDataMode.ACTIVE)),
                true,
                true);

        assertThat(forJoe.asked)
                .filteredOn(asked -> asked.startsWith("bind server.test:"))
                .hasSize(2);
    }

    /** Its own address is meant, as some proxies have it. */
    @Test
    void aProxyThatNamesNoAddressListensAtItsOwn() throws Exception {
        proxy.bind = TestProxy.Bind.UNSPECIFIED;

        transfersBothWays(
                start(TransportType.EPOLL, pool(new Via(List.of(hop(Protocol.SOCKS5))), ServerDataMode.ACTIVE)),
                true,
                true);
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, BIND: status: FORBIDDEN(2)",
        "SILENT, BIND: no reply in time",
        "CLOSED, BIND: disconnected",
        "NOWHERE, 'BIND: no address for the server: 127.0.0.1:0'",
        "GARBAGE, its reply is not SOCKS5"
    })
    void aProxyThatDoesNotListenIsA425AndOneFailure(TestProxy.Bind how, String fact) throws Exception {
        proxy.bind = how;
        FtpAlg gateway =
                start(TransportType.EPOLL, pool(new Via(List.of(hop(Protocol.SOCKS5))), ServerDataMode.ACTIVE));
        FTPClient client = connect(gateway);
        assertThat(client.login("tester", "secret")).isTrue();

        assertThat(client.pasv()).isEqualTo(425);

        assertThat(failed).singleElement().satisfies(event -> assertThat(event.detail())
                .isEqualTo("socks5 proxy 127.0.0.1:" + proxy.port() + ": " + fact));
        assertThat(client.logout()).isTrue();
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** The port was announced by then: the transfer fails, and the session continues. */
    @ParameterizedTest
    @CsvSource({
        "ANOTHER_PEER, UNEXPECTED_PEERS, another than the server connected to the proxy's port",
        "CLOSED_LATER, NOT_CONNECTED, BIND: disconnected"
    })
    void aConnectionThatIsNotTheServersIsA425(TestProxy.Bind how, DataFailure failure, String fact) throws Exception {
        proxy.bind = how;
        Via via = new Via(List.of(hop(Protocol.SOCKS5)));
        Router router = new ServerPool(
                List.of(PoolServer.of(new HostPort("127.0.0.1", server.port()), ServerTls.OFF)),
                Balance.FIRST,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT.withDataMode(ServerDataMode.ACTIVE).withVia(via));
        Files.write(folder.resolve("down"), new byte[1000]);
        FtpAlg gateway = start(TransportType.EPOLL, router);
        FTPClient client = connect(gateway);
        assertThat(client.login("tester", "secret")).isTrue();
        client.enterLocalPassiveMode();

        // The server may have sent 150, and all of the file, before.
        try (InputStream data = client.retrieveFileStream("down")) {
            if (data != null) {
                assertThatThrownBy(data::readAllBytes).isInstanceOf(IOException.class);
                assertThat(client.completePendingCommand()).isFalse();
            }
        }

        assertThat(client.getReplyCode()).isBetween(425, 451);
        assertThat(failed).singleElement().satisfies(event -> {
            assertThat(event.failure()).isEqualTo(failure);
            assertThat(event.detail()).endsWith(fact);
        });
        proxy.bind = TestProxy.Bind.ACCEPTED;
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        assertThat(client.retrieveFile("down", again)).isTrue();
        assertThat(client.logout()).isTrue();
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aWrongPasswordIsLoggedWithTheProxyAndNotShown() throws Exception {
        FtpAlg gateway = start(
                TransportType.EPOLL,
                pool(new Via(List.of(hopForJoe(Protocol.SOCKS5, "wrong"))), ServerDataMode.CLIENT));

        refusesOnce(gateway);

        assertThat(closed).singleElement().satisfies(event -> {
            assertThat(event.detail()).startsWith("socks5 proxy 127.0.0.1:" + forJoe.port() + ": authStatus: ");
            assertThat(event.toString()).doesNotContain("wrong");
        });
    }

    private void refusesOnce(FtpAlg gateway) throws Exception {
        FTPClient client = new FTPClient();
        client.setDefaultTimeout((int) PATIENCE.toMillis());
        assertThatThrownBy(() -> client.connect(
                        gateway.boundAddresses().get(0).getAddress(),
                        gateway.boundAddresses().get(0).getPort()))
                .hasMessageContaining("closed");
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void healthChecksPassThroughTheProxy() throws Exception {
        ServerPool pool = new ServerPool(
                List.of(
                        PoolServer.of(new HostPort("server.test", server.port()), ServerTls.OFF),
                        PoolServer.of(
                                new HostPort(
                                        "server.test", ClosedPorts.address().getPort()),
                                ServerTls.OFF)),
                Balance.FIRST,
                new HealthPolicy(
                        Optional.of(RouterContext.Probe.GREETING),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        1,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1)),
                RouteOptions.DEFAULT.withVia(new Via(List.of(hop(Protocol.SOCKS5)))));
        FtpAlg gateway = start(TransportType.EPOLL, pool);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pool.servers())
                .extracting(ServerState::health)
                .containsExactly(ServerState.Health.HEALTHY, ServerState.Health.EJECTED));

        assertThat(proxy.asked).contains("socks5 server.test:" + server.port());
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** L13: behind this gateway is another one, as the FTP proxy. */
    @ParameterizedTest
    @EnumSource(LoginDialect.class)
    void anotherFtpProxyIsSentTheServerInEachDialect(LoginDialect dialect) throws Exception {
        boolean fixed = dialect == LoginDialect.USER_AT_PROXY_USER;
        HostPort behind = new HostPort("127.0.0.1", server.port());
        FtpAlg second = FtpAlg.builder()
                .login(LoginPolicy.DEFAULT
                        .withDialects(EnumSet.of(dialect, LoginDialect.USER_AT_HOST))
                        .withUsers((name, password, client) -> CompletableFuture.completedStage(
                                name.equals("fw") && password.equals(Secret.of("fwpass"))
                                        ? Optional.of(new ProxyUser("fw", Set.of()))
                                        : Optional.empty())))
                .listen(new InetSocketAddress("127.0.0.4", 0))
                .router(
                        fixed
                                ? Routers.fixed(behind, ServerDataMode.CLIENT, Optional.empty())
                                : Routers.forward(
                                        TargetRules.of(List.of(TargetRule.parse("127.0.0.0/8:1-65535")
                                                .orElseThrow())),
                                        ServerDataMode.CLIENT,
                                        Optional.empty()))
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        Via via = new Via(
                List.of(),
                Optional.of(new FtpProxy(
                        new HostPort("127.0.0.4", second.boundAddresses().get(0).getPort()),
                        dialect,
                        Optional.of("fw"),
                        Optional.of(Secret.of("fwpass")))));
        Router router = new ServerPool(
                List.of(PoolServer.of(behind, ServerTls.OFF)),
                Balance.FIRST,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT.withVia(via));

        transfersBothWays(start(TransportType.EPOLL, router), true, true);

        second.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aLoginThatTheOtherFtpProxyRefusesIsLoggedWithTheFact() throws Exception {
        Via via = new Via(
                List.of(),
                Optional.of(new FtpProxy(
                        new HostPort("127.0.0.1", server.port()),
                        LoginDialect.PROXY_USER_AT_HOST,
                        Optional.of("fw"),
                        Optional.of(Secret.of("never")))));

        refusesOnce(start(TransportType.EPOLL, pool(via, ServerDataMode.CLIENT)));

        assertThat(closed).singleElement().satisfies(event -> assertThat(event.detail())
                .isEqualTo("the FTP proxy replied 530 to PASS"));
    }

    /** A SOCKS proxy, then an FTP proxy, whose login has the client's target. */
    @Test
    void anFtpProxyMayBeBehindASocksProxy() throws Exception {
        FtpAlg second = FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.1", 0))
                .router(Routers.forward(
                        TargetRules.of(
                                List.of(TargetRule.parse("127.0.0.0/8:1-65535").orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty()))
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        int port = second.boundAddresses().get(0).getPort();
        FtpAlg gateway = start(
                TransportType.EPOLL,
                Routers.forward(
                        TargetRules.of(
                                List.of(TargetRule.parse("127.0.0.0/8:1-65535").orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty(),
                        ServerTls.OFF,
                        new Via(
                                List.of(hop(Protocol.SOCKS5)),
                                Optional.of(new FtpProxy(
                                        new HostPort("proxy.test", port),
                                        LoginDialect.USER_AT_HOST,
                                        Optional.empty(),
                                        Optional.empty())))));
        FTPClient client = connect(gateway);

        assertThat(client.login("tester@127.0.0.1:" + server.port(), "secret")).isTrue();
        client.enterLocalPassiveMode();
        assertThat(client.listNames()).isNotNull();

        assertThat(proxy.asked).hasSize(2).first().isEqualTo("socks5 proxy.test:" + port);
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        second.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** The proxy looks names up, so that no address of theirs can be judged. */
    @Test
    void aTargetThatIsANameNeedsARuleWithThatName() throws Exception {
        FtpAlg gateway = start(TransportType.EPOLL, forward("server.test:1-65535"));
        FTPClient client = connect(gateway);
        assertThat(client.login("tester@server.test:" + server.port(), "secret"))
                .isTrue();
        assertThat(client.logout()).isTrue();
        FTPClient other = connect(gateway);
        refuses(other, "tester@other.test:" + server.port());
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void noNetworkHoweverWideAllowsAName() throws Exception {
        FtpAlg gateway = start(TransportType.EPOLL, forward("0.0.0.0/0:1-65535"));

        FTPClient client = connect(gateway);

        refuses(client, "tester@server.test:" + server.port());
        gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(proxy.asked).isEmpty();
    }

    private static void refuses(FTPClient client, String login) {
        assertThatThrownBy(() -> client.user(login))
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");
    }

    private Router forward(String rule) {
        return Routers.forward(
                TargetRules.of(List.of(TargetRule.parse(rule).orElseThrow())),
                ServerDataMode.CLIENT,
                Optional.empty(),
                ServerTls.OFF,
                new Via(List.of(hop(Protocol.SOCKS5))));
    }
}
