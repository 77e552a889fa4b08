package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.Test;

class TlsEngineTest {

    @Test
    void autoIsOpenSslWhereItRunsAndTheJdkElsewhere() {
        assertThat(TlsEngine.AUTO.resolved()).isEqualTo(OpenSsl.isAvailable() ? TlsEngine.OPENSSL : TlsEngine.JDK);
        assertThat(TlsEngine.AUTO.provider()).isEqualTo(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    @Test
    void whatIsAskedForIsWhatRuns() {
        assertThat(TlsEngine.JDK.resolved()).isEqualTo(TlsEngine.JDK);
        assertThat(TlsEngine.JDK.provider()).isEqualTo(SslProvider.JDK);
        assertThat(TlsEngine.OPENSSL.resolved()).isEqualTo(TlsEngine.OPENSSL);
        assertThat(TlsEngine.OPENSSL.provider()).isEqualTo(SslProvider.OPENSSL);
    }

    @Test
    void onlyAnEngineAskedForByNameCanBeMissingAndSaysWhyInOneLine() {
        assertThat(TlsEngine.AUTO.missing()).isEmpty();
        assertThat(TlsEngine.JDK.missing()).isEmpty();
        assertThat(TlsEngine.OPENSSL.missing().isEmpty()).isEqualTo(OpenSsl.isAvailable());
        assertThat(TlsEngine.OPENSSL.missing().orElse("a reason")).isNotEmpty().doesNotContain("\n");
    }
}
