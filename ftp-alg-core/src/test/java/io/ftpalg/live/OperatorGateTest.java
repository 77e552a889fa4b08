package io.ftpalg.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorGateTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final OperatorGate gate = new OperatorGate(now::get);

    @Test
    void admitsAllAtFirst() {
        assertThat(gate.refuse(client("10.0.0.7"))).isEmpty();
        assertThat(gate.blocks()).isEmpty();
        assertThat(gate.closed()).isEmpty();
    }

    @Test
    void refusesAllWithTheReplyUntilItIsOpened() {
        FtpReply reply = FtpReply.of(421, "Closed until 8.");

        gate.close(reply);

        assertThat(gate.refuse(client("10.0.0.7"))).contains(reply);
        assertThat(gate.closed()).contains(reply);
        gate.open();
        assertThat(gate.refuse(client("10.0.0.7"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "10.0.0.0/24", "::ffff:10.0.0.7"})
    void refusesABlockedNetworkForItsTime(String network) {
        gate.block(Cidr.parse(network).orElseThrow(), HOUR);

        assertThat(gate.refuse(client("10.0.0.7"))).contains(Replies.SERVICE_NOT_AVAILABLE);
        assertThat(gate.isBlocked(client("10.0.1.7").getAddress())).isFalse();
        now.addAndGet(HOUR.toNanos());
        assertThat(gate.refuse(client("10.0.0.7"))).isEmpty();
        assertThat(gate.blocks()).isEmpty();
    }

    @Test
    void blocksAnIpv6Network() {
        gate.block(Cidr.parse("2001:db8::/32").orElseThrow(), HOUR);

        assertThat(gate.isBlocked(client("2001:db8::1").getAddress())).isTrue();
        assertThat(gate.isBlocked(client("2001:db9::1").getAddress())).isFalse();
    }

    @Test
    void listsBlocksSoonestToEndFirst() {
        Cidr first = Cidr.parse("10.0.0.7").orElseThrow();
        Cidr second = Cidr.parse("10.1.0.0/16").orElseThrow();
        gate.block(first, HOUR);
        gate.block(second, Duration.ofMinutes(2));
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(gate.blocks())
                .containsExactly(
                        new OperatorGate.Block(second, Duration.ofMinutes(1)),
                        new OperatorGate.Block(first, Duration.ofMinutes(59)));
    }

    @Test
    void aBlockOfTheSameNetworkReplacesTheFirst() {
        Cidr network = Cidr.parse("10.0.0.7").orElseThrow();
        gate.block(network, HOUR);

        gate.block(network, Duration.ofMinutes(1));

        assertThat(gate.blocks()).containsExactly(new OperatorGate.Block(network, Duration.ofMinutes(1)));
    }

    @Test
    void unblocksExactlyTheNetwork() {
        Cidr network = Cidr.parse("10.0.0.0/24").orElseThrow();
        gate.block(network, HOUR);

        assertThat(gate.unblock(Cidr.parse("10.0.0.7").orElseThrow())).isFalse();
        assertThat(gate.isBlocked(client("10.0.0.7").getAddress())).isTrue();
        assertThat(gate.unblock(network)).isTrue();
        assertThat(gate.isBlocked(client("10.0.0.7").getAddress())).isFalse();
    }

    @Test
    void keepsBlocksWhileItIsClosed() {
        gate.block(Cidr.parse("10.0.0.7").orElseThrow(), HOUR);
        gate.close(Replies.MAINTENANCE);
        gate.open();

        assertThat(gate.refuse(client("10.0.0.7"))).contains(Replies.SERVICE_NOT_AVAILABLE);
    }

    @Test
    void hasABoundOfBlocks() {
        for (int i = 0; i < OperatorGate.MOST_BLOCKS; i++) {
            gate.block(Cidr.parse("10.0." + i / 256 + '.' + i % 256).orElseThrow(), HOUR);
        }

        assertThatThrownBy(() -> gate.block(Cidr.parse("10.9.9.9").orElseThrow(), HOUR))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("remove some");
        assertThat(gate.blocks()).hasSize(OperatorGate.MOST_BLOCKS);
        gate.block(Cidr.parse("10.0.0.0").orElseThrow(), HOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P31D"})
    void refusesATimeThatIsNone(String time) {
        assertThatThrownBy(() -> gate.block(Cidr.parse("10.9.9.9").orElseThrow(), Duration.parse(time)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetSocketAddress client(String address) {
        return new InetSocketAddress(address, 50000);
    }
}
