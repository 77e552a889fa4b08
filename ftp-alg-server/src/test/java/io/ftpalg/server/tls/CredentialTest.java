package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialTest {

    @Test
    void matchesItsOwnKeyOnly() throws Exception {
        Credential mine = TlsFixture.credential(TlsFixture.selfSigned("mine"));
        Credential other = TlsFixture.credential(TlsFixture.selfSigned("other"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);

        assertThat(mine.keyMatches()).isTrue();
        assertThat(new Credential(other.key(), mine.chain()).keyMatches()).isFalse();
        assertThat(new Credential(rsa.generateKeyPair().getPrivate(), mine.chain()).keyMatches())
                .isFalse();
    }

    @Test
    void needsACertificateAndNeverShowsItsKey() throws Exception {
        Credential mine = TlsFixture.credential(TlsFixture.selfSigned("mine"));

        assertThat(mine).hasToString("Credential[CN=mine]");
        assertThatThrownBy(() -> new Credential(mine.key(), List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
