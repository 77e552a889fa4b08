package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.Texts;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.routing.Routers;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FtpAlgBuilderTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 0);
    private static final Router ROUTER =
            Routers.fixed(new HostPort("127.0.0.1", 21), ServerDataMode.CLIENT, Optional.empty());

    private static final ClientTlsContexts NO_CONTEXTS =
            (name, listener) -> CompletableFuture.failedStage(new IllegalStateException());

    private final FtpAlgBuilder builder = FtpAlg.builder();

    @Test
    void needsARouter() {
        assertThatThrownBy(builder.listen(ADDRESS)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("router");
    }

    @Test
    void needsAnAddress() {
        assertThatThrownBy(builder.router(ROUTER)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("address");
    }

    @Test
    void needsNoAddressWhereClientsAreAcceptedElsewhereButTheirEventLoops() {
        assertThatThrownBy(builder.router(ROUTER).acceptOnly()::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("acceptOnly needs eventLoops");
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            assertThat(builder.eventLoops(group).build().boundAddresses()).isEmpty();
            assertThatThrownBy(builder.listen(ADDRESS)::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("acceptOnly contradicts listen: leave one of them out");
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void hasDefaultsForEverythingElse() {
        assertThat(builder.listen(ADDRESS).router(ROUTER).build().boundAddresses())
                .isEmpty();
        GatewayOptions built = builder.options();
        assertThat(built.limits()).isEqualTo(Limits.defaults());
        assertThat(built.dataConnect()).isEqualTo(DataConnect.EARLY);
        assertThat(built.pasvAddress()).isEqualTo(PasvAddress.IGNORE);
        assertThat(built.dataPeers()).isEqualTo(DataPeers.SAME);
        assertThat(built.relay()).isEqualTo(RelayType.AUTO);
        assertThat(built.telnet()).isEqualTo(TelnetMode.AUTO);
        assertThat(built.sockets()).isEqualTo(SocketSettings.DEFAULT);
        assertThat(built.passiveAddresses()).isEmpty();
        assertThat(built.nameServers()).isEmpty();
    }

    @Test
    void keepsNameServersThatAreAddresses() {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", 53);

        assertThat(complete().nameServers(List.of(server)).options().nameServers())
                .containsExactly(server);
        assertThatThrownBy(() ->
                        builder.nameServers(List.of(server, InetSocketAddress.createUnresolved("ns.example.com", 53))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ns.example.com");
    }

    @Test
    void keepsWhatItIsTold() {
        Limits limits = Limits.builder().sessions(7).build();
        CommandFilter filter = CommandFilter.safeSite();
        AlgListener listener = new AlgListener() {};
        InetAddress advertised = IpLiteral.of(new byte[] {(byte) 192, 0, 2, 1});

        complete()
                .limits(limits)
                .filter(filter)
                .listener(listener)
                .passivePorts(new PortRange(1, 2))
                .passiveAddress(advertised)
                .activeSourcePort(20)
                .dataConnect(DataConnect.LATE)
                .pasvAddress(PasvAddress.MATCH)
                .dataPeers(DataPeers.NETWORK)
                .relay(RelayType.BUFFER)
                .telnet(false);

        GatewayOptions built = builder.options();
        assertThat(built.limits()).isSameAs(limits);
        assertThat(built.filter()).isSameAs(filter);
        assertThat(built.listeners()).containsExactly(listener);
        assertThat(built.sockets().passivePorts()).contains(new PortRange(1, 2));
        assertThat(built.passiveAddresses()).containsExactly(PassiveAddress.of(advertised.getHostAddress()));
        assertThat(built.sockets().activeSourcePort()).contains(20);
        assertThat(built.dataConnect()).isEqualTo(DataConnect.LATE);
        assertThat(built.pasvAddress()).isEqualTo(PasvAddress.MATCH);
        assertThat(built.dataPeers()).isEqualTo(DataPeers.NETWORK);
        assertThat(built.relay()).isEqualTo(RelayType.BUFFER);
        assertThat(built.telnet()).isEqualTo(TelnetMode.OFF);
    }

    @Test
    void refusesAPassiveAddressThatA227CannotCarry() {
        InetAddress ipv6 = IpLiteral.parse("::1").orElseThrow();

        assertThatThrownBy(() -> builder.passiveAddress(ipv6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IPv4");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesASourcePortThatIsNone(int port) {
        assertThatThrownBy(() -> builder.activeSourcePort(port)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void takesTheFirstAndTheLastSourcePort(int port) {
        assertThat(complete().activeSourcePort(port).options().sockets().activeSourcePort())
                .contains(port);
    }

    @Test
    void refusesToSpliceWithoutEpoll() {
        builder.listen(ADDRESS).router(ROUTER).transport(TransportType.NIO).relay(RelayType.SPLICE);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relay SPLICE needs transport EPOLL, not NIO");
    }

    @Test
    void refusesToLeaveDataToTheKernelWithoutEpoll() {
        builder.listen(ADDRESS).router(ROUTER).transport(TransportType.NIO).relay(RelayType.KERNEL);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relay KERNEL needs transport EPOLL, not NIO");
    }

    /** The ports of clients alone, those of servers alone, or none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refusesToLeaveDataToTheKernelWithoutBothPorts(int given) {
        assumeTrue(Epoll.isAvailable());
        complete().transport(TransportType.EPOLL).relay(RelayType.KERNEL);
        if (given == 1) {
            builder.passivePorts(new PortRange(41000, 41099));
        } else if (given == 2) {
            builder.sockets(SocketSettings.DEFAULT.withSourcePorts(new PortRange(42000, 42099)));
        }

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs passivePorts")
                .hasMessageContaining("sourcePorts");
    }

    @Test
    void refusesToMarkWithoutEpoll() {
        builder.listen(ADDRESS).router(ROUTER).transport(TransportType.NIO).sockets(SocketSettings.DEFAULT.withMark(7));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mark needs transport EPOLL, not NIO");
    }

    @Test
    void changesTheSocketsByOneSettingAtATimeInWhicheverOrder() {
        SocketSettings settings = SocketSettings.DEFAULT.withDscp(46).withActiveSourcePort(21);

        complete().activeSourcePort(20).sockets(settings).passivePorts(new PortRange(1, 2));

        assertThat(builder.options().sockets())
                .isEqualTo(settings.withActiveSourcePort(20).withPassivePorts(new PortRange(1, 2)));
    }

    @Test
    void refusesToSpliceOnEventLoopsThatAreNotEpoll() {
        assertRefused(NioIoHandler.newFactory(), "not NIO");
    }

    @Test
    void refusesEventLoopsOfNoTransport() {
        assertRefused(LocalIoHandler.newFactory(), "no transport");
    }

    @Test
    void takesTheTransportFromTheEventLoops() {
        assumeTrue(Epoll.isAvailable());
        IoEventLoopGroup group = FtpAlg.newEventLoops(TransportType.EPOLL, 1, Thread::new);
        try {
            assertThat(complete()
                            .eventLoops(group)
                            .relay(RelayType.SPLICE)
                            .options()
                            .transport())
                    .isEqualTo(Transport.EPOLL);
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void refusesATransportThatTheEventLoopsDoNotDrive() {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            complete().eventLoops(group).transport(TransportType.NIO).build();
            assumeTrue(Epoll.isAvailable());
            assertThatThrownBy(builder.transport(TransportType.EPOLL)::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("transport(EPOLL) contradicts eventLoops, which drive NIO: leave one of them out");
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void refusesEpollEventLoopsThatLoseDataConnections() {
        assumeTrue(Epoll.isAvailable());
        assertRefused(EpollIoHandler.newFactory(), "FtpAlg.newEventLoops(TransportType.EPOLL)");
    }

    /** As for instrumentation: whether its handler keeps descriptors registered cannot be seen. */
    @Test
    void refusesEpollEventLoopsWithAHandlerAroundNettys() {
        assumeTrue(Epoll.isAvailable());
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        assertRefused(
                executor -> new WrappedIoHandler(epoll.newHandler(executor)),
                "FtpAlg.newEventLoops(TransportType.EPOLL)");
    }

    private record WrappedIoHandler(IoHandler handler) implements IoHandler {
        @Override
        public void initialize() {
            handler.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            return handler.run(context);
        }

        @Override
        public void prepareToDestroy() {
            handler.prepareToDestroy();
        }

        @Override
        public void destroy() {
            handler.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return handler.register(handle);
        }

        @Override
        public void wakeup() {
            handler.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return handler.isCompatible(type);
        }
    }

    @Test
    void refusesTlsAndAuthThatDenyEachOtherInWhicheverOrder() {
        ClientTls required = new ClientTls(TlsUse.REQUIRED, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, false, false);
        String message =
                "auth(DENY) contradicts clientTls(control REQUIRED): AUTH is the gateway's own where it has TLS;"
                        + " leave one of them out";

        assertThatThrownBy(complete().clientTls(required, NO_CONTEXTS).auth(AuthMode.DENY)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(FtpAlg.builder()
                        .listen(ADDRESS)
                        .router(ROUTER)
                        .auth(AuthMode.DENY)
                        .clientTls(required, NO_CONTEXTS)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void isUsedAgainWithoutChangingWhatItBuilt() throws Exception {
        FtpAlg first = complete().build();
        GatewayOptions before = builder.options();
        InetSocketAddress other = new InetSocketAddress("127.0.0.4", 0);

        builder.listen(other)
                .listener(new AlgListener() {})
                .limits(Limits.builder().sessions(1).build())
                .listenImplicitTls(ADDRESS)
                .clientTls(ClientTls.OPTIONAL, NO_CONTEXTS)
                .telnet(false);

        assertThat(before.addresses()).containsExactly(ADDRESS);
        assertThat(before.listeners()).isEmpty();
        assertThat(before.implicitTlsAddresses()).isEmpty();
        try (FtpAlg started = first.start().toCompletableFuture().get(10, TimeUnit.SECONDS)) {
            assertThat(started.boundAddresses())
                    .singleElement()
                    .extracting(InetSocketAddress::getAddress)
                    .isEqualTo(ADDRESS.getAddress());
        }
    }

    /** Each method of the builder, and each collection that was given to one, changes after the gateway is built. */
    @Test
    void isASnapshotOfEverything() throws ReflectiveOperationException {
        List<InetSocketAddress> nameServers = new ArrayList<>(List.of(new InetSocketAddress("127.0.0.1", 53)));
        List<Cidr> peers = new ArrayList<>(List.of(Cidr.parse("192.0.2.0/24").orElseThrow()));
        Set<LoginDialect> dialects = EnumSet.of(LoginDialect.USER_AT_HOST);
        complete()
                .nameServers(nameServers)
                .dataPeers(DataPeers.in(peers))
                .pasvAddress(PasvAddress.in(peers))
                .login(LoginPolicy.DEFAULT.withDialects(dialects));
        GatewayOptions built = builder.options();
        Map<String, String> before = components(built);

        nameServers.clear();
        peers.clear();
        dialects.clear();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        loops.shutdownGracefully();
        Map<String, Runnable> changes = changes(loops);
        changes.values().forEach(Runnable::run);

        assertThat(components(built)).isEqualTo(before);
        assertThat(changes.keySet())
                .as("each method of the builder is called here")
                .isEqualTo(Stream.of(FtpAlgBuilder.class.getMethods())
                        .filter(method -> method.getReturnType() == FtpAlgBuilder.class)
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
    }

    private Map<String, Runnable> changes(IoEventLoopGroup loops) {
        InetSocketAddress other = new InetSocketAddress("127.0.0.4", 0);
        return Map.ofEntries(
                Map.entry("listen", () -> builder.listen(other)),
                Map.entry("acceptOnly", builder::acceptOnly),
                Map.entry("inspector", () -> builder.inspector(transfer -> Optional.empty())),
                Map.entry("remnant", () -> builder.remnant(Remnant.DELETE)),
                Map.entry("transfers", () -> builder.transfers((command, session) -> TransferTerms.NONE)),
                Map.entry("protocol", () -> builder.protocol(ListenerProtocol.SOCKS5)),
                Map.entry("listenImplicitTls", () -> builder.listenImplicitTls(other)),
                Map.entry(
                        "router",
                        () -> builder.router(
                                Routers.fixed(new HostPort("127.0.0.2", 21), ServerDataMode.CLIENT, Optional.empty()))),
                Map.entry(
                        "limits",
                        () -> builder.limits(Limits.builder().sessions(1).build())),
                Map.entry("filter", () -> builder.filter(CommandFilter.deny(Set.of(FtpVerb.DELE)))),
                Map.entry("replyFilter", () -> builder.replyFilter((reply, command, session) -> reply)),
                Map.entry("login", () -> builder.login(LoginPolicy.DEFAULT)),
                Map.entry(
                        "texts", () -> builder.texts(new Texts(Optional.of(FtpReply.of(220, "x")), Optional.empty()))),
                Map.entry("gate", () -> builder.gate(client -> Optional.of(FtpReply.of(421, "no")))),
                Map.entry("listener", () -> builder.listener(new AlgListener() {})),
                Map.entry("sockets", () -> builder.sockets(SocketSettings.DEFAULT.withDscp(46))),
                Map.entry("passivePorts", () -> builder.passivePorts(new PortRange(1, 2))),
                Map.entry("passiveAddress", () -> builder.passiveAddress(other.getAddress())),
                Map.entry(
                        "passiveAddresses",
                        () -> builder.passiveAddresses(List.of(
                                new PassiveAddress(Cidr.parse("10.0.0.0/8").orElseThrow(), "ftp.example")))),
                Map.entry("announcePorts", () -> builder.passivePorts(new PortRange(1, 2))
                        .announcePorts(3)),
                Map.entry("activeSourcePort", () -> builder.activeSourcePort(20)),
                Map.entry("dataConnect", () -> builder.dataConnect(DataConnect.LATE)),
                Map.entry("pasvAddress", () -> builder.pasvAddress(PasvAddress.MATCH)),
                Map.entry("dataPeers", () -> builder.dataPeers(DataPeers.NETWORK)),
                Map.entry("transport", () -> builder.transport(TransportType.NIO)),
                Map.entry("relay", () -> builder.relay(RelayType.BUFFER)),
                Map.entry("kernelPath", () -> builder.kernelPath(new KernelPath("other", 7, List.of()))),
                Map.entry("nameServers", () -> builder.nameServers(List.of())),
                Map.entry("eventLoops", () -> builder.eventLoops(loops)),
                Map.entry("telnet", () -> builder.telnet(TelnetMode.OFF)),
                Map.entry(
                        "proxyProtocol",
                        () -> builder.proxyProtocol(new ProxyProtocol(
                                List.of(Cidr.parse("10.0.0.0/8").orElseThrow()), true, false))),
                Map.entry("transparent", () -> builder.transparent(TransparentMode.TPROXY)),
                Map.entry("spoofClient", builder::spoofClient),
                Map.entry("clientTls", () -> builder.clientTls(ClientTls.OPTIONAL, NO_CONTEXTS)),
                Map.entry("auth", () -> builder.auth(AuthMode.DENY)),
                Map.entry(
                        "serverTls",
                        () -> builder.serverTls(tls -> {
                            throw new IllegalStateException();
                        })));
    }

    /** Returns the components by name, as text, so that a change inside one would show. */
    private static Map<String, String> components(GatewayOptions options) throws ReflectiveOperationException {
        Map<String, String> components = new TreeMap<>();
        for (RecordComponent component : GatewayOptions.class.getRecordComponents()) {
            components.put(
                    component.getName(), String.valueOf(component.getAccessor().invoke(options)));
        }
        return components;
    }

    @Test
    void refusesWhatContradictsTransparentMode() throws Exception {
        assumeTrue(Epoll.isAvailable());
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});

        assertThatThrownBy(complete().spoofClient()::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("spoofClient needs transparent:");
        assertThatThrownBy(complete().transparent(TransparentMode.REDIRECT)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("transparent(REDIRECT) needs passivePorts:");
        assertThatThrownBy(complete()
                        .transparent(TransparentMode.TPROXY)
                        .sockets(SocketSettings.from(Optional.of(address)))::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("spoofClient contradicts the source address of sockets:");
    }

    @Test
    void refusesTransparentModeWithAnAddressFor227() throws Exception {
        assumeTrue(Epoll.isAvailable());
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});

        assertThatThrownBy(complete().transparent(TransparentMode.TPROXY).passiveAddress(address)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("transparent contradicts passiveAddress:");
    }

    @Test
    void refusesTransparentModeBehindABalancer() {
        assumeTrue(Epoll.isAvailable());
        ProxyProtocol balancers =
                new ProxyProtocol(List.of(Cidr.parse("10.0.0.0/8").orElseThrow()), true, false);

        assertThatThrownBy(complete().transparent(TransparentMode.TPROXY).proxyProtocol(balancers)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("transparent contradicts proxyProtocol:");
    }

    @Test
    void refusesTransparentModeWithoutEpoll() {
        assertThatThrownBy(complete().transparent(TransparentMode.TPROXY).transport(TransportType.NIO)::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transparent needs transport EPOLL, not NIO");
    }

    @Test
    void refusesImplicitTlsWithoutCertificates() {
        builder.router(ROUTER).listenImplicitTls(ADDRESS);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clientTls");
    }

    @Test
    void refusesToTerminateAuthWithoutCertificates() {
        assertThatThrownBy(() -> builder.auth(AuthMode.TERMINATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientTls");
        assertThat(complete().auth(AuthMode.PASSTHROUGH).options().clientTls().auth())
                .isEqualTo(AuthMode.PASSTHROUGH);
    }

    @Test
    void listensForImplicitTlsOnly() {
        builder.router(ROUTER)
                .listenImplicitTls(ADDRESS)
                .clientTls(
                        ClientTls.OPTIONAL,
                        (name, listener) -> CompletableFuture.failedStage(new IllegalStateException()));

        assertThat(builder.build().boundAddresses()).isEmpty();
        assertThat(builder.options().implicitTlsAddresses()).containsExactly(ADDRESS);
        assertThat(builder.options().clientTls()).isEqualTo(ClientTls.OPTIONAL);
        assertThat(builder.options().clientContexts()).isPresent();
    }

    private FtpAlgBuilder complete() {
        return builder.listen(ADDRESS).router(ROUTER);
    }

    private void assertRefused(IoHandlerFactory loops, String reason) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, loops);
        try {
            complete().eventLoops(group).relay(RelayType.SPLICE);

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(reason);
        } finally {
            group.shutdownGracefully();
        }
    }
}
