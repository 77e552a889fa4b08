package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P15. */
class FixedServerOpeningTest {

    @ParameterizedTest
    @CsvSource({"421 busy", "554 no service"})
    void passesTheGreetingOfAServerThatRefuses(String greeting) {
        Playbook play = connected().play("""
                S> %s
                C< %s
                ! end
                """.formatted(greeting, greeting));

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.SERVER_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"elapse 30s, SERVER_UNREACHABLE", "server-gone, SERVER_UNREACHABLE", "server-garbage, SERVER_NOT_FTP"})
    void tellsAServerThatDoesNotGreet(String event, CloseCause cause) {
        Playbook play = connected().play("""
                . %s
                C< 421 Service not available.
                ! end
                """.formatted(event));

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(cause);
    }

    @Test
    void tellsAServerThatIsNotThere() {
        Playbook.cast().begin().play("""
                . start
                ! route
                . route
                ! connect
                . unreachable
                C< 421 Service not available.
                ! end
                """);
    }

    private static Playbook connected() {
        return Playbook.cast().begin().play("""
                . start
                ! route
                . route
                ! connect
                . server-connected
                """);
    }
}
