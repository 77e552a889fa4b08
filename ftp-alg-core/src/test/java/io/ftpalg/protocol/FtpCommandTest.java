package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FtpCommandTest {

    @Test
    void keepsItsArgumentByteForByte() {
        StringBuilder all = new StringBuilder("  ");
        for (char c = 1; c <= 0xFF; c++) {
            if (c != '\r' && c != '\n') {
                all.append(c);
            }
        }
        String argument = all.append("  ").toString();

        assertThat(FtpCommand.of(FtpVerb.STOR, argument).argument()).isEqualTo(argument);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "\r\nDELE x", "a\u0100", "\u20ac"})
    void refusesAnArgumentThatWouldEndTheLineOrIsNoByte(String argument) {
        assertThat(FtpCommand.isArgument(argument)).isFalse();
        assertThatThrownBy(() -> FtpCommand.of(FtpVerb.RETR, argument)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FtpCommand.of("RETR", argument)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A B",
                "PORT\t",
                "P@SW",
                "A-B",
                "A\r\n",
                "pa\u00df",
                "\u00c9TE",
                "\u017fITE",
                "\u0661",
                "A\0"
            })
    void refusesANameThatIsNotLettersAndDigits(String name) {
        assertThat(FtpCommand.isName(name)).isFalse();
        assertThatThrownBy(() -> FtpCommand.of(name, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "retr, RETR, RETR",
        "XsHa256, XSHA256, XSHA256",
        "nosuch1, OTHER, NOSUCH1",
        "x, OTHER, X",
        "other, OTHER, OTHER"
    })
    void isNamedInUpperCase(String name, FtpVerb verb, String upper) {
        FtpCommand command = FtpCommand.of(name, "a");

        assertThat(command).isEqualTo(new FtpCommand(verb, upper, "a"));
    }

    @Test
    void refusesAVerbThatIsNotThatOfItsName() {
        assertThatThrownBy(() -> new FtpCommand(FtpVerb.NOOP, "DELE", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FtpCommand(FtpVerb.OTHER, "DELE", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasNoArgumentIfNoneIsGiven() {
        assertThat(FtpCommand.of(FtpVerb.PASV)).isEqualTo(FtpCommand.of("pasv", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PASS; geheim; PASS ****",
                "pass; geheim; PASS ****",
                "ACCT; geheim; ACCT ****",
                "AUTH; geheim; AUTH ****",
                "ADAT; geheim; ADAT ****",
                "PASSX; geheim; PASSX ****",
                "ACCTOUNT; geheim; ACCTOUNT ****",
                "SITE; PSWD old new; SITE ****",
                "SITE; pswd old new; SITE ****",
                "SITE; CHMOD 600 a; SITE CHMOD 600 a",
                "USER; ann; USER ann",
                "RETR; a b; RETR a b",
                "PASV; ''; PASV",
                "PASS; ''; PASS"
            })
    void doesNotShowASecret(String name, String argument, String shown) {
        assertThat(FtpCommand.of(name, argument)).hasToString(shown);
    }

    @Test
    void takesAboutAsManyBytesAsItsLine() {
        assertThat(FtpCommand.of(FtpVerb.RETR, "file").size()).isEqualTo("RETR file\r\n".length());
    }
}
