package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.session.SyntaxResult;
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
            unusable.record(server(21), syntax, SyntaxResult.REFUSED);
        }
    }

    @Test
    void aRefusalCountsWhenFiveSessionsInARowHadIt() {
        refused(DataSyntax.EPSV, 4);
        assertThat(unusable.of(server(21))).isEmpty();

        unusable.record(server(21), DataSyntax.EPSV, SyntaxResult.WORKED);
        refused(DataSyntax.EPSV, 4);
        assertThat(unusable.of(server(21))).isEmpty();

        refused(DataSyntax.EPSV, 1);
        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPSV);
        assertThat(unusable.of(server(2121))).isEmpty();
    }

    /** It made a client wait. */
    @Test
    void aTimeoutCountsAtOnce() {
        unusable.record(server(21), DataSyntax.EPSV, SyntaxResult.TIMED_OUT);

        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPSV);
    }

    @Test
    void syntaxesAreCountedForThemselves() {
        refused(DataSyntax.EPSV, 4);
        refused(DataSyntax.EPRT, 5);
        refused(DataSyntax.EPSV, 1);
        assertThat(unusable.of(server(21))).containsExactlyInAnyOrder(DataSyntax.EPSV, DataSyntax.EPRT);

        unusable.record(server(21), DataSyntax.EPSV, SyntaxResult.WORKED);
        assertThat(unusable.of(server(21))).containsExactly(DataSyntax.EPRT);

        unusable.record(server(21), DataSyntax.EPRT, SyntaxResult.WORKED);
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
        unusable.record(server(21), DataSyntax.EPSV, SyntaxResult.WORKED);

        assertThat(unusable.size()).isZero();
    }

    /** However many servers clients name. */
    @Test
    void areBounded() {
        for (int port = 1; port <= 2 * UnusableSyntaxes.MOST_SERVERS + 1; port++) {
            unusable.record(server(port), DataSyntax.EPSV, SyntaxResult.TIMED_OUT);
            assertThat(unusable.size()).isLessThanOrEqualTo(UnusableSyntaxes.MOST_SERVERS);
        }

        assertThat(unusable.of(server(2 * UnusableSyntaxes.MOST_SERVERS + 1))).isNotEmpty();
    }
}
