package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HashChainTest {
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);

    /** By sha256sum: printf '%064d{"a":1}' 0 | sha256sum. */
    @Test
    void isTheSha256OfTheHashBeforeAndTheLine() {
        assertThat(new HashChain(Optional.empty()).hash(BODY))
                .isEqualTo("fc6cee09194dd2578bd7664604fcb72a539066fd34544cea0009c43eb6cdc289");
    }

    /** By OpenSSL: printf '%064d{"a":1}' 0 | openssl dgst -sha256 -hmac secret. */
    @Test
    void isAnHmacWithAKey() {
        assertThat(new HashChain(Optional.of(Secret.of("secret"))).hash(BODY))
                .isEqualTo("b43a2ea7ad7c55f1443369df48e73a09b5aeafecbbedc7a08abc40ba8b8ab4f9");
    }

    @Test
    void continuesBehindALine() {
        HashChain chain = new HashChain(Optional.empty());
        String first = chain.hash(BODY);

        chain.continueAfter(first);

        assertThat(chain.last()).isEqualTo(first);
        assertThat(chain.hash(BODY)).isNotEqualTo(first);
    }

    @Test
    void takesApartTheLineThatItMade() {
        String hash = "a".repeat(64);

        assertThat(HashChain.split(HashChain.line("{\"a\":1}", hash)))
                .contains(new HashChain.Hashed("{\"a\":1}", hash));
    }

    @Test
    void doesNotTakeApartALineThatIsCut() {
        String line = HashChain.line("{\"a\":1}", "a".repeat(64));

        assertThat(HashChain.split(line.substring(0, line.length() - 1))).isEmpty();
    }
}
