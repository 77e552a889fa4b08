package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.TunnelProxy.Protocol;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialRequestTest {

    @Test
    void refusesANameThatWasNotResolved() {
        assertThatThrownBy(() -> new DialRequest(
                        InetSocketAddress.createUnresolved("ftp.example", 20), Optional.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dialsTheFirstProxyOfATunnel() {
        InetSocketAddress proxy = new InetSocketAddress(DataFixture.LOCALHOST, 1080);
        Tunnel tunnel = new Tunnel(
                new Via(List.of(TunnelProxy.of(Protocol.SOCKS5, new HostPort("127.0.0.1", 1080)))),
                proxy,
                InetSocketAddress.createUnresolved("server.test", 50000));

        DialRequest request = new DialRequest(
                        new InetSocketAddress(DataFixture.LOCALHOST, 20), Optional.empty(), DataFixture.SECONDS)
                .through(tunnel);

        assertThat(request.remote()).isEqualTo(proxy);
        assertThat(request.withForeign(true).tunnel()).contains(tunnel);
        assertThat(tunnel.name()).isEqualTo("socks5 proxy 127.0.0.1:1080");
    }

    @Test
    void refusesPortsOfNoAddress() {
        assertThatThrownBy(() -> new DialRequest(
                        new InetSocketAddress(DataFixture.LOCALHOST, 20),
                        Optional.empty(),
                        Optional.of(new PortRange(1, 2)),
                        DataFixture.SECONDS,
                        PacketMarks.NONE))
                .hasMessageContaining("local address");
    }

    @Test
    void namesTheLocalEndsToTry() {
        InetSocketAddress remote = new InetSocketAddress(DataFixture.LOCALHOST, 20);
        Optional<InetSocketAddress> local = Optional.of(new InetSocketAddress(DataFixture.LOCALHOST, 7));

        assertThat(new DialRequest(remote, Optional.empty(), DataFixture.SECONDS).locals())
                .isExhausted();
        assertThat(new DialRequest(remote, local, DataFixture.SECONDS).locals())
                .toIterable()
                .containsExactly(local.get());
        assertThat(new DialRequest(
                                remote,
                                Optional.of(new InetSocketAddress(DataFixture.LOCALHOST, 0)),
                                DataFixture.SECONDS)
                        .locals(false))
                .toIterable()
                .hasSize(17);
        assertThat(new DialRequest(
                                remote, local, Optional.of(new PortRange(8, 9)), DataFixture.SECONDS, PacketMarks.NONE)
                        .locals())
                .toIterable()
                .containsExactlyInAnyOrder(
                        new InetSocketAddress(DataFixture.LOCALHOST, 8),
                        new InetSocketAddress(DataFixture.LOCALHOST, 9));
    }

    @Test
    void refusesATimeoutOfNothing() {
        assertThatThrownBy(() -> new DialRequest(
                        new InetSocketAddress(DataFixture.LOCALHOST, 20), Optional.empty(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
