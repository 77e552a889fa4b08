package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsProfileTest {

    @Test
    void modernIsTls13Alone() {
        assertThat(TlsProfile.MODERN.protocols()).containsExactly("TLSv1.3");
        assertThat(TlsProfile.MODERN.ciphers())
                .containsExactly("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void intermediateAddsTls12WithForwardSecrecyAndAuthenticatedEncryption() {
        assertThat(TlsProfile.INTERMEDIATE.protocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(TlsProfile.INTERMEDIATE.ciphers())
                .containsAll(TlsProfile.MODERN.ciphers())
                .hasSize(12)
                .allMatch(name -> name.matches(
                        "TLS_((EC)?DHE_(ECDSA|RSA)_WITH_)?(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA(256|384)"));
    }

    @Test
    void theNamesAreThoseOfTheJdk() throws Exception {
        assertThat(List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()))
                .containsAll(TlsProfile.INTERMEDIATE.ciphers());
    }
}
