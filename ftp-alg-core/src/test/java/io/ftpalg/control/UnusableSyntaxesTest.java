package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnusableSyntaxesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final UnusableSyntaxes unusable = new UnusableSyntaxes(now::get);

    private static InetSocketAddress server(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }

    @Test
    void areKnownOfThatServerOnly() {
        unusable.put(server(21), Set.of(DataSyntax.EPSV));

        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPSV);
        assertThat(unusable.of(server(2121))).isEmpty();
    }

    @Test
    void areForgottenAfterAnHour() {
        unusable.put(server(21), Set.of(DataSyntax.EPSV));

        now.addAndGet(Duration.ofHours(1).toNanos() - 1);
        assertThat(unusable.of(server(21))).isNotEmpty();
        now.addAndGet(1);
        assertThat(unusable.of(server(21))).isEmpty();
    }

    @Test
    void areReplacedByWhatIsLearnedLater() {
        unusable.put(server(21), Set.of(DataSyntax.EPSV));
        unusable.put(server(21), Set.of(DataSyntax.PASV));

        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.PASV);

        unusable.put(server(21), Set.of());

        assertThat(unusable.of(server(21))).isEmpty();
        assertThat(unusable.size()).isZero();
    }

    /** However many servers clients name. */
    @Test
    void areBounded() {
        for (int port = 1; port <= 2 * UnusableSyntaxes.MOST_SERVERS + 1; port++) {
            unusable.put(server(port), Set.of(DataSyntax.EPSV));
            assertThat(unusable.size()).isLessThanOrEqualTo(UnusableSyntaxes.MOST_SERVERS);
        }

        assertThat(unusable.of(server(2 * UnusableSyntaxes.MOST_SERVERS + 1))).isNotEmpty();
    }
}
