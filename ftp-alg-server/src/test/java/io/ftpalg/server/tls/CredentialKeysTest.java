package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;

class CredentialKeysTest {
    private final Credential credential =
            new CertificateMaker().selfSigned(List.of("a"), Instant.now(), Duration.ofDays(1));
    private final X509ExtendedKeyManager keys =
            (X509ExtendedKeyManager) new CredentialKeys(credential).getKeyManagers()[0];

    @Test
    void givesItsKeyForItsKindOnly() {
        assertThat(keys.getServerAliases("EC", null)).containsExactly("key");
        assertThat(keys.getServerAliases("EC_RSA", null)).containsExactly("key");
        assertThat(keys.getServerAliases("RSA", null)).isNull();
        assertThat(keys.getPrivateKey("key")).isSameAs(credential.key());
        assertThat(keys.getCertificateChain("key")).containsExactly(credential.certificate());
        assertThat(keys.getPrivateKey("other")).isNull();
    }
}
