package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AuditTextTest {

    private static String sent(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void keepsValidUtf8() {
        assertThat(AuditText.ofPeer(sent("größe/日本.txt"))).isEqualTo("größe/日本.txt");
    }

    @Test
    void escapesEachByteBeyondAsciiOfATextThatIsNotUtf8() {
        assertThat(AuditText.ofPeer("gr\u00f6\u00dfe\u00ff")).isEqualTo("gr\\xf6\\xdfe\\xff");
    }

    @Test
    void escapesEachControlByte() {
        assertThat(AuditText.ofPeer("a\r\n2026 LOGIN\u001b[0m\0\t\u007f"))
                .isEqualTo("a\\x0d\\x0a2026 LOGIN\\x1b[0m\\x00\\x09\\x7f");
    }

    @Test
    void escapesCharactersThatDoNotShowOrTurnOthers() {
        assertThat(AuditText.ofPeer(sent("a\u0085b\u202ec\u2028d\u200b")))
                .isEqualTo("a\\u0085b\\u202ec\\u2028d\\u200b");
    }

    @Test
    void doublesABackslashSoThatNoTextLooksEscaped() {
        assertThat(AuditText.ofPeer("a\\x0d")).isEqualTo("a\\\\x0d");
    }

    @Test
    void keepsTheLongestText() {
        assertThat(AuditText.ofPeer("a".repeat(AuditText.LONGEST))).isEqualTo("a".repeat(AuditText.LONGEST));
    }

    @Test
    void cutsATextThatIsOneByteLonger() {
        assertThat(AuditText.ofPeer("a".repeat(AuditText.LONGEST + 1)))
                .isEqualTo("a".repeat(AuditText.LONGEST) + "\\+1");
    }

    @Test
    void keepsCharactersThatAreNoBytes() {
        assertThat(AuditText.ofPeer("CN=日本")).isEqualTo("CN=日本");
    }

    @Test
    void escapesHalfOfACharacter() {
        assertThat(AuditText.ofGateway("a\ud800b")).isEqualTo("a\\ud800b");
    }
}
