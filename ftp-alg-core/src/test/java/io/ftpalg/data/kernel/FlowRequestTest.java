package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowRequestTest {

    @Test
    void acceptsOneIpVersion() throws UnknownHostException {
        assertThat(request("10.0.0.1", "10.0.0.2", 41000, "10.0.0.3", 5000, "10.0.0.4")
                        .isIpv6())
                .isFalse();
        assertThat(request("fd00::1", "fd00::2", 41000, "fd00::3", 5000, "fd00::4")
                        .isIpv6())
                .isTrue();
        assertThat(new FlowRequest(
                                InetAddress.getByName("10.0.0.1"),
                                new InetSocketAddress("10.0.0.2", 1),
                                new InetSocketAddress("10.0.0.3", 1),
                                Optional.empty())
                        .isIpv6())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fd00::1,  10.0.0.2, 10.0.0.3, 10.0.0.4",
        "10.0.0.1, fd00::2,  10.0.0.3, 10.0.0.4",
        "10.0.0.1, 10.0.0.2, fd00::3,  10.0.0.4",
        "10.0.0.1, 10.0.0.2, 10.0.0.3, fd00::4"
    })
    void refusesTwoIpVersions(String peer, String own, String target, String source) {
        assertThatThrownBy(() -> request(peer, own, 1, target, 1, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one IP version");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,  1, 10.0.0.3, 1, 10.0.0.4",
        "10.0.0.2, 0, 10.0.0.3, 1, 10.0.0.4",
        "10.0.0.2, 1, 0.0.0.0,  1, 10.0.0.4",
        "10.0.0.2, 1, 10.0.0.3, 0, 10.0.0.4",
        "10.0.0.2, 1, 10.0.0.3, 1, 0.0.0.0"
    })
    void refusesAnyAddressAndAnyPort(String own, int ownPort, String target, int targetPort, String source) {
        assertThatThrownBy(() -> request("10.0.0.1", own, ownPort, target, targetPort, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be known");
    }

    @Test
    void refusesNames() {
        assertThatThrownBy(() -> new FlowRequest(
                        InetAddress.getLoopbackAddress(),
                        InetSocketAddress.createUnresolved("host", 1),
                        new InetSocketAddress("10.0.0.3", 1),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FlowRequest request(
            String peer, String own, int ownPort, String target, int targetPort, String source)
            throws UnknownHostException {
        return new FlowRequest(
                InetAddress.getByName(peer),
                new InetSocketAddress(own, ownPort),
                new InetSocketAddress(target, targetPort),
                Optional.of(new InetSocketAddress(source, 0)));
    }
}
