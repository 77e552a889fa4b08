package io.ftpalg.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recorded session is known by. */
class RecordedSessionTest {

    @ParameterizedTest
    @ValueSource(strings = {"S< 220 Hi", "S< 220-Hi", "C< 220 Hi", "S< 120 Soon", "C< 421 Full", "C< 530 No"})
    void beginsWithAGreetingOrARefusal(String first) {
        assertThat(Recorded.session("* tls", first, "C> NOOP").midSession()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C> USER joe", "S> NOOP", "S< 226 Done", "C< 331 Go on", "S<  text"})
    void anythingElseIsTheMiddle(String first) {
        assertThat(Recorded.session(first, "S< 220 Hi").midSession())
                .map(RecordedLine::place)
                .contains(1);
    }

    @Test
    void itsEndIsAnEvent() {
        assertThat(Recorded.session("C> QUIT", "* session closed cause=SERVER_LOST")
                        .closeCause())
                .contains("SERVER_LOST");
        assertThat(Recorded.session("C> session closed cause=QUIT").closeCause())
                .isEqualTo(Optional.empty());
    }

    @Test
    void eprtShowsTheFamily() {
        RecordedSession session = Recorded.session("C> EPRT |1|10.0.0.1|5|", "S> EPRT |2|2001:db8::1|5|");

        assertThat(session.isIpv6(Direction.FROM_CLIENT)).isFalse();
        assertThat(session.isIpv6(Direction.TO_SERVER)).isTrue();
    }
}
