package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapeTest {

    @Test
    void leavesPrintableAsciiAsItIs() {
        assertThat(Escape.quoted("/pub/a b ~!.txt")).isEqualTo("\"/pub/a b ~!.txt\"");
    }

    @Test
    void spellsOutLineEndsControlAndHighBytes() {
        assertThat(Escape.quoted("a\r\nb\u001b[31m\0\u007f\u00e9\u00ff"))
                .isEqualTo("\"a\\r\\nb\\x1b[31m\\x00\\x7f\\xe9\\xff\"");
    }

    @Test
    void spellsOutWhatIsNoByte() {
        assertThat(Escape.quoted("\u2028\u20ac")).isEqualTo("\"\\u2028\\u20ac\"");
    }

    @Test
    void escapesQuotesAndBackslashesSoThatAFieldCannotBeForged() {
        assertThat(Escape.quoted("a\" end=COMPLETE \\x")).isEqualTo("\"a\\\" end=COMPLETE \\\\x\"");
    }

    @Test
    void showsATextOfTheLimitWhole() {
        assertThat(Escape.quoted("a".repeat(511))).isEqualTo("\"" + "a".repeat(511) + "\"");
        assertThat(Escape.quoted("a".repeat(512))).isEqualTo("\"" + "a".repeat(512) + "\"");
    }

    @Test
    void cutsATextBeyondTheLimitAndCountsTheRest() {
        assertThat(Escape.quoted("a".repeat(513))).isEqualTo("\"" + "a".repeat(512) + "\"+1");
    }

    @Test
    void lineKeepsALineOfPrintableAsciiAsItIs() {
        String line = " session opened ~";

        assertThat(Escape.line(line)).isSameAs(line);
    }

    @Test
    void lineKeepsQuotesAndBackslashes() {
        assertThat(Escape.line("say \"\\x00\"\r\n\t")).isEqualTo("say \"\\x00\"\\r\\n\\x09");
    }
}
