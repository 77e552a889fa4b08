package io.ftpalg.session.transfer;

import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferRuleTest {

    /** R20: without a data port the server knows best what is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"RETR f", "STOR f", "STOU", "APPE f", "LIST", "NLST", "MLSD"})
    void asksTheServerWithoutADataPort(String command) {
        Playbook.loggedIn().play("""
                C> %s
                S< %s
                S> 550 no
                C< 550 no
                ~
                """.formatted(command, command));
    }

    /** The server may still hold the connection that the gateway gave up: a STOR would leave an empty file. */
    @ParameterizedTest
    @ValueSource(strings = {"RETR f", "STOR f", "LIST"})
    void refusesATransferWhoseDataPortTheGatewayGaveUp(String command) {
        TransferExchangeTest.passive().play("""
                . elapse 60s
                ! close CLIENT
                ! close SERVER
                C> %s
                C< 425 The data port has expired, use PORT or PASV again.
                ~
                """.formatted(command));
    }

    @Test
    void asksTheServerAgainOnceTheDataPortWasUsed() {
        TransferExchangeTest.downloading().play("""
                S> 226 done
                . ended COMPLETE 1 0
                C< 226 done
                C> RETR g
                S< RETR g
                S> 425 Use PASV
                C< 425 Use PASV
                """);
    }

    /** D26, D27: the command and its mark pass untouched, and the data flow the right way. */
    @ParameterizedTest
    @CsvSource({
        "RETR f, SERVER",
        "LIST, SERVER",
        "NLST a b, SERVER",
        "MLSD, SERVER",
        "STOR f, CLIENT",
        "APPE f, CLIENT",
        "STOU, CLIENT"
    })
    void relaysFromTheSender(String command, String sender) {
        TransferExchangeTest.passive().play("""
                C> %s
                S< %s
                . connected CLIENT
                S> 150 FILE: a.1
                C< 150 FILE: a.1
                ! relay %s
                . ended COMPLETE 1 1
                S> 250 stored a.1
                C< 250 stored a.1
                """.formatted(command, command, sender));
    }
}
