package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SessionsTest {

    @Test
    void numbersThemFromOne() {
        Sessions sessions = new Sessions(new SharedGatewayState());

        assertThat(sessions.nextId()).isEqualTo(1);
        assertThat(sessions.nextId()).isEqualTo(2);
    }

    @Test
    void isDrainedAtOnceWhereNobodyIs() {
        assertThat(new Sessions(new SharedGatewayState()).stop()).isCompleted();
    }

    @Test
    void countsWhoIsThere() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO)) {
            try (Talk first = network.talk();
                    Talk second = network.talk()) {
                assertThat(network.sessions.size()).isEqualTo(2);
                first.client().close();
                await().atMost(TestNetwork.PATIENCE).until(() -> network.sessions.size() == 1);
                second.exchange("NOOP", "200 still here");
            }
        }
    }

    @Test
    void isDrainedWhenTheLastIsGone() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk talk = network.talk()) {
            var drained = network.sessions.stop();

            assertThat(talk.client().receive()).startsWith("421 ");
            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            talk.client().close();
            TestNetwork.soon(drained);
            assertThat(network.sessions.size()).isZero();
        }
    }

    @Test
    void endsWhoComesWhileItStops() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO)) {
            assertThat(network.sessions.stop()).isCompleted();

            try (Peer late = network.client()) {
                assertThat(late.receive()).startsWith("421 ");
                assertThat(late.receive()).isEqualTo(Peer.END);
            }
        }
    }

    @Test
    void isNotDrainedBetweenAcceptAndSession() {
        Sessions sessions = new Sessions(new SharedGatewayState());
        assertThat(sessions.enter()).isTrue();

        sessions.retire();

        assertThat(sessions.drained()).isNotDone();
        assertThat(sessions.enter()).as("accepted in the moment of the change").isTrue();
        sessions.leave();
        sessions.leave();
        assertThat(sessions.drained()).isCompleted();
        assertThat(sessions.enter()).isFalse();
    }

    @Test
    void whoseGatewayRetiredGoOnUntilTheyEndByThemselves() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk talk = network.talk()) {
            network.sessions.retire();

            talk.exchange("NOOP", "200 as before");
            assertThat(network.sessions.drained()).isNotDone();
            talk.client().close();
            TestNetwork.soon(network.sessions.drained());
        }
    }

    @Test
    void failWithTheFirstReasonAndAreDrainedAllTheSame() {
        Sessions sessions = new Sessions(new SharedGatewayState());

        sessions.failIfFatal(new IllegalStateException("a defect of one session"));
        assertThat(sessions.failed()).isNotDone();
        sessions.failIfFatal(new OutOfMemoryError("first"));
        sessions.failIfFatal(new OutOfMemoryError("second"));

        assertThat(sessions.failed())
                .isCompletedWithValueMatching(failure -> failure.what().endsWith("first"));
        assertThat(sessions.stop()).isCompleted();
    }

    @Test
    void endWhenTheirGatewayRetiredAndIsStoppedThen() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk talk = network.talk()) {
            network.sessions.retire();

            var drained = network.sessions.stop();

            assertThat(talk.client().receive()).startsWith("421 ");
            talk.client().close();
            TestNetwork.soon(drained);
        }
    }
}
