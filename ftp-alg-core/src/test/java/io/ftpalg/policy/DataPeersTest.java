package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.DataPeers.Mode;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPeersTest {
    private static final Cidr TEN = Cidr.parse("10.0.0.0/8").orElseThrow();

    /** D1, D2, R9. */
    @ParameterizedTest
    @CsvSource({
        "same, 192.0.2.1, 192.0.2.1, true, true",
        "same, ::ffff:192.0.2.1, 192.0.2.1, true, true",
        "same, 192.0.2.2, 192.0.2.1, false, false",
        "network/24, 192.0.2.1, 192.0.2.1, true, true",
        "network/24, 192.0.2.255, 192.0.2.1, true, false",
        "network/24, 192.0.3.1, 192.0.2.1, false, false",
        "network/24, 2001:db8:0:1:ffff::9, 2001:db8:0:1::1, true, false",
        "network/24, 2001:db8:0:2::1, 2001:db8:0:1::1, false, false",
        "network/24, 2001:db8::1, 192.0.2.1, false, false",
        "10.0.0.0/8, 192.0.2.1, 192.0.2.1, true, true",
        "10.0.0.0/8, 10.9.9.9, 192.0.2.1, true, true",
        "10.0.0.0/8, 192.0.2.2, 192.0.2.1, false, false",
        "2001:db8::/32, 2001:db8::9, 192.0.2.1, true, true"
    })
    void saysWhoMayConnectAndWhoMayBeNamed(
            String words, String host, String controlPeer, boolean connects, boolean named) {
        DataPeers peers = DataPeers.parse(List.of(words)).orElseThrow();

        assertThat(peers.mayConnect(ip(host), ip(controlPeer))).isEqualTo(connects);
        assertThat(peers.mayBeNamed(ip(host), ip(controlPeer))).isEqualTo(named);
    }

    @Test
    void isReadFromWords() {
        assertThat(DataPeers.parse(List.of("same"))).contains(DataPeers.SAME);
        assertThat(DataPeers.parse(List.of("network/24"))).contains(DataPeers.NETWORK);
        assertThat(DataPeers.parse(List.of("10.0.0.0/8", "192.0.2.7")))
                .contains(DataPeers.in(List.of(TEN, Cidr.parse("192.0.2.7/32").orElseThrow())));
    }

    @Test
    void isNoMixtureAndNothingElse() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("any"),
                List.of("network/8"),
                List.of("10.0.0.0/33"),
                List.of("same", "10.0.0.0/8"),
                List.of("same", "network/24"),
                List.of("10.0.0.0/8", "x"))) {
            assertThat(DataPeers.parse(words)).as("%s", words).isEmpty();
        }
    }

    @Test
    void hasNetworksWhereTheyDecideOnly() {
        assertThatThrownBy(() -> new DataPeers(Mode.NETWORKS, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataPeers(Mode.NETWORK, List.of(TEN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
