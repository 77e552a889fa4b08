package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AuthMode;
import io.ftpalg.policy.ClientTls;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.Router;
import io.ftpalg.policy.Routers;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.SocketSettings;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FtpAlgBuilderTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 0);
    private static final Router ROUTER =
            Routers.fixed(new HostPort("127.0.0.1", 21), ServerDataMode.CLIENT, Optional.empty());

    private final FtpAlgBuilder builder = FtpAlg.builder();

    @Test
    void needsARouter() {
        assertThatThrownBy(builder.listen(ADDRESS)::build)
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("router");
    }

    @Test
    void needsAnAddress() {
        assertThatThrownBy(builder.router(ROUTER)::build)
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("address");
    }

    @Test
    void hasDefaultsForEverythingElse() {
        assertThat(builder.listen(ADDRESS).router(ROUTER).build().boundAddresses()).isEmpty();
        assertThat(builder.limits()).isEqualTo(Limits.defaults());
        assertThat(builder.dataConnect()).isEqualTo(DataConnect.EARLY);
        assertThat(builder.pasvAddress()).isEqualTo(PasvAddress.IGNORE);
        assertThat(builder.dataPeers()).isEqualTo(DataPeers.SAME);
        assertThat(builder.relay()).isEqualTo(RelayType.AUTO);
        assertThat(builder.telnet()).isEqualTo(TelnetMode.AUTO);
        assertThat(builder.sockets()).isEqualTo(SocketSettings.DEFAULT);
        assertThat(builder.passiveAddress()).isEmpty();
        assertThat(builder.nameServers()).isEmpty();
    }

    @Test
    void keepsNameServersThatAreAddresses() {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", 53);

        assertThat(builder.nameServers(List.of(server)).nameServers()).containsExactly(server);
        assertThatThrownBy(() -> builder.nameServers(List.of(server, InetSocketAddress.createUnresolved("ns.example.com", 53))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ns.example.com");
    }

    @Test
    void keepsWhatItIsTold() {
        Limits limits = Limits.builder().sessions(7).build();
        CommandFilter filter = CommandFilter.safeSite();
        AlgListener listener = new AlgListener() { };
        InetAddress advertised = IpLiteral.of(new byte[] {(byte) 192, 0, 2, 1});

        builder.limits(limits).filter(filter).listener(listener).passivePorts(new PortRange(1, 2))
                .passiveAddress(advertised).activeSourcePort(20).dataConnect(DataConnect.LATE).pasvAddress(PasvAddress.MATCH)
                .dataPeers(DataPeers.NETWORK)
                .relay(RelayType.BUFFER).telnet(false);

        assertThat(builder.limits()).isSameAs(limits);
        assertThat(builder.filter()).isSameAs(filter);
        assertThat(builder.listeners()).isSameAs(listener);
        assertThat(builder.sockets().passivePorts()).contains(new PortRange(1, 2));
        assertThat(builder.passiveAddress()).contains(advertised);
        assertThat(builder.sockets().activeSourcePort()).contains(20);
        assertThat(builder.dataConnect()).isEqualTo(DataConnect.LATE);
        assertThat(builder.pasvAddress()).isEqualTo(PasvAddress.MATCH);
        assertThat(builder.dataPeers()).isEqualTo(DataPeers.NETWORK);
        assertThat(builder.relay()).isEqualTo(RelayType.BUFFER);
        assertThat(builder.telnet()).isEqualTo(TelnetMode.OFF);
    }

    @Test
    void tellsSeveralListeners() {
        assertThat(builder.listener(new AlgListener() { }).listener(new AlgListener() { }).listeners())
                .isInstanceOf(Listeners.class);
    }

    @Test
    void refusesAPassiveAddressThatA227CannotCarry() {
        InetAddress ipv6 = IpLiteral.parse("::1").orElseThrow();

        assertThatThrownBy(() -> builder.passiveAddress(ipv6))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("IPv4");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesASourcePortThatIsNone(int port) {
        assertThatThrownBy(() -> builder.activeSourcePort(port)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void takesTheFirstAndTheLastSourcePort(int port) {
        assertThat(builder.activeSourcePort(port).sockets().activeSourcePort()).contains(port);
    }

    @Test
    void refusesToSpliceWithoutEpoll() {
        builder.listen(ADDRESS).router(ROUTER).transport(TransportType.NIO).relay(RelayType.SPLICE);

        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relay SPLICE needs transport EPOLL, not NIO");
    }

    @Test
    void refusesToMarkWithoutEpoll() {
        builder.listen(ADDRESS).router(ROUTER).transport(TransportType.NIO).sockets(SocketSettings.DEFAULT.withMark(7));

        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mark needs transport EPOLL, not NIO");
    }

    @Test
    void changesTheSocketsByOneSettingAtATime() {
        SocketSettings settings = SocketSettings.DEFAULT.withDscp(46).withActiveSourcePort(21);

        builder.sockets(settings).activeSourcePort(20).passivePorts(new PortRange(1, 2));

        assertThat(builder.sockets()).isEqualTo(settings.withActiveSourcePort(20).withPassivePorts(new PortRange(1, 2)));
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
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            assertThat(builder.listen(ADDRESS).router(ROUTER).transport(TransportType.NIO).eventLoops(group)
                    .relay(RelayType.SPLICE).build().sessions()).isZero();
        } finally {
            group.shutdownGracefully();
        }
    }

    @Test
    void refusesImplicitTlsWithoutCertificates() {
        builder.router(ROUTER).listenImplicitTls(ADDRESS);

        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class).hasMessageContaining("clientTls");
    }

    @Test
    void refusesToTerminateAuthWithoutCertificates() {
        assertThatThrownBy(() -> builder.auth(AuthMode.TERMINATE)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientTls");
        assertThat(builder.auth(AuthMode.PASSTHROUGH).clientTls().auth()).isEqualTo(AuthMode.PASSTHROUGH);
    }

    @Test
    void listensForImplicitTlsOnly() {
        builder.router(ROUTER).listenImplicitTls(ADDRESS)
                .clientTls(ClientTls.OPTIONAL, (name, listener) -> CompletableFuture.failedStage(new IllegalStateException()));

        assertThat(builder.build().boundAddresses()).isEmpty();
        assertThat(builder.implicitTlsAddresses()).containsExactly(ADDRESS);
        assertThat(builder.clientTls()).isEqualTo(ClientTls.OPTIONAL);
        assertThat(builder.clientContexts()).isPresent();
    }

    private void assertRefused(IoHandlerFactory loops, String reason) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, loops);
        try {
            builder.listen(ADDRESS).router(ROUTER).eventLoops(group).relay(RelayType.SPLICE);

            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
        } finally {
            group.shutdownGracefully();
        }
    }
}
