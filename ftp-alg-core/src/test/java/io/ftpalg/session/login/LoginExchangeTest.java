package io.ftpalg.session.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;

class LoginExchangeTest {

    @Test
    void isReadyOnceTheServerSaysSo() {
        Playbook play = Playbook.cast().askedForThePassword().play("""
                C> PASS secret
                S< PASS secret
                S> 332 account?
                C< 332 account?
                """);

        assertThat(play.state()).isEqualTo(SessionState.LOGIN);
        play.play("""
                C> ACCT sales
                S< ACCT sales
                S> 230 welcome
                C< 230 welcome
                """);
        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    /** A9: four refused passwords pass, the fifth ends the session. */
    @Test
    void endsBehindTheFifthRefusedPassword() {
        Playbook play = Playbook.cast().greeted();
        for (int i = 0; i < 4; i++) {
            play.play("C> PASS x\nS< PASS x\nS> 530 no\nC< 530 no\n~");
        }

        play.play("""
                C> PASS x
                S< PASS x
                S> 530 no
                C< 530 no
                C< 421 Too many failed logins.
                ! end
                """);
        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.TOO_MANY_LOGINS);
    }

    /** D18: another USER ends what was agreed. */
    @Test
    void closesTheDataPortOfTheUserBefore() {
        Playbook play = TransferExchangeTest.passive().play("""
                C> USER ann
                ! close CLIENT
                ! close SERVER
                S< USER ann
                S> 331 password?
                C< 331 password?
                """);

        assertThat(play.state()).isEqualTo(SessionState.LOGIN);
    }
}
