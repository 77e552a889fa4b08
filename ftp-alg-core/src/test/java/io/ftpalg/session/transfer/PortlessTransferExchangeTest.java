package io.ftpalg.session.transfer;

import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfer commands without a data port: the server's refusal is the true answer. */
class PortlessTransferExchangeTest {

    @ParameterizedTest
    @ValueSource(strings = {"550 no such file", "530 log in", "503 bad sequence", "450 busy", "425 use PASV"})
    void passesWhatTheServerReplies(String reply) {
        Playbook.loggedIn().play("""
                C> RETR f
                S< RETR f
                S> %s
                C< %s
                C> NOOP
                S< NOOP
                """.formatted(reply, reply));
    }

    @Test
    void passesARefusalOfSeveralLines() {
        Playbook.loggedIn().play("""
                C> STOR f
                S< STOR f
                S> 550-no
                S> 550 such directory
                C< 550-no
                C< 550 such directory
                """);
    }

    @Test
    void refusesTheTransferThatTheServerAnnouncesAllTheSame() {
        Playbook.loggedIn().play("""
                C> LIST
                S< LIST
                S> 150 here it comes
                S< !ABOR
                C< 425 Use PORT or PASV first.
                C> PWD
                S> 425 cannot connect
                S> 225 nothing to abort
                S< PWD
                S> 257 here
                C< 257 here
                """);
    }

    /** Nothing was listed, which needs no connection. */
    @Test
    void passesAnEmptyListing() {
        Playbook.loggedIn().play("""
                C> NLST
                S< NLST
                S> 226 nothing
                C< 226 nothing
                """);
    }

    /** What was not sent was not stored. */
    @Test
    void neverReportsAnUploadAsStored() {
        Playbook.loggedIn().play("""
                C> STOR f
                S< STOR f
                S> 226 stored
                C< 425 Use PORT or PASV first.
                """);
    }

    @Test
    void leavesNoLateReplyToTheNextCommand() {
        Playbook.loggedIn().play("""
                C> LIST
                S< LIST
                S> 200 ok
                C< 200 ok
                C> PWD
                S< PWD
                S> 150 late
                S> 425 late
                S> 257 here
                C< 257 here
                """);
    }
}
