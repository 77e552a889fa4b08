package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.PortRange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialRequestTest {

    @Test
    void refusesANameThatWasNotResolved() {
        assertThatThrownBy(() -> new DialRequest(InetSocketAddress.createUnresolved("ftp.example", 20),
                Optional.empty(), Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesPortsOfNoAddress() {
        assertThatThrownBy(() -> new DialRequest(new InetSocketAddress(Bed.LOCALHOST, 20), Optional.empty(),
                Optional.of(new PortRange(1, 2)), Bed.SECONDS, PacketMarks.NONE)).hasMessageContaining("local address");
    }

    @Test
    void namesTheLocalEndsToTry() {
        InetSocketAddress remote = new InetSocketAddress(Bed.LOCALHOST, 20);
        Optional<InetSocketAddress> local = Optional.of(new InetSocketAddress(Bed.LOCALHOST, 7));

        assertThat(new DialRequest(remote, Optional.empty(), Bed.SECONDS).locals()).isExhausted();
        assertThat(new DialRequest(remote, local, Bed.SECONDS).locals()).toIterable().containsExactly(local.get());
        assertThat(new DialRequest(remote, Optional.of(new InetSocketAddress(Bed.LOCALHOST, 0)), Bed.SECONDS).locals(false))
                .toIterable().hasSize(17);
        assertThat(new DialRequest(remote, local, Optional.of(new PortRange(8, 9)), Bed.SECONDS, PacketMarks.NONE).locals())
                .toIterable().containsExactlyInAnyOrder(new InetSocketAddress(Bed.LOCALHOST, 8),
                        new InetSocketAddress(Bed.LOCALHOST, 9));
    }

    @Test
    void refusesATimeoutOfNothing() {
        assertThatThrownBy(() -> new DialRequest(new InetSocketAddress(Bed.LOCALHOST, 20), Optional.empty(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
