package io.ftpalg.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    private static final InetAddress SOURCE = IpLiteral.of(new byte[] {127, 0, 0, 7});
    private static final PortRange TWO = new PortRange(2_000, 2_001);

    @Test
    void areTheSystemsChoiceWhereNothingIsSaid() {
        assertThat(of(SocketSettings.DEFAULT, "192.0.2.1")).isEmpty();
    }

    @Test
    void areAnyPortOfTheSourceAddress() {
        assertThat(of(SocketSettings.from(Optional.of(SOURCE)), "192.0.2.1"))
                .containsExactly(new InetSocketAddress(SOURCE, 0));
    }

    @Test
    void areThePortsOfTheSourceAddress() {
        assertThat(of(SocketSettings.from(Optional.of(SOURCE)).withSourcePorts(TWO), "192.0.2.1"))
                .containsExactlyInAnyOrder(new InetSocketAddress(SOURCE, 2_000), new InetSocketAddress(SOURCE, 2_001));
    }

    @Test
    void areThePortsOfAnyAddressOfTheServersFamily() {
        assertThat(of(SocketSettings.DEFAULT.withSourcePorts(TWO), "192.0.2.1"))
                .hasSize(2)
                .allMatch(end ->
                        end.getAddress().equals(IpLiteral.parse("0.0.0.0").orElseThrow()));
        assertThat(of(SocketSettings.DEFAULT.withSourcePorts(TWO), "2001:db8::1"))
                .hasSize(2)
                .allMatch(end -> end.getAddress().equals(IpLiteral.parse("::").orElseThrow()));
    }

    /** The JDK cannot leave the choice of a port to connect, and bind's choice is used up after some 28,000 connections. */
    @Test
    void arePortsToShareWhereConnectCannotChoose() {
        List<InetSocketAddress> ends = of(SocketSettings.from(Optional.of(SOURCE)), "192.0.2.1", Transport.NIO);

        assertThat(ends).hasSize(17).endsWith(new InetSocketAddress(SOURCE, 0)).allMatch(end -> end.getAddress()
                .equals(SOURCE));
        assertThat(ends.subList(0, 16)).allMatch(end -> end.getPort() >= 32_768 && end.getPort() <= 60_999);
    }

    @Test
    void isTheAddressThatTheClientKnows() {
        assertThat(LocalAddresses.towardsClient(address("192.0.2.1"), SOURCE)).isEqualTo(SOURCE);
        assertThat(LocalAddresses.towardsClient(address("2001:db8::1"), address("2001:db8::7")))
                .isEqualTo(address("2001:db8::7"));
    }

    @Test
    void isAnyAddressTowardsAHostOfAnotherFamily() {
        assertThat(LocalAddresses.towardsClient(address("2001:db8::1"), SOURCE)).isEqualTo(address("::"));
        assertThat(LocalAddresses.towardsClient(address("192.0.2.1"), address("2001:db8::7")))
                .isEqualTo(address("0.0.0.0"));
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static List<InetSocketAddress> of(SocketSettings sockets, String server) {
        return of(sockets, server, Transport.EPOLL);
    }

    private static List<InetSocketAddress> of(SocketSettings sockets, String server, Transport transport) {
        List<InetSocketAddress> ends = new ArrayList<>();
        LocalAddresses.of(sockets, new InetSocketAddress(IpLiteral.parse(server).orElseThrow(), 21), transport)
                .forEachRemaining(ends::add);
        return ends;
    }
}
