package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TunnelPortsTest {
    private static final InetAddress CLIENT = IpLiteral.parse("192.0.2.1").orElseThrow();
    private static final InetAddress OTHER = IpLiteral.parse("192.0.2.2").orElseThrow();
    private static final PassivePorts TWO = PassivePorts.of(new PortRange(41_000, 41_001), 10);

    private final TunnelPorts<String> ports = new TunnelPorts<>();

    @Test
    void giveEachClientAllPortsOfARange() {
        assertThat(port(CLIENT, "a")).isNotEqualTo(port(CLIENT, "b")).isBetween(41_000, 41_001);
        assertThat(ports.open(CLIENT, TWO, "c")).isEmpty();
        assertThat(ports.open(OTHER, TWO, "c")).isPresent();
        assertThat(ports.size()).isEqualTo(3);
    }

    @Test
    void giveAnyPortWhereThereIsNoRange() {
        assertThat(IntStream.range(0, 100)
                        .map(i -> ports.open(CLIENT, PassivePorts.ephemeral(), "a" + i)
                                .orElseThrow()
                                .port())
                        .distinct())
                .hasSize(100)
                .allMatch(port -> port > 1024);
    }

    @Test
    void giveWhatWaitsToItsOwnClientOnce() {
        int port = port(CLIENT, "a");

        assertThat(ports.claim(OTHER, port, any -> true)).isEmpty();
        assertThat(ports.claim(CLIENT, port == 41_000 ? 41_001 : 41_000, any -> true))
                .isEmpty();
        assertThat(ports.claim(CLIENT, port, any -> false)).isEmpty();
        assertThat(ports.claim(IpLiteral.parse("::ffff:192.0.2.1").orElseThrow(), port, "a"::equals))
                .contains("a");
        assertThat(ports.claim(CLIENT, port, any -> true)).isEmpty();
    }

    @Test
    void giveNothingOfAPlaceThatIsClosed() {
        TunnelPorts<String>.Place place = ports.open(CLIENT, TWO, "a").orElseThrow();
        place.close();

        assertThat(ports.claim(CLIENT, place.port(), any -> true)).isEmpty();
        Optional<TunnelPorts<String>.Place> next =
                ports.open(CLIENT, PassivePorts.of(new PortRange(place.port(), place.port()), 10), "b");
        place.close();
        assertThat(next).isPresent();
        assertThat(ports.size()).as("the port is another's now").isEqualTo(1);
    }

    private int port(InetAddress client, String what) {
        return ports.open(client, TWO, what).orElseThrow().port();
    }
}
