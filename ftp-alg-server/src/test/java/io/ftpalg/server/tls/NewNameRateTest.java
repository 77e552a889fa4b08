package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewNameRateTest {
    private static final InetAddress CLIENT = address("192.0.2.1");

    /** Near the end of its range, which it has no fixed place in. */
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private final NewNameRate rate = new NewNameRate(() -> now);

    @Test
    void allowsAHundredAtOnceAndThenFiftyASecond() {
        assertThat(taken(CLIENT, 500)).isEqualTo(100);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(taken(CLIENT, 500)).isEqualTo(50);
        now += TimeUnit.MILLISECONDS.toNanos(20);
        assertThat(taken(CLIENT, 500)).isEqualTo(1);
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(taken(CLIENT, 500)).isEqualTo(100);
    }

    @Test
    void countsAnAddressOrAnIpv6Network() {
        assertThat(taken(CLIENT, 500)).isEqualTo(100);
        assertThat(taken(address("192.0.2.2"), 500)).isEqualTo(100);
        assertThat(taken(address("2001:db8::1"), 500)).isEqualTo(100);
        assertThat(taken(address("2001:db8::ffff:1"), 500)).isZero();
        assertThat(taken(address("2001:db8:0:1::1"), 500)).isEqualTo(100);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        assertThat(taken(CLIENT, 500)).isEqualTo(100);
        IntStream.range(0, 30).forEach(i -> rate.giveBack(CLIENT));
        assertThat(taken(CLIENT, 500)).isEqualTo(30);
    }

    @Test
    void isNeverMoreThanAHundredHoweverMuchIsGivenBack() {
        IntStream.range(0, 500).forEach(i -> {
            assertThat(rate.take(CLIENT)).isTrue();
            now += TimeUnit.SECONDS.toNanos(1);
            rate.giveBack(CLIENT);
        });
        assertThat(taken(CLIENT, 500)).isEqualTo(100);
    }

    @Test
    void remembersALimitedNumberOfAddresses() {
        IntStream.range(0, 5000).forEach(i -> rate.take(IpLiteral.of(new byte[] {10, 0, (byte) (i >> 8), (byte) i})));
        assertThat(rate.networks()).isEqualTo(4096);
    }

    private long taken(InetAddress client, int asked) {
        return IntStream.range(0, asked).filter(i -> rate.take(client)).count();
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
