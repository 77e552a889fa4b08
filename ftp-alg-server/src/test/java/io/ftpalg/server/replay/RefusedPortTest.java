package io.ftpalg.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A data port that is to be refused is never another host's. */
class RefusedPortTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 21, 127.0.0.1",
        "127.0.0.1, 1023, 127.0.0.1",
        "127.0.0.1, 1024, 127.9.9.9",
        "127.0.0.1, 4000, 127.9.9.9",
        "::1, 4000, ::1"
    })
    void isOfLoopback(String client, int port, String host) throws Exception {
        InetSocketAddress recorded = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), port);

        assertThat(RefusedPort.of(recorded, InetAddress.getByName(client)))
                .isEqualTo(new InetSocketAddress(InetAddress.getByName(host), port));
    }
}
