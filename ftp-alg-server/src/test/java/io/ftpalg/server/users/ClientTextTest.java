package io.ftpalg.server.users;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Secret;
import org.junit.jupiter.api.Test;

class ClientTextTest {
    private static final String TEXT = "gr\u00fc\u00dfe";

    @Test
    void bytesAreThoseThatWereSent() {
        assertThat(ClientText.bytes(Secret.of(TEXT))).isEqualTo(TEXT.getBytes(ISO_8859_1));
        assertThat(ClientText.bytes(Secret.of(sent(TEXT)))).isEqualTo(TEXT.getBytes(UTF_8));
    }

    @Test
    void meantIsUtf8IfItCanBe() {
        assertThat(ClientText.meant(sent(TEXT))).isEqualTo(TEXT);
        assertThat(ClientText.meant(TEXT)).isEqualTo(TEXT);
        assertThat(ClientText.meant("plain")).isEqualTo("plain");
    }

    @Test
    void saidIsWhatAClientSendsInUtf8() {
        assertThat(ClientText.said(TEXT)).isEqualTo(sent(TEXT));
        assertThat(ClientText.meant(ClientText.said("\u0436\u0443\u043a"))).isEqualTo("\u0436\u0443\u043a");
    }

    /** What the control connection makes of text that a client sends as UTF-8. */
    private static String sent(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
