package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnusableSyntaxesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final UnusableSyntaxes unusable = new UnusableSyntaxes(now::get);

    private static InetSocketAddress server(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }

    private void refused(DataSyntax syntax, int times) {
        for (int i = 0; i < times; i++) {
            unusable.failed(server(21), syntax, false);
        }
    }

    @Test
    void aRefusalCountsWhenFiveSessionsInARowHadIt() {
        refused(DataSyntax.EPSV, 4);
        assertThat(unusable.of(server(21))).isEmpty();

        unusable.worked(server(21), DataSyntax.EPSV);
        refused(DataSyntax.EPSV, 4);
        assertThat(unusable.of(server(21))).isEmpty();

        refused(DataSyntax.EPSV, 1);
        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPSV);
        assertThat(unusable.of(server(2121))).isEmpty();
    }

    /** It made a client wait. */
    @Test
    void aTimeoutCountsAtOnce() {
        unusable.failed(server(21), DataSyntax.EPSV, true);

        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPSV);
    }

    @Test
    void syntaxesAreCountedForThemselves() {
        refused(DataSyntax.EPSV, 4);
        refused(DataSyntax.EPRT, 5);
        refused(DataSyntax.EPSV, 1);
        assertThat(unusable.of(server(21))).containsExactlyInAnyOrder(DataSyntax.EPSV, DataSyntax.EPRT);

        unusable.worked(server(21), DataSyntax.EPSV);
        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPRT);

        unusable.worked(server(21), DataSyntax.EPRT);
        assertThat(unusable.of(server(21))).isEmpty();
        assertThat(unusable.size()).isZero();
    }

    @Test
    void areForgottenAfterAnHour() {
        refused(DataSyntax.EPSV, 5);

        now.addAndGet(Duration.ofHours(1).toNanos() - 1);
        assertThat(unusable.of(server(21))).isNotEmpty();
        now.addAndGet(1);
        assertThat(unusable.of(server(21))).isEmpty();
        refused(DataSyntax.EPSV, 1);
        assertThat(unusable.of(server(21))).isEmpty();
    }

    @Test
    void aServerWhereAllWorksTakesNoRoom() {
        unusable.worked(server(21), DataSyntax.EPSV);

        assertThat(unusable.size()).isZero();
    }

    /** However many servers clients name. */
    @Test
    void areBounded() {
        for (int port = 1; port <= 2 * UnusableSyntaxes.MOST_SERVERS + 1; port++) {
            unusable.failed(server(port), DataSyntax.EPSV, true);
            assertThat(unusable.size()).isLessThanOrEqualTo(UnusableSyntaxes.MOST_SERVERS);
        }

        assertThat(unusable.of(server(2 * UnusableSyntaxes.MOST_SERVERS + 1))).isNotEmpty();
    }
}
