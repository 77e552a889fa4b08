package io.ftpalg.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.TlsDetails;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTextTest {

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3,TLS_AES_256_GCM_SHA384,true,TLSv1.3 AES256-GCM resumed",
        "TLSv1.3,TLS_CHACHA20_POLY1305_SHA256,false,TLSv1.3 CHACHA20 full",
        "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,true,TLSv1.2 AES128-GCM resumed",
        "TLSv1.2,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,true,TLSv1.2 CHACHA20 resumed"
    })
    void namesVersionAndCipherAndWhetherItWasResumed(String protocol, String cipher, boolean resumed, String text) {
        assertThat(TlsText.of(details(protocol, cipher, Optional.of(resumed))))
                .isEqualTo(text)
                .hasSizeLessThanOrEqualTo(26);
    }

    @Test
    void saysNothingOfResumingIfTheEngineDoesNot() {
        assertThat(TlsText.of(details("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty())))
                .isEqualTo("TLSv1.3 AES128-GCM");
    }

    @Test
    void saysThatThereWasNone() {
        assertThat(TlsText.of(Optional.empty())).isEqualTo("clear");
    }

    private static Optional<TlsDetails> details(String protocol, String cipher, Optional<Boolean> resumed) {
        return Optional.of(new TlsDetails(protocol, cipher, resumed, Optional.empty(), Optional.empty()));
    }
}
