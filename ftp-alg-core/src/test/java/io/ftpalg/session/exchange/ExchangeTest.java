package io.ftpalg.session.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands in flight have in common. */
class ExchangeTest {

    /** P16, row 39: each 1yz would give the server ten minutes more. */
    @ParameterizedTest
    @ValueSource(strings = {"RETR f", "NLST"})
    void bearsAHundredPreliminaryReplies(String command) {
        Playbook play = TransferExchangeTest.passive().play("""
                C> %s
                S< %s
                S> 150 here
                C< 150 here
                """.formatted(command, command));
        for (int i = 1; i < 100; i++) {
            play.play("S> 150 here\n~");
        }

        play.play("""
                S> 150 here
                ! abort CLIENT
                ! abort SERVER
                C< 426 Connection closed; transfer aborted.
                C< 421 The server does not use FTP.
                ! end
                """);
    }

    @Test
    void countsThemAnewForEachCommand() {
        Playbook play = Playbook.loggedIn();
        for (int i = 0; i < 3; i++) {
            play.play("C> HASH f\nS< HASH f");
            for (int j = 0; j < 100; j++) {
                play.play("S> 150 working\nC< 150 working");
            }
            play.play("S> 213 hash\nC< 213 hash");
        }

        play.play("~");
    }

    /** Events of a transfer or of TLS that has ended, or never was, mean nothing to a command that uses neither. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "listening CLIENT 50001",
                "unexpected CLIENT",
                "server-unused",
                "ended COMPLETE 1 0",
                "data-secured SERVER",
                "cleared",
                "passed CLIENT"
            })
    void ignoresEventsOfOtherCommands(String event) {
        Playbook.loggedIn().play("""
                C> NOOP
                S< NOOP
                . %s
                S> 200 ok
                C< 200 ok
                """.formatted(event));
    }

    @Test
    void isOvertakenOnlyWhereItAllowsThat() {
        Playbook play = Playbook.loggedIn().play("C> NOOP\nS< NOOP");
        Exchange inFlight = Objects.requireNonNull(play.context().inFlight());

        assertThat(inFlight.mayOvertake(FtpVerb.ABOR)).isFalse();
        assertThatThrownBy(() -> inFlight.overtake(FtpCommand.of(FtpVerb.ABOR)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ABOR does not overtake NOOP");
    }
}
