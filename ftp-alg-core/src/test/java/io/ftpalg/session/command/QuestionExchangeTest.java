package io.ftpalg.session.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuestionExchangeTest {

    @Test
    void theClientReceivesNothingOfIt() {
        Playbook.cast()
                .filter(command -> command.verb() == FtpVerb.RETR
                        ? new Verdict.Ask(FtpCommand.of(FtpVerb.SIZE, "f"), (reply, session) -> Verdict.allow())
                        : Verdict.allow())
                .loggedIn()
                .play("""
                C> RETR f
                S< SIZE f
                S> 213-several
                S>  lines
                S> 213 7
                S< RETR f
                S> 550 no
                C< 550 no
                """);
    }

    @ParameterizedTest
    @EnumSource(
            value = FtpVerb.class,
            names = {"RETR", "STOR", "PASV", "EPRT", "USER", "PASS", "AUTH", "ABOR"})
    void asksNothingThatChangesTheSession(FtpVerb verb) {
        assertThatThrownBy(() -> new Verdict.Ask(FtpCommand.of(verb), (reply, session) -> Verdict.allow()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a filter cannot ask " + verb);
    }
}
