package io.ftpalg.control.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.ReplyLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTextTest {
    private final TraceText text = new TraceText();

    @ParameterizedTest
    @CsvSource({
        "USER, joe, USER joe",
        "PASS, secret, PASS ****",
        "ACCT, secret, ACCT ****",
        "PASSWD, secret, PASSWD ****",
        "AUTH, TLS, AUTH TLS",
        "AUTH, ssl, AUTH ssl",
        "AUTH, token, AUTH ****",
        "ADAT, token, ADAT ****"
    })
    void showsCommandsWithoutSecrets(String verb, String argument, String shown) {
        assertThat(text.of(FtpCommand.of(verb, argument))).containsExactly(shown);
    }

    @Test
    void showsEachLineOfAReply() {
        assertThat(text.of(new FtpReply(211, List.of("Features:", " EPSV", "End"))))
                .containsExactly("211-Features:", " EPSV", "211 End");
        assertThat(text.of(new ReplyLine(226, ReplyLine.Position.ONLY, "done"))).containsExactly("226 done");
    }

    @Test
    void namesWhatIsNoCommand() {
        assertThat(text.of(new MalformedCommand(MalformedCommand.Flaw.TOO_LONG)))
                .containsExactly("<too long>");
        assertThat(text.of("something else")).isEmpty();
    }

    /** Some servers repeat a command that they do not know. */
    @ParameterizedTest
    @CsvSource({
        "500 'PASS hunter2' not understood, 500 'PASS ****' not understood",
        "530 hunter2 hunter2, 530 **** ****",
        "530 no hunter22 and no xhunter2, 530 no hunter22 and no xhunter2",
        "530 wrong, 530 wrong"
    })
    void masksAPasswordThatAReplyRepeats(String reply, String shown) {
        text.of(FtpCommand.of("PASS", "hunter2"));

        assertThat(text.of(new ReplyLine(
                        Integer.parseInt(reply.substring(0, 3)), ReplyLine.Position.ONLY, reply.substring(4))))
                .containsExactly(shown);
    }

    @Test
    void masksTheLastFewPasswords() {
        for (int i = 1; i <= 5; i++) {
            text.of(FtpCommand.of("PASS", "hunter" + i));
            text.of(FtpCommand.of("PASS", "hunter" + i));
        }

        assertThat(text.of(new ReplyLine(530, ReplyLine.Position.ONLY, "hunter2 hunter3 hunter4 hunter5")))
                .containsExactly("530 **** **** **** ****");
    }

    @Test
    void masksAPasswordOfSigns() {
        text.of(FtpCommand.of("PASS", "!?"));

        assertThat(text.of(new ReplyLine(530, ReplyLine.Position.ONLY, "a!?b"))).containsExactly("530 a****b");
    }

    @Test
    void anEmptyPasswordMasksNothing() {
        text.of(FtpCommand.withEmptyArgument("PASS"));

        assertThat(text.of(new ReplyLine(530, ReplyLine.Position.ONLY, "no"))).containsExactly("530 no");
    }
}
