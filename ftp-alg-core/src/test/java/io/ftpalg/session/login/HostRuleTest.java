package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.alone;
import static io.ftpalg.session.Logins.greetedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.session.Playbook;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** L6, RFC 7151. */
class HostRuleTest {

    private static Playbook byHost() {
        return alone(Playbook.cast().router(new ByHost()));
    }

    @Test
    void remembersTheLastHost() {
        Playbook play = byHost().play("""
                C> HOST a.example
                C< 220 Host accepted.
                C> HOST b.example
                C< 220 Host accepted.
                C> USER joe
                ! route joe
                """);

        assertThat(play.context().request().host()).contains("b.example");
    }

    @Test
    void refusesWhatIsNoHostOfOurs() {
        byHost().play("""
                C> HOST c.example
                C< 504 No such host here.
                C> HOST a.example:21
                C< 501 Bad argument.
                C> HOST \ta.example
                C< 501 Bad argument.
                C> HOST
                C< 501 Bad argument.
                """);
    }

    @Test
    void comesBeforeUser() {
        byHost().play("""
                C> USER joe
                """ + greetedFor("joe") + """
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> HOST a.example
                C< 503 HOST comes before USER.
                """);
    }

    /** L5: back to the state before USER, HOST included. */
    @Test
    void isForgottenByRein() {
        Playbook play = byHost().play("""
                C> HOST a.example
                C< 220 Host accepted.
                C> REIN
                C< 220 Ready for a new user.
                """);

        assertThat(play.context().request().host()).isEmpty();
    }

    @Test
    void isOfferedWhereItMatters() {
        byHost().play("""
                C> FEAT
                C< 211-Features:
                C<  HOST
                C<  EPRT
                C<  EPSV
                C< 211 End
                """);
    }

    @Test
    void isRefusedWhereItDoesNot() {
        Playbook.loggedIn().play("""
                C> HOST a.example
                C< 502 Command not allowed.
                """);
    }

    private record ByHost() implements Router {
        @Override
        public boolean needsLogin() {
            return true;
        }

        @Override
        public boolean takesTargets() {
            return false;
        }

        @Override
        public boolean takesHosts() {
            return true;
        }

        @Override
        public boolean knowsHost(String host) {
            return host.equals("a.example") || host.equals("b.example");
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return CompletableFuture.failedStage(new AssertionError("the play routes"));
        }
    }
}
