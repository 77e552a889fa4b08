package io.ftpalg.server.tls.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.tls.TlsFixture;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyPinTest {

    @Test
    void isOneInBase64AndInHex() throws Exception {
        PublicKey key = TlsFixture.selfSigned("a").getKeyPair().getPublic();
        PublicKeyPin pin = PublicKeyPin.of(key);
        byte[] digest = Certificates.sha256(key.getEncoded());

        assertThat(PublicKeyPin.parse(Base64.getEncoder().encodeToString(digest)))
                .contains(pin);
        assertThat(PublicKeyPin.parse("sha256//" + pin)).contains(pin);
        assertThat(PublicKeyPin.parse(HexFormat.of().formatHex(digest))).contains(pin);
        assertThat(PublicKeyPin.parse(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest)))
                .contains(pin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "AAAA", "zz11", "sha1//2jmj7l5rSw0yVb/vlWAYkK/YBwk="})
    void isNothingElse(String text) {
        assertThat(PublicKeyPin.parse(text)).isEmpty();
    }
}
