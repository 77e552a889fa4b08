package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SharedGatewayStateTest {
    private final SharedGatewayState neighbours = new SharedGatewayState();

    @Test
    void numberSessionsFromOne() {
        assertThat(neighbours.nextSession()).isEqualTo(1);
        assertThat(neighbours.nextSession()).isEqualTo(2);
    }

    @Test
    void knowWhereTheyListen() {
        neighbours.listens(at("127.0.0.1", 2121));
        neighbours.listens(at("127.0.0.2", 2122));

        assertThat(neighbours.isListener(at("127.0.0.1", 2121))).isTrue();
        assertThat(neighbours.isListener(at("127.0.0.2", 2122))).isTrue();
        assertThat(neighbours.isListener(at("127.0.0.1", 2122))).isFalse();
        neighbours.listensNoMore(at("127.0.0.2", 2122));
        assertThat(neighbours.isListener(at("127.0.0.2", 2122))).isFalse();
    }

    @Test
    void listenOnEveryAddressOfThisHostIfToldSo() {
        neighbours.listens(at("0.0.0.0", 2121));

        assertThat(neighbours.isListener(at("127.0.0.9", 2121))).isTrue();
        assertThat(neighbours.isListener(at("::1", 2121))).isTrue();
        assertThat(neighbours.isListener(at("0.0.0.0", 2121))).isTrue();
        assertThat(neighbours.isListener(at("198.51.100.1", 2121))).isFalse();
    }

    @Test
    void knowTheirOwnEnds() {
        neighbours.connected(at("192.0.2.1", 40_000));

        assertThat(neighbours.isOwnEnd(at("192.0.2.1", 40_000))).isTrue();
        assertThat(neighbours.isOwnEnd(at("192.0.2.1", 40_001))).isFalse();
        neighbours.disconnected(at("192.0.2.1", 40_000));
        assertThat(neighbours.isOwnEnd(at("192.0.2.1", 40_000))).isFalse();
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(IpLiteral.parse(literal).orElseThrow(), port);
    }
}
