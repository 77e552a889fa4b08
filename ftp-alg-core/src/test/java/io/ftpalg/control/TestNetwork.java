package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.dns.DnsNames;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.shared.Admission;
import io.ftpalg.control.shared.EventLoopDataChannels;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.SessionCounts;
import io.ftpalg.control.shared.Sessions;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.control.tls.GatewayTls;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.port.PortRanges;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.routing.Routers;
import io.ftpalg.session.base.SessionSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** All that sessions share, on one event loop with a listener; the test plays the clients, and the server behind. */
public final class TestNetwork implements AutoCloseable {
    public static final InetAddress LOCALHOST = IpLiteral.of(new byte[] {127, 0, 0, 1});
    public static final Duration PATIENCE = Duration.ofSeconds(8);

    public final ServerSocket server = new ServerSocket(0, 50, LOCALHOST);
    public final List<Record> heard = new CopyOnWriteArrayList<>();
    public final List<Channel> accepted = new CopyOnWriteArrayList<>();
    final SharedGatewayState neighbours = new SharedGatewayState();
    public final Sessions sessions = new Sessions(neighbours);
    public final Admission admission;
    public final Gateway gateway;
    public final EventLoop loop;
    final ThreadPoolExecutor handshakes = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoopDataChannels data;
    private final DnsNames names;
    private final Channel listener;
    /** What the gate tells all clients from now on, instead of letting them in. */
    volatile Optional<FtpReply> gateSays = Optional.empty();

    public TestNetwork(Transport transport) throws IOException {
        this(transport, Limits.defaults());
    }

    public TestNetwork(Transport transport, Limits limits) throws IOException {
        this(transport, limits, PassivePorts.ephemeral());
    }

    public TestNetwork(Transport transport, Limits limits, PassivePorts ports) throws IOException {
        this(
                transport,
                limits,
                ports,
                server -> Routers.fixed(
                        new HostPort("127.0.0.1", server.getLocalPort()), ServerDataMode.CLIENT, Optional.empty()));
    }

    /** A network whose gateway has sockets like these, and whose route has others. */
    public TestNetwork(Transport transport, SocketSettings gateway, SocketSettings route) throws IOException {
        this(
                transport,
                Limits.builder().passiveShare(100).build(),
                PassivePorts.ephemeral(),
                server -> routed(Route.to((InetSocketAddress) server.getLocalSocketAddress())
                        .withSockets(route)),
                gateway,
                ClientTls.NONE,
                handshakes -> GatewayTls.NONE);
    }

    private static Router routed(Route route) {
        return new Router() {
            @Override
            public boolean needsLogin() {
                return false;
            }

            @Override
            public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                return CompletableFuture.completedFuture(route);
            }
        };
    }

    public TestNetwork(Transport transport, Limits limits, PassivePorts ports, Function<ServerSocket, Router> router)
            throws IOException {
        this(transport, limits, ports, router, ClientTls.NONE, handshakes -> GatewayTls.NONE);
    }

    /** A network whose clients may have TLS, or must begin with it. */
    public TestNetwork(TlsKind kind, ClientTls clientTls) throws IOException {
        this(kind, clientTls, Limits.defaults(), ServerTls.OFF);
    }

    public TestNetwork(TlsKind kind, ClientTls clientTls, Limits limits, ServerTls serverTls) throws IOException {
        this(
                Transport.NIO,
                limits,
                PassivePorts.ephemeral(),
                server -> Routers.fixed(
                        new HostPort("127.0.0.1", server.getLocalPort()),
                        ServerDataMode.CLIENT,
                        Optional.empty(),
                        serverTls),
                clientTls,
                kind::gateway);
    }

    public TestNetwork(
            Transport transport,
            Limits limits,
            PassivePorts ports,
            Function<ServerSocket, Router> router,
            ClientTls clientTls,
            Function<Executor, GatewayTls> tls)
            throws IOException {
        this(transport, limits, ports, router, SocketSettings.DEFAULT, clientTls, tls);
    }

    /** A network with settings that differ like this. */
    public TestNetwork(Transport transport, UnaryOperator<SessionSettings> differ) throws IOException {
        this(
                transport,
                Limits.defaults(),
                PassivePorts.ephemeral(),
                server -> Routers.fixed(
                        new HostPort("127.0.0.1", server.getLocalPort()), ServerDataMode.CLIENT, Optional.empty()),
                SocketSettings.DEFAULT,
                differ,
                handshakes -> GatewayTls.NONE);
    }

    private TestNetwork(
            Transport transport,
            Limits limits,
            PassivePorts ports,
            Function<ServerSocket, Router> router,
            SocketSettings sockets,
            ClientTls clientTls,
            Function<Executor, GatewayTls> tls)
            throws IOException {
        this(transport, limits, ports, router, sockets, settings -> settings.withClientTls(clientTls), tls);
    }

    private TestNetwork(
            Transport transport,
            Limits limits,
            PassivePorts ports,
            Function<ServerSocket, Router> router,
            SocketSettings sockets,
            UnaryOperator<SessionSettings> differ,
            Function<Executor, GatewayTls> tls)
            throws IOException {
        this(transport, limits, ports, router, sockets, differ, tls, Optional.empty());
    }

    /** A network behind balancers. */
    public TestNetwork(
            Transport transport, Limits limits, UnaryOperator<SessionSettings> differ, ProxyProtocol balancers)
            throws IOException {
        this(
                transport,
                limits,
                PassivePorts.ephemeral(),
                server -> Routers.fixed(
                        new HostPort("127.0.0.1", server.getLocalPort()), ServerDataMode.CLIENT, Optional.empty()),
                SocketSettings.DEFAULT,
                differ,
                handshakes -> GatewayTls.NONE,
                Optional.of(balancers));
    }

    private TestNetwork(
            Transport transport,
            Limits limits,
            PassivePorts ports,
            Function<ServerSocket, Router> router,
            SocketSettings sockets,
            UnaryOperator<SessionSettings> differ,
            Function<Executor, GatewayTls> tls,
            Optional<ProxyProtocol> proxyProtocol)
            throws IOException {
        server.setSoTimeout((int) PATIENCE.toMillis());
        group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        loop = group.next();
        data = new EventLoopDataChannels(transport, new PortRanges(ports, limits.passiveShare()), true, 64 << 20);
        names = new DnsNames(transport);
        admission = new Admission(limits, new SessionCounts(), neighbours);
        SessionSettings settings = differ.apply(SessionSettings.of(
                router.apply(server), CommandFilter.safeSite(), new Ear(), limits, DataConnect.EARLY));
        gateway = new Gateway(
                settings,
                transport,
                data,
                names,
                client -> gateSays,
                admission,
                sessions,
                this::isListener,
                sockets,
                TelnetMode.AUTO,
                tls.apply(handshakes),
                proxyProtocol,
                Optional.empty(),
                ListenerProtocol.FTP,
                neighbours.tunnels());
        listener = listen(transport);
    }

    private Channel listen(Transport transport) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channelFactory(transport.controlListeners())
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object child) {
                        accepted.add((Channel) child);
                        ctx.fireChannelRead(child);
                    }
                })
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ControlInitializer(() -> gateway));
        transport.prepare(bootstrap);
        return bootstrap
                .bind(new InetSocketAddress(LOCALHOST, 0))
                .syncUninterruptibly()
                .channel();
    }

    private boolean isListener(InetSocketAddress target) {
        return target.equals(address());
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Connects a client. */
    public Peer client() throws IOException {
        return Peer.connect(address());
    }

    /** Waits for the gateway's next control connection to the server. */
    public Peer server() throws IOException {
        return new Peer(server.accept());
    }

    /** A client that is logged in at the server. */
    public Talk talk() throws IOException {
        Peer client = client();
        Peer server = server();
        server.say("220 ready");
        assertThat(client.receive()).isEqualTo("220 ready");
        client.say("USER u");
        assertThat(server.receive()).isEqualTo("USER u");
        server.say("230 in");
        assertThat(client.receive()).isEqualTo("230 in");
        return new Talk(client, server);
    }

    public <T> T call(Callable<T> task) {
        try {
            return loop.submit(task).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    public void run(Runnable task) {
        assertThat(this.<Boolean>call(() -> {
                    task.run();
                    return true;
                }))
                .isTrue();
    }

    /** A client that may begin TLS, and its server, which has greeted. */
    Talk authorized() throws IOException {
        Peer client = client();
        Peer server = server();
        server.say("220 ready");
        assertThat(client.receive()).isEqualTo("220 ready");
        client.say("AUTH TLS");
        assertThat(client.receive()).startsWith("234 ");
        return new Talk(client, server);
    }

    /** A client that is under TLS, and its server; it is not logged in. */
    Talk secured() throws IOException {
        Talk talk = authorized();
        return new Talk(TlsKind.client(talk.client()), talk.server());
    }

    /** Waits until the listener of the gateway heard an event of this type, and returns the first. */
    public <T extends Record> T event(Class<T> type) {
        await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(type::isInstance));
        return heard.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    public static <T> T soon(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("did not come: " + e, e);
        }
    }

    /** Returns a port of this host that nobody listens on. */
    public static InetSocketAddress nobody() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, LOCALHOST)) {
            return (InetSocketAddress) gone.getLocalSocketAddress();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close().syncUninterruptibly();
        sessions.stopNow();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sessions.size()).as("sessions left").isZero();
            assertThat(admission.sessions()).as("sessions counted").isZero();
            assertThat(List.copyOf(accepted)).as("connections left").noneMatch(Channel::isOpen);
        });
        server.close();
        names.close();
        data.close();
        handshakes.shutdown();
        assertThat(group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue();
    }

    /** The two ends that a session stands between. */
    public record Talk(Peer client, Peer server) implements AutoCloseable {

        /** The client asks, the server is asked the same, and answers. */
        public void exchange(String command, String reply) throws IOException {
            client.say(command);
            assertThat(server.receive()).isEqualTo(command);
            server.say(reply);
            assertThat(client.receive()).isEqualTo(reply);
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    /** Keeps every event. */
    private final class Ear implements AlgListener {
        @Override
        public void sessionOpened(SessionOpened event) {
            heard.add(event);
        }

        @Override
        public void sessionRefused(SessionRefused event) {
            heard.add(event);
        }

        @Override
        public void sessionSecured(SessionSecured event) {
            heard.add(event);
        }

        @Override
        public void sessionTransparent(SessionTransparent event) {
            heard.add(event);
        }

        @Override
        public void sessionClosed(SessionClosed event) {
            heard.add(event);
        }

        @Override
        public void dataConnectionFailed(DataConnectionFailed event) {
            heard.add(event);
        }

        @Override
        public void transferFinished(TransferFinished event) {
            heard.add(event);
        }

        @Override
        public void rejected(Rejected event) {
            heard.add(event);
        }
    }
}
