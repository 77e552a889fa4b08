package io.ftpalg.session.command;

import static io.ftpalg.session.transfer.DataPorts.AGREED_WITHOUT_DIALLING;
import static io.ftpalg.session.transfer.DataPorts.AGREED_WITH_AN_ACTIVE_SERVER;
import static io.ftpalg.session.transfer.OvertakingCommandsTest.ABORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.AlgListener.TransferStarted;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassThroughExchangeTest {

    @Test
    void keepsTheBlankOfAnEmptyArgumentAndACodeThatNoRfcKnows() {
        Playbook.cast()
                .greeted()
                .play("C> USER joe\nS< USER joe\nS> 331 pw\nC< 331 pw\nC> PASS \nS< PASS \nS> 730 odd\nC< 730 odd\n~");
        Playbook.loggedIn().play("C> CWD \nS< CWD \nS> 550 no\nC< 550 no\n~");
    }

    @Test
    void passesRepliesLineByLine() {
        Playbook.loggedIn().play("""
                C> HELP
                S< HELP
                S> 214-first
                C< 214-first
                S> 214-not the end
                C< 214-not the end
                S> 200 nor this
                C< 200 nor this
                S> 214 end
                C< 214 end
                C> NOOP
                S< NOOP
                """);
    }

    /** An unknown verb that is answered by 1yz must not hang. */
    @Test
    void waitsForTheFinalReplyBehindAPreliminaryOne() {
        Playbook.loggedIn().play("""
                C> XRCP a b
                S< XRCP a b
                S> 150 working
                C< 150 working
                C> NOOP
                ~
                S> 250 copied
                C< 250 copied
                S< NOOP
                """);
    }

    /** Verbs that move data are more than we know: with a data port agreed, a mark makes a transfer of any. */
    @ParameterizedTest
    @ValueSource(strings = {"ERET P 0 10 f", "ESTO A 10 f", "THMB JPG 10 10 f", "MLSR", "XRCP a b", "SITE GET f"})
    void becomesATransferAtTheMark(String command) {
        Playbook play = TransferExchangeTest.passive().play("""
                C> %s
                S< %s
                S> 150-here
                S> 150 it comes
                C< 150-here
                C< 150 it comes
                . connected CLIENT
                ! relay BOTH
                S> 226 done
                ~
                . ended COMPLETE 10 0
                C< 226 done
                C> NOOP
                S< NOOP
                """.formatted(command, command));

        assertThat(play.events().of(TransferStarted.class)).hasSize(1);
        assertThat(play.events().of(TransferFinished.class)).singleElement().satisfies(finished -> {
            assertThat(finished.end()).isEqualTo(TransferEnd.COMPLETE);
            assertThat(finished.bytesToClient()).isEqualTo(10);
        });
    }

    @Test
    void isNoSuccessWhereTheDataOfAnUnknownVerbWereCut() {
        TransferExchangeTest.passive().play("""
                C> ERET P 0 10 f
                S< ERET P 0 10 f
                . connected CLIENT
                S> 125 here
                C< 125 here
                ! relay BOTH
                S> 226 done
                . ended SERVER_RESET 5 0
                C< 426 Connection closed; transfer aborted.
                """);
    }

    @Test
    void dialsTheServerAtTheMarkOfAnUnknownVerb() {
        Playbook.cast().late().loggedIn().play(AGREED_WITHOUT_DIALLING + """
                C> ERET P 0 10 f
                S< ERET P 0 10 f
                S> 150 here
                C< 150 here
                ! dial SERVER 127.0.0.2 51210
                . connected CLIENT
                . connected SERVER
                ! relay BOTH
                """);
    }

    /** Not every verb with a mark uses the data port: the server never connected, nor did the client. */
    @Test
    void passesTheFinalReplyOfAnUnknownVerbWithoutData() {
        Playbook.cast().mode(ServerDataMode.ACTIVE).loggedIn().play(AGREED_WITH_AN_ACTIVE_SERVER + """
                C> XRCP a b
                S< XRCP a b
                S> 150 working
                C< 150 working
                S> 250 copied
                . elapse 5s
                ! close CLIENT
                ! close SERVER
                C< 250 copied
                """);
    }

    @Test
    void abortsADownloadInTheMiddleOfAnUnknownVerb() {
        TransferExchangeTest.passive().play("""
                C> MLSR
                S< MLSR
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay BOTH
                """ + ABORTED);
    }

    /** The usual case of it: the server's port was dialled at once, and nothing came of it. */
    @Test
    void passesTheFinalReplyOfAnUnknownVerbThatLeftTheDataPortAlone() {
        TransferExchangeTest.passive().play("""
                C> XRCP a b
                S< XRCP a b
                S> 150 working
                C< 150 working
                S> 250 copied
                . elapse 5s
                ! close CLIENT
                ! close SERVER
                C< 250 copied
                """);
    }

    @Test
    void awaitsTheClientWhereDataOfAnUnknownVerbAreThere() {
        TransferExchangeTest.passive().play("""
                C> ERET P 0 10 f
                S< ERET P 0 10 f
                S> 150 here
                C< 150 here
                S> 226 done
                . readable SERVER
                . elapse 30s
                ~
                . connected CLIENT
                ! relay BOTH
                . ended COMPLETE 10 0
                C< 226 done
                """);
    }
}
