package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataTlsTest {
    private final SslContext context = TlsKind.jdk().forClients();

    private DataTls tls(boolean strict) {
        return new DataTls(strict, false, context::newHandler, (made, watch) -> Optional.of("made by a test " + watch.resumed()),
                Duration.ofSeconds(7));
    }

    @Test
    void putsTheWatchBelowTls() {
        EmbeddedChannel channel = new EmbeddedChannel();

        SslHandler handler = tls(true).install(channel.pipeline());

        assertThat(channel.pipeline().toMap().values()).satisfiesExactly(
                first -> assertThat(first).isInstanceOf(ResumptionWatch.class), second -> assertThat(second).isSameAs(handler));
        assertThat(handler.getHandshakeTimeoutMillis()).isEqualTo(7_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void leavesTheJudgementToTheSession() {
        EmbeddedChannel channel = new EmbeddedChannel();
        DataTls tls = tls(true);

        SslHandler handler = tls.install(channel.pipeline());

        assertThat(tls.refusal(handler)).contains("made by a test Optional.empty");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void knowsHowStrictItsEndIs(boolean strict) {
        assertThat(tls(strict).strictEnd()).isEqualTo(strict);
    }
}
