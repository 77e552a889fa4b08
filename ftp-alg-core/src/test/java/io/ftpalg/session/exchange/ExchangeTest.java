package io.ftpalg.session.exchange;

import io.ftpalg.session.Playbook;
import io.ftpalg.session.transfer.TransferExchangeTest;
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
}
