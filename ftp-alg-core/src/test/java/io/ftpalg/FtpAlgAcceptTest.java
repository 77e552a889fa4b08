package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.logging.LoggingHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions of connections that a server of the embedder's has accepted: FtpAlg, AcceptedChannels. */
@Timeout(60)
class FtpAlgAcceptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PREFACE = "HELLO 192.0.2.7\n";

    @TempDir
    Path folder;

    private EmbeddedServer server;
    private final List<Record> events = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> closed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = closed.size() - 1; i >= 0; i--) {
            closed.get(i).close();
        }
        server.close();
    }

    static Stream<TransportType> transports() {
        return Stream.of(TransportType.NIO, TransportType.EPOLL)
                .filter(type -> type == TransportType.NIO || Epoll.isAvailable());
    }

    // ---- the embedder's side

    /** A server of the embedder's in front of a gateway. */
    private record Embedder(FtpAlg gateway, IoEventLoopGroup loops, InetSocketAddress address) {}

    private IoEventLoopGroup loops(TransportType type) {
        IoEventLoopGroup loops = FtpAlg.newEventLoops(type, 2, new DefaultThreadFactory("test", true));
        closed.add(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        return loops;
    }

    private FtpAlgBuilder builder(IoEventLoopGroup loops) {
        return FtpAlg.builder()
                .acceptOnly()
                .eventLoops(loops)
                .router(Routers.fixed(
                        new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty()))
                .listener(new Recorder());
    }

    private final class Recorder implements AlgListener {
        @Override
        public void sessionOpened(SessionOpened event) {
            events.add(event);
        }

        @Override
        public void sessionRefused(SessionRefused event) {
            events.add(event);
        }

        @Override
        public void sessionClosed(SessionClosed event) {
            events.add(event);
        }
    }

    private FtpAlg started(FtpAlgBuilder builder) throws Exception {
        FtpAlg gateway = builder.build().start().toCompletableFuture().get(10, TimeUnit.SECONDS);
        closed.add(gateway);
        return gateway;
    }

    private Embedder embedder(TransportType type, Limits limits, BiConsumer<FtpAlg, ChannelHandlerContext> accept)
            throws Exception {
        IoEventLoopGroup loops = loops(type);
        FtpAlg gateway = started(builder(loops).limits(limits));
        return new Embedder(gateway, loops, bind(type, loops, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                client.pipeline()
                        .addLast(new LoggingHandler(), new PrefaceHandler(context -> accept.accept(gateway, context)));
            }
        }));
    }

    private Embedder embedder(TransportType type) throws Exception {
        return embedder(type, Limits.defaults(), (gateway, context) -> gateway.accept(context.channel()));
    }

    private InetSocketAddress bind(TransportType type, IoEventLoopGroup loops, ChannelHandler initializer)
            throws InterruptedException {
        Class<? extends ServerChannel> channel =
                type == TransportType.EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(channel)
                .childHandler(initializer)
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        closed.add(() -> listener.close().sync());
        return (InetSocketAddress) listener.localAddress();
    }

    /** Reads a line, hands the connection over, and passes on what it has read beyond. */
    private final class PrefaceHandler extends ByteToMessageDecoder {
        private final Consumer<ChannelHandlerContext> handOver;

        PrefaceHandler(Consumer<ChannelHandlerContext> handOver) {
            this.handOver = handOver;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            int end = in.bytesBefore((byte) '\n');
            if (end >= 0) {
                in.skipBytes(end + 1);
                handOver.accept(ctx);
                ctx.pipeline().remove(this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause.getCause() == null ? cause : cause.getCause());
            ctx.close();
        }
    }

    // ---- the client's side

    private record Client(Socket socket, BufferedReader in) implements AutoCloseable {
        static Client connect(Embedder embedder, String first) throws IOException {
            Socket socket = new Socket(
                    embedder.address().getAddress(), embedder.address().getPort());
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
            return of(socket);
        }

        static Client of(Socket socket) throws IOException {
            return new Client(
                    socket,
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Returns the code of the next reply; "" at the end. */
        String reply() throws IOException {
            String line = in.readLine();
            return line == null ? "" : line.substring(0, 3);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void transfersBothWaysInAllModes(TransportType type) throws Exception {
        Embedder embedder = embedder(type);
        byte[] file = new byte[1 << 20];
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) (i * 31);
        }
        for (boolean passive : new boolean[] {true, false}) {
            FTPClient client = new FTPClient();
            client.setSocketFactory(new PrefaceSockets());
            client.connect(embedder.address().getAddress(), embedder.address().getPort());
            client.setSoTimeout(20_000);
            assertThat(client.login("tester", "secret")).isTrue();
            client.setFileType(FTP.BINARY_FILE_TYPE);
            if (passive) {
                client.enterLocalPassiveMode();
            } else {
                client.enterLocalActiveMode();
            }

            assertThat(client.storeFile("file", new ByteArrayInputStream(file))).isTrue();
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            assertThat(client.retrieveFile("file", back)).isTrue();

            assertThat(back.toByteArray()).isEqualTo(file);
            assertThat(embedder.gateway().sessions()).isEqualTo(1);
            client.quit();
            client.disconnect();
            await().atMost(PATIENCE).until(() -> embedder.gateway().sessions() == 0);
        }
        assertThat(failures).isEmpty();
    }

    /** Sends the preface on the first connection, which is the control connection. */
    private static final class PrefaceSockets extends DefaultSocketFactory {
        private boolean first = true;

        @Override
        public Socket createSocket() throws IOException {
            if (!first) {
                return super.createSocket();
            }
            first = false;
            return new Socket() {
                @Override
                public void connect(SocketAddress to, int timeout) throws IOException {
                    super.connect(to, timeout);
                    getOutputStream().write(PREFACE.getBytes(StandardCharsets.ISO_8859_1));
                }
            };
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void takesCommandsThatCameWithThePreface(TransportType type) throws Exception {
        Embedder embedder = embedder(type);

        try (Client client = Client.connect(embedder, PREFACE + "USER tester\r\nPASS secret\r\nNOOP\r\n")) {
            assertThat(List.of(client.reply(), client.reply(), client.reply(), client.reply()))
                    .containsExactly("220", "331", "230", "200");
        }
    }

    /** SO_OOBINLINE: the urgent byte of an ABOR would be lost otherwise, here the last one of a name. */
    @ParameterizedTest
    @MethodSource("transports")
    void receivesUrgentDataInTheStream(TransportType type) throws Exception {
        Embedder embedder = embedder(type);
        try (Client client = Client.connect(embedder, PREFACE)) {
            assertThat(client.reply()).isEqualTo("220");

            client.send("USER teste");
            client.socket().sendUrgentData('r');
            client.send("\r\n");
            assertThat(client.reply()).isEqualTo("331");
            client.send("PASS secret\r\n");

            assertThat(client.reply()).isEqualTo("230");
        }
    }

    /** ALLOW_HALF_CLOSURE: what was sent before the end is answered. */
    @ParameterizedTest
    @MethodSource("transports")
    void answersWhatCameBeforeTheEndOfInput(TransportType type) throws Exception {
        Embedder embedder = embedder(type);
        try (Client client = Client.connect(embedder, PREFACE)) {
            assertThat(client.reply()).isEqualTo("220");

            client.send("USER tester\r\n");
            client.socket().shutdownOutput();

            assertThat(client.reply()).isEqualTo("331");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void acceptsEveryConnectionOfABootstrapWithItsInitializer(TransportType type) throws Exception {
        IoEventLoopGroup loops = loops(type);
        FtpAlg gateway = started(builder(loops));
        Embedder embedder = new Embedder(gateway, loops, bind(type, loops, gateway.initializer()));

        try (Client one = Client.connect(embedder, "");
                Client other = Client.connect(embedder, "")) {
            assertThat(List.of(one.reply(), other.reply())).containsExactly("220", "220");
            assertThat(gateway.sessions()).isEqualTo(2);
        }

        await().atMost(PATIENCE).until(() -> gateway.sessions() == 0);
        assertThat(events.stream().filter(AlgListener.SessionOpened.class::isInstance))
                .hasSize(2);
    }

    /** A server that holds its channels until it knows what they are. */
    @ParameterizedTest
    @MethodSource("transports")
    void readsAChannelThatWasAcceptedWithoutReading(TransportType type) throws Exception {
        IoEventLoopGroup loops = loops(type);
        FtpAlg gateway = started(builder(loops));
        Embedder embedder = new Embedder(gateway, loops, bind(type, loops, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                client.config().setOption(ChannelOption.AUTO_READ, false);
                client.eventLoop().schedule(() -> gateway.accept(client), 10, TimeUnit.MILLISECONDS);
            }
        }));

        try (Client client = Client.connect(embedder, "USER tester\r\n")) {
            assertThat(List.of(client.reply(), client.reply())).containsExactly("220", "331");
        }
    }

    // ---- the same guarantees

    @Test
    void knowsTheClientByTheAddressThatTheProxyNames() throws Exception {
        InetSocketAddress named = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 4711);
        Limits limits = Limits.builder().sessionsPerAddress(1).build();
        Embedder embedder =
                embedder(TransportType.NIO, limits, (gateway, context) -> gateway.accept(context.channel(), named));

        try (Client first = Client.connect(embedder, PREFACE)) {
            assertThat(first.reply()).isEqualTo("220");
            try (Client second = Client.connect(embedder, PREFACE)) {
                assertThat(second.reply()).isEqualTo("421");
            }
        }

        await().atMost(PATIENCE).until(() -> events.size() >= 3);
        assertThat(events.get(0)).isInstanceOfSatisfying(AlgListener.SessionOpened.class, opened -> {
            assertThat(opened.client()).isEqualTo(named);
            assertThat(opened.listener()).isEqualTo(embedder.address());
        });
        assertThat(events).contains(new AlgListener.SessionRefused(named, CloseCause.SESSION_LIMIT));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void refusesWhoIsTooManyAndCountsWhoLeaves(TransportType type) throws Exception {
        List<Boolean> accepted = new CopyOnWriteArrayList<>();
        Embedder embedder = embedder(
                type,
                Limits.builder().sessions(1).build(),
                (gateway, context) -> accepted.add(gateway.accept(context.channel())));

        try (Client first = Client.connect(embedder, PREFACE)) {
            assertThat(first.reply()).isEqualTo("220");
            try (Client second = Client.connect(embedder, PREFACE + "USER tester\r\n")) {
                assertThat(List.of(second.reply(), second.reply())).containsExactly("421", "");
            }
        }
        await().atMost(PATIENCE).until(() -> embedder.gateway().sessions() == 0);
        try (Client third = Client.connect(embedder, PREFACE)) {
            assertThat(third.reply()).isEqualTo("220");
        }

        assertThat(accepted).containsExactly(true, false, true);
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void drainsWithTheGatewayAndRefusesAfterThat(TransportType type) throws Exception {
        Embedder embedder = embedder(type);
        try (Client idle = Client.connect(embedder, PREFACE)) {
            assertThat(idle.reply()).isEqualTo("220");

            CompletableFuture<Void> stopped = embedder.gateway().stop(PATIENCE).toCompletableFuture();

            assertThat(List.of(idle.reply(), idle.reply())).containsExactly("421", "");
            idle.socket().close();
            stopped.get(10, TimeUnit.SECONDS);
        }
        try (Client late = Client.connect(embedder, PREFACE)) {
            assertThat(late.reply()).isEqualTo("421");
        }
        assertThat(embedder.loops().isShuttingDown()).isFalse();
        assertThat(failures).isEmpty();
    }

    /** The server that it is routed to is the embedder's own, in front of the gateway. */
    @Test
    void doesNotBecomeItsOwnClient() throws Exception {
        IoEventLoopGroup loops = loops(TransportType.NIO);
        CompletableFuture<FtpAlg> gateway = new CompletableFuture<>();
        InetSocketAddress own = bind(TransportType.NIO, loops, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                gateway.join().accept(client, new InetSocketAddress("192.0.2.7", 4711));
            }
        });
        gateway.complete(started(builder(loops)
                .router(Routers.fixed(
                        new HostPort("127.0.0.1", own.getPort()), ServerDataMode.CLIENT, Optional.empty()))));

        try (Client client = Client.connect(new Embedder(gateway.join(), loops, own), "")) {
            assertThat(client.reply()).isEqualTo("421");
        }

        assertThat(events)
                .filteredOn(AlgListener.SessionRefused.class::isInstance)
                .extracting(event -> ((AlgListener.SessionRefused) event).cause())
                .containsExactly(CloseCause.LOOP);
    }

    // ---- TLS

    /** As a server that looks at the name in the ClientHello: it has read that, and passes it on. */
    @ParameterizedTest
    @MethodSource("transports")
    void beginsTlsWithBytesThatWereReadBefore(TransportType type) throws Exception {
        IoEventLoopGroup loops = loops(type);
        FtpAlg gateway = started(builder(loops).clientTls(ClientTls.OPTIONAL, ClientTlsContexts.of(certificate())));
        Embedder embedder = new Embedder(gateway, loops, bind(type, loops, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                client.pipeline().addLast(new HelloHandler(gateway));
            }
        }));
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        Socket plain =
                new Socket(embedder.address().getAddress(), embedder.address().getPort());
        plain.setSoTimeout(10_000);

        try (SSLSocket tls = (SSLSocket) trusting.getSocketFactory().createSocket(plain, "localhost", 21, true);
                Client client = Client.of(tls)) {
            assertThat(client.reply()).isEqualTo("220");
            client.send("USER tester\r\n");
            assertThat(client.reply()).isEqualTo("331");
        }
        assertThat(failures).isEmpty();
    }

    /** Accepts when the first bytes of the ClientHello are there. */
    private static final class HelloHandler extends ByteToMessageDecoder {
        private final FtpAlg gateway;

        HelloHandler(FtpAlg gateway) {
            this.gateway = gateway;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            if (in.readableBytes() >= 5) {
                gateway.acceptImplicitTls(ctx.channel());
                ctx.pipeline().remove(this);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void beginsTlsByAuthBehindAHandlerThatStays(TransportType type) throws Exception {
        IoEventLoopGroup loops = loops(type);
        FtpAlg gateway = started(builder(loops).clientTls(ClientTls.OPTIONAL, ClientTlsContexts.of(certificate())));
        Embedder embedder = new Embedder(gateway, loops, bind(type, loops, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                client.pipeline().addLast(new LoggingHandler());
                gateway.accept(client);
            }
        }));
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);

        try (Client clear = Client.connect(embedder, "")) {
            assertThat(clear.reply()).isEqualTo("220");
            clear.send("AUTH TLS\r\n");
            assertThat(clear.reply()).isEqualTo("234");
            SSLSocket tls =
                    (SSLSocket) trusting.getSocketFactory().createSocket(clear.socket(), "localhost", 21, false);
            Client secured = Client.of(tls);
            secured.send("USER tester\r\n");
            assertThat(secured.reply()).isEqualTo("331");
        }
    }

    private static SslContext certificate() throws Exception {
        return SslContextBuilder.forServer(new CertificateBuilder()
                        .subject("CN=localhost")
                        .ecp256()
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned()
                        .toKeyManagerFactory())
                .build();
    }

    // ---- what cannot be accepted

    /** An embedder may look these up: {@link FtpAlg#accept(Channel)} has their names. */
    @Test
    void namesTheHandlersOfASessionAsDocumented() throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        Embedder embedder = embedder(TransportType.NIO, Limits.defaults(), (gateway, context) -> {
            gateway.accept(context.channel());
            names.addAll(context.pipeline().toMap().keySet());
        });

        try (Client client = Client.connect(embedder, PREFACE)) {
            assertThat(client.reply()).isEqualTo("220");
        }
        assertThat(names).containsSubsequence("decoder", "encoder", "session").endsWith("session");
    }

    @Test
    void refusesAChannelThatWasAcceptedBeforeAndKeepsItsSession() throws Exception {
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        Embedder embedder = embedder(TransportType.NIO, Limits.defaults(), (gateway, context) -> {
            gateway.accept(context.channel());
            try {
                second.complete(new AssertionError("accepted again: " + gateway.accept(context.channel())));
            } catch (IllegalStateException e) {
                second.complete(e);
            }
        });

        try (Client client = Client.connect(embedder, PREFACE)) {
            assertThat(client.reply()).isEqualTo("220");
            client.send("USER tester\r\n");
            assertThat(client.reply()).isEqualTo("331");
        }
        assertThat(second.get(10, TimeUnit.SECONDS)).hasMessageStartingWith("the channel was accepted before");
    }

    @Test
    void refusesAChannelWithTlsOrWithAHandlerOfTheSameName() throws Exception {
        List<String> messages = new CopyOnWriteArrayList<>();
        IoEventLoopGroup loops = loops(TransportType.NIO);
        FtpAlg gateway = started(builder(loops));
        SslContext tls = certificate();
        Embedder embedder = new Embedder(gateway, loops, bind(TransportType.NIO, loops, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                ChannelHandler handler = tls.newHandler(client.alloc());
                client.pipeline().addLast("mine", handler);
                messages.add(refusal(() -> gateway.accept(client)));
                client.pipeline().remove(handler);
                client.pipeline().addLast("decoder", new ChannelInboundHandlerAdapter());
                messages.add(refusal(() -> gateway.accept(client)));
                client.pipeline().remove("decoder");
                messages.add(refusal(() -> gateway.acceptImplicitTls(client)));
                messages.add(refusal(
                        () -> gateway.accept(client, InetSocketAddress.createUnresolved("client.example.com", 1))));
                messages.add(String.valueOf(gateway.accept(client)));
            }
        }));

        try (Client client = Client.connect(embedder, "")) {
            assertThat(client.reply()).isEqualTo("220");
        }
        assertThat(messages)
                .satisfiesExactly(
                        text -> assertThat(text).contains("hand it over before TLS begins"),
                        text -> assertThat(text).contains("named decoder").contains("another name"),
                        text -> assertThat(text).contains("call FtpAlgBuilder.clientTls"),
                        text -> assertThat(text).contains("client.example.com"),
                        text -> assertThat(text).isEqualTo("true"));
    }

    private static String refusal(Runnable action) {
        try {
            action.run();
            return "accepted";
        } catch (IllegalStateException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void refusesWhatIsNoTcpConnectionOfItsEventLoops() throws Exception {
        IoEventLoopGroup loops = loops(TransportType.NIO);
        IoEventLoopGroup others = loops(TransportType.NIO);
        FtpAlg gateway = started(builder(loops));
        Channel foreign = registered(others);
        Channel own = registered(loops);
        closed.add(() -> foreign.close().sync());
        closed.add(() -> own.close().sync());

        for (Channel memory : List.of(new EmbeddedChannel(), new LocalChannel())) {
            assertThatThrownBy(() -> gateway.accept(memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SocketChannel")
                    .hasMessageContaining("loopback");
        }
        assertThatThrownBy(() -> gateway.accept(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the same group to FtpAlgBuilder.eventLoops");
        assertThatThrownBy(() -> gateway.accept(own))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("channel.eventLoop().execute");
        NioSocketChannel unregistered = new NioSocketChannel();
        closed.add(unregistered.unsafe()::closeForcibly);
        assertThatThrownBy(() -> gateway.accept(unregistered))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no event loop");
    }

    private static Channel registered(IoEventLoopGroup loops) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new LoggingHandler())
                .register()
                .sync()
                .channel();
    }

    /** Not connected, or closed in the meantime. */
    @Test
    void closesAChannelWhoseClientIsGone() throws Exception {
        IoEventLoopGroup loops = loops(TransportType.NIO);
        FtpAlg gateway = started(builder(loops));
        Channel gone = registered(loops);

        assertThat(gone.eventLoop().submit(() -> gateway.accept(gone)).get(10, TimeUnit.SECONDS))
                .isFalse();

        assertThat(gone.isOpen()).isFalse();
        assertThat(gateway.sessions()).isZero();
    }

    @Test
    void acceptsNothingBeforeTheStart() {
        FtpAlg gateway = builder(loops(TransportType.NIO)).build();

        assertThatThrownBy(() -> gateway.accept(new EmbeddedChannel()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("when start() has completed");
    }
}
