package io.ftpalg.session.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.Timers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final SessionContext session = Playbook.loggedIn().context();
    private final InFlight inFlight = new InFlight(session.lifecycle(), session.timers());
    private final List<String> heard = new ArrayList<>();

    InFlightTest() {
        inFlight.dispatchBy(new InFlight.Dispatcher() {
            @Override
            public void finished() {
                heard.add("finished");
            }

            @Override
            public void next() {
                heard.add("next");
            }
        });
    }

    @Test
    void aCommandIsInFlightFromItsStartToItsFinalReply() {
        Exchange noop = exchange("noop");
        assertThat(inFlight.pending()).isNull();

        inFlight.open(noop);
        assertThat(inFlight.exchange()).isSameAs(noop);
        assertThat(inFlight.pending()).isSameAs(noop);

        inFlight.finish(noop);
        assertThat(inFlight.exchange()).isNull();
        assertThat(heard).containsExactly("start noop", "finished", "next");
    }

    @Test
    void anExchangeMayBeReplacedByAnother() {
        inFlight.open(exchange("a"));
        Exchange other = exchange("b");

        inFlight.replace(other);

        assertThat(inFlight.exchange()).isSameAs(other);
        assertThat(heard).containsExactly("start a", "start b", "next");
    }

    @Test
    void onlyTheCommandInFlightIsFinished() {
        inFlight.open(exchange("a"));

        assertThatThrownBy(() -> inFlight.finish(exchange("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("NOOP is not in flight in state READY");
    }

    @Test
    void theIdleTimeoutDoesNotRunMeanwhile() {
        assertThat(session.timers().isRunning(Timers.Kind.IDLE)).isTrue();

        inFlight.open(exchange("a"));

        assertThat(session.timers().isRunning(Timers.Kind.IDLE)).isFalse();
    }

    @Test
    void nothingIsInFlightInASessionThatIsClosed() {
        inFlight.open(exchange("a"));

        inFlight.clear();

        assertThat(inFlight.pending()).isNull();
    }

    private Exchange exchange(String name) {
        return new Exchange(session, FtpCommand.of(FtpVerb.NOOP)) {
            @Override
            protected void start() {
                heard.add("start " + name);
            }

            @Override
            protected void onServerLine(ReplyLine line) {
                heard.add(line.wire());
            }
        };
    }
}
