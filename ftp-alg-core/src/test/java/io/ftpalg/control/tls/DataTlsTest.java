package io.ftpalg.control.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.TlsKind;
import io.ftpalg.policy.tls.TlsFailure;
import io.netty.buffer.ByteBufAllocator;
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
        return new DataTls(
                strict,
                false,
                context::newHandler,
                (made, watch) -> Optional.of(TlsFailure.other("made by a test " + watch.resumed())),
                Duration.ofSeconds(7));
    }

    @Test
    void boundsTheTimeOfItsHandshake() {
        SslHandler handler = tls(true).handler(ByteBufAllocator.DEFAULT);

        assertThat(handler.getHandshakeTimeoutMillis()).isEqualTo(7_000);
        new EmbeddedChannel(handler).finishAndReleaseAll();
    }

    @Test
    void leavesTheJudgementToTheSession() {
        DataTls tls = tls(true);
        SslHandler handler = tls.handler(ByteBufAllocator.DEFAULT);

        assertThat(tls.observer()).containsInstanceOf(ResumptionWatch.class);
        assertThat(tls.refusal(handler)).contains(TlsFailure.other("made by a test Optional.empty"));
        new EmbeddedChannel(handler).finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void knowsHowStrictItsEndIs(boolean strict) {
        assertThat(tls(strict).strictEnd()).isEqualTo(strict);
    }
}
