package io.ftpalg.session;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferRuleTest {

    /** R20. */
    @ParameterizedTest
    @ValueSource(strings = {"RETR f", "STOR f", "STOU", "APPE f", "LIST", "NLST", "MLSD"})
    void needsADataPort(String command) {
        Playbook.loggedIn().play("C> " + command + "\nC< 425 Use PORT or PASV first.\n~");
    }

    /** D26, D27: the command and its mark pass untouched, and the data flow the right way. */
    @ParameterizedTest
    @CsvSource({"RETR f, SERVER", "LIST, SERVER", "NLST a b, SERVER", "MLSD, SERVER", "STOR f, CLIENT", "APPE f, CLIENT",
            "STOU, CLIENT"})
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
