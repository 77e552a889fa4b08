package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /** By OpenSSL: printf '1700000000.{}' | openssl dgst -sha256 -hmac 'a secret'. */
    @Test
    void isAnHmacOfTimeAndBody() {
        assertThat(WebhookSignature.of(
                        Secret.of("a secret"),
                        Instant.ofEpochSecond(1_700_000_000),
                        "{}".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("t=1700000000,v1=f4c7f7db2c2d22e9144ae6536d7918d29e7c70122e5704b842c2a7d02bee924f");
    }
}
