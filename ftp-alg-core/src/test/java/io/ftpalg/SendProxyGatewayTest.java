package io.ftpalg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.tunnel.TestProxy;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.TunnelProxy.Protocol;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import io.ftpalg.routing.PoolServer;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.ServerPool;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L8: a gateway that names its clients to another one, which accepts no connection without a header; all in this JVM. */
@Timeout(90)
class SendProxyGatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private EmbeddedServer server;
    private final List<AlgListener.SessionOpened> opened = new CopyOnWriteArrayList<>();
    private final List<AlgListener.Rejected> rejected = new CopyOnWriteArrayList<>();
    private final List<FtpAlg> gateways = new ArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (FtpAlg gateway : gateways) {
            gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        server.close();
    }

    private InetSocketAddress start(FtpAlgBuilder gateway) throws Exception {
        FtpAlg started = gateway.build().start().toCompletableFuture().get(20, TimeUnit.SECONDS);
        gateways.add(started);
        return started.boundAddresses().get(0);
    }

    /** Starts the gateway that wants headers, on control and data connections. */
    private InetSocketAddress startReceiver() throws Exception {
        return start(FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.4", 0))
                .proxyProtocol(
                        new ProxyProtocol(List.of(Cidr.parse("127.0.0.0/8").orElseThrow()), true, true))
                .listener(new AlgListener() {
                    @Override
                    public void sessionOpened(SessionOpened event) {
                        opened.add(event);
                    }

                    @Override
                    public void rejected(Rejected event) {
                        rejected.add(event);
                    }
                })
                .router(Routers.fixed(
                        new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty())));
    }

    private static ServerPool pool(InetSocketAddress to, SendProxy header, Via via) {
        return new ServerPool(
                List.of(PoolServer.of(new HostPort(to.getHostString(), to.getPort()), ServerTls.OFF)),
                Balance.FIRST,
                HealthPolicy.DEFAULT,
                RouteOptions.DEFAULT.withVia(via).withSendProxy(Optional.of(header)));
    }

    private void movesFiles(InetSocketAddress gateway) throws Exception {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("down"), content);
        FTPClient client = new FTPClient();
        client.setDefaultTimeout((int) PATIENCE.toMillis());
        client.connect(gateway.getAddress(), gateway.getPort());
        client.setSoTimeout((int) PATIENCE.toMillis());
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
        ByteArrayOutputStream down = new ByteArrayOutputStream();
        assertThat(client.retrieveFile("down", down)).isTrue();
        assertThat(down.toByteArray()).isEqualTo(content);
        assertThat(client.storeFile("up", new ByteArrayInputStream(content))).isTrue();
        assertThat(Files.readAllBytes(folder.resolve("up"))).isEqualTo(content);
        assertThat(opened)
                .extracting(AlgListener.SessionOpened::client)
                .containsExactly(new InetSocketAddress(client.getLocalAddress(), client.getLocalPort()));
        assertThat(rejected).isEmpty();
        client.logout();
        client.disconnect();
    }

    @ParameterizedTest
    @CsvSource({"EPOLL, V1", "EPOLL, V2", "NIO, V1", "NIO, V2"})
    void controlAndDataConnectionsNameTheClient(TransportType transport, SendProxy.Version version) throws Exception {
        InetSocketAddress receiver = startReceiver();

        movesFiles(start(FtpAlg.builder()
                .transport(transport)
                .listen(new InetSocketAddress("127.0.0.3", 0))
                .router(pool(receiver, new SendProxy(version, true, Set.of()), Via.NONE))));
    }

    /** The header is the server's, so that it comes behind what the proxy is asked. */
    @ParameterizedTest
    @CsvSource({"SOCKS5", "HTTP"})
    void nameTheClientThroughAProxy(Protocol protocol) throws Exception {
        InetSocketAddress receiver = startReceiver();
        try (TestProxy proxy = TestProxy.open()) {
            Via via = new Via(List.of(TunnelProxy.of(protocol, new HostPort("127.0.0.1", proxy.port()))));

            movesFiles(start(FtpAlg.builder()
                    .listen(new InetSocketAddress("127.0.0.3", 0))
                    .router(pool(receiver, new SendProxy(SendProxy.Version.V2, true, Set.of()), via))));
        }
    }

    /** HAProxy forwards a connection to the port that the header names. */
    @Test
    void nameTheDataPortOfTheServer() throws Exception {
        try (ServerSocket raw = new ServerSocket(0);
                ServerSocket data = new ServerSocket(0)) {
            raw.setSoTimeout((int) PATIENCE.toMillis());
            data.setSoTimeout((int) PATIENCE.toMillis());
            InetSocketAddress gateway = start(FtpAlg.builder()
                    .listen(new InetSocketAddress("127.0.0.3", 0))
                    .router(pool(
                            new InetSocketAddress("127.0.0.1", raw.getLocalPort()),
                            new SendProxy(SendProxy.Version.V1, true, Set.of()),
                            Via.NONE)));
            try (Socket client = new Socket(gateway.getAddress(), gateway.getPort());
                    Socket control = raw.accept()) {
                control.setSoTimeout((int) PATIENCE.toMillis());
                BufferedReader lines = reader(control);
                String header = "PROXY TCP4 127.0.0.1 127.0.0.3 " + client.getLocalPort() + ' ';
                assertThat(lines.readLine()).isEqualTo(header + gateway.getPort());
                say(control, "220 ready");
                say(client, "USER u");
                assertThat(lines.readLine()).isEqualTo("USER u");
                say(control, "230 in");
                say(client, "EPSV");
                assertThat(lines.readLine()).isEqualTo("EPSV");
                say(control, "229 here (|||" + data.getLocalPort() + "|)");
                try (Socket connection = data.accept()) {
                    connection.setSoTimeout((int) PATIENCE.toMillis());
                    assertThat(reader(connection).readLine()).isEqualTo(header + data.getLocalPort());
                }
            }
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    }

    /** The client is the one that the balancer in front names, and the destination what it connected to there. */
    @Test
    void passOnWhomABalancerNames() throws Exception {
        try (ServerSocket raw = new ServerSocket(0)) {
            raw.setSoTimeout((int) PATIENCE.toMillis());
            InetSocketAddress gateway = start(FtpAlg.builder()
                    .listen(new InetSocketAddress("127.0.0.3", 0))
                    .proxyProtocol(
                            new ProxyProtocol(List.of(Cidr.parse("127.0.0.0/8").orElseThrow()), true, false))
                    .router(pool(
                            new InetSocketAddress("127.0.0.1", raw.getLocalPort()),
                            SendProxy.of(SendProxy.Version.V1),
                            Via.NONE)));
            for (String header : List.of(
                    "PROXY TCP4 192.0.2.7 198.51.100.2 40000 21", "PROXY TCP6 2001:db8::7 2001:db8::2 40000 21")) {
                try (Socket client = new Socket(gateway.getAddress(), gateway.getPort())) {
                    client.getOutputStream().write((header + "\r\n").getBytes(ISO_8859_1));
                    try (Socket accepted = raw.accept();
                            BufferedReader lines =
                                    new BufferedReader(new InputStreamReader(accepted.getInputStream(), ISO_8859_1))) {
                        accepted.setSoTimeout((int) PATIENCE.toMillis());
                        assertThat(lines.readLine()).isEqualTo(header);
                    }
                }
            }
        }
    }
}
