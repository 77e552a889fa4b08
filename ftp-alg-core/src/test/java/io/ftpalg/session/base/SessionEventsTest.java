package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.ActionLog;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionEventsTest {

    @Test
    void tellsTheCountsOfTheSessionAtItsEnd() {
        Playbook play = TransferExchangeTest.downloading().play("""
                . elapse 3s
                S> 226 done
                . ended COMPLETE 10 2
                C< 226 done
                . client-gone
                ! end
                """);

        SessionClosed closed = play.events().of(SessionClosed.class).get(0);
        assertThat(closed.commands()).isEqualTo(4);
        assertThat(closed.transfers()).isEqualTo(1);
        assertThat(closed.bytesToClient()).isEqualTo(10);
        assertThat(closed.bytesToServer()).isEqualTo(2);
        assertThat(closed.user()).contains("joe");
        assertThat(closed.server()).contains(Playbook.SERVER);
        assertThat(closed.duration()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void tellsATransferThatTheSessionCutWithItsBytes() {
        Playbook play = TransferExchangeTest.downloading().play("""
                . client-gone
                ! abort-relay
                . ended ABORTED 5 0
                ! end
                """);

        TransferFinished finished = play.events().of(TransferFinished.class).get(0);
        assertThat(finished.end()).isEqualTo(TransferEnd.SESSION_CLOSED);
        assertThat(finished.bytesToClient()).isEqualTo(5);
        assertThat(finished.sent()).isEmpty();
        assertThat(finished.client().remote()).isPresent();
    }

    @Test
    void reportsACommandThatAFilterRefusedWithTheRuleAndNotItsArgument() {
        Playbook play = Playbook.cast()
                .filter(command -> command.verb() == FtpVerb.DELE
                        ? new Verdict.Refuse(FtpReply.of(550, "no"), Optional.of("keep"), Optional.of("/f"))
                        : Verdict.allow())
                .loggedIn()
                .play("C> DELE f\nC< 550 no\n~");

        assertThat(play.events().of(AlgListener.CommandDenied.class))
                .containsExactly(new AlgListener.CommandDenied(
                        1,
                        Playbook.CLIENT,
                        Optional.of("joe"),
                        FtpVerb.DELE,
                        Direction.DELETE,
                        Optional.of("keep"),
                        Optional.of("/f"),
                        550));
    }

    @Test
    void reportsEachCommandAndReplyOnceAndARefusedLogin() {
        Playbook play = Playbook.cast().greeted().play("""
                C> USER joe
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> PASS no
                S< PASS no
                S> 530-no
                C< 530-no
                S> 530 no
                C< 530 no
                C> LPSV
                C< 502 Command not allowed.
                ~
                """);

        assertThat(play.events().of(AlgListener.CommandReceived.class))
                .extracting(AlgListener.CommandReceived::verb)
                .containsExactly(FtpVerb.USER, FtpVerb.PASS, FtpVerb.LPSV);
        assertThat(play.events().of(AlgListener.ReplySent.class))
                .extracting(AlgListener.ReplySent::code)
                .containsExactly(220, 331, 530, 502);
        assertThat(play.events().of(AlgListener.LoginRefused.class))
                .containsExactly(new AlgListener.LoginRefused(1, Playbook.CLIENT, "joe", Playbook.SERVER));
    }

    @Test
    void reportsHowLongAServerTookToConnect() {
        Playbook play = Playbook.cast().greeted();

        assertThat(play.events().of(AlgListener.ServerConnected.class))
                .containsExactly(new AlgListener.ServerConnected(1, Playbook.SERVER, Duration.ZERO));
    }

    @Test
    void bearsAListenerThatThrows() {
        AlgListener broken = new AlgListener() {
            @Override
            public void sessionOpened(SessionOpened event) {
                throw new IllegalStateException("on purpose");
            }
        };
        SessionEvents events = new SessionEvents(broken, 1, Playbook.CLIENT, new ActionLog());

        assertThatCode(() -> events.opened(Playbook.GATEWAY)).doesNotThrowAnyException();
    }
}
