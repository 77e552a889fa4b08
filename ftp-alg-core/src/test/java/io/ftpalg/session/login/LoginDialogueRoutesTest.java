package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.LOGGED_IN_BY_THE_GATEWAY;
import static io.ftpalg.session.Logins.alone;
import static io.ftpalg.session.Logins.authenticatedByTheGateway;
import static io.ftpalg.session.Logins.greeted;
import static io.ftpalg.session.Logins.greetedFor;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.session.Playbook;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Logins where the server is known, or known from the user. */
class LoginDialogueRoutesTest {
    /** The server's login is that of the gateway. */
    @Test
    void oneLoginForBothWhereTheServerIsKnown() {
        alone().play("""
                C> USER joe
                C< 331 Password required.
                C> PASS secret
                ! authenticate joe secret
                . authenticated joe
                ! route joe
                . route
                """).play(LOGGED_IN_BY_THE_GATEWAY);
    }

    /** The route sends other credentials upstream; they are for those whom the gateway knows. */
    @Test
    void theRouteSendsOtherCredentials() {
        alone().play(authenticatedByTheGateway("joe", "secret") + """
                ! route joe
                . route-with service hidden
                ! connect
                . server-connected
                S> 220 ready
                S< USER service
                S> 331 password?
                S< PASS hidden
                S> 230 welcome
                C< 230 welcome
                """);
    }

    @Test
    void aPasswordOfTheRouteIsForNobodyWhomTheGatewayDoesNotKnow() {
        alone(Playbook.cast().router(new ByUser(false))).play("""
                C> USER joe
                ! route joe
                . route-with service hidden
                ! connect
                . server-connected
                S> 220 ready
                S< USER service
                S> 331 password?
                C< 331 password?
                C> PASS guess
                S< PASS guess
                S> 530 no
                C< 530 no
                """);
    }

    /** Another user of the gateway is another login there, and maybe another server. */
    @Test
    void aSecondUserWhereTheServerIsKnownIsRoutedAnew() {
        alone(Playbook.cast().router(new ByUser(false))).play("""
                C> USER joe
                """ + greetedFor("joe") + """
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> USER ann
                S< QUIT
                ! disconnect
                """ + greetedFor("ann") + """
                S< USER ann
                """);
    }

    /** SUSE's UserAuthMagic. */
    @Test
    void twoUsersAndTwoPasswordsWhereTheServerIsKnown() {
        alone(Playbook.cast()
                        .login(LoginPolicy.DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_PROXY_USER)))
                        .withUsers())
                .play("""
                C> USER joe@fw
                C< 331 Password required.
                C> PASS secret@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe
                . route
                """)
                .play(LOGGED_IN_BY_THE_GATEWAY);
    }

    /** Some users have a server of their own, the others name theirs. */
    @Test
    void mixesRoutesByUserWithServersThatAreNamed() {
        greeted(Playbook.cast().router(new ByUser(true)))
                .play("""
                C> USER staff
                """ + greetedFor("staff") + """
                S< USER staff
                S> 331 password?
                C< 331 password?
                C> USER joe@ftp.example
                S< QUIT
                ! disconnect
                """ + greetedFor("joe@ftp.example") + """
                S< USER joe
                """);
    }

    /** Routes by user: everybody, or staff only where servers may be named. */
    private record ByUser(boolean takesTargets) implements Router {
        @Override
        public boolean needsLogin() {
            return true;
        }

        @Override
        public boolean canRoute(RouteRequest request) {
            return !takesTargets || request.user().filter("staff"::equals).isPresent();
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return CompletableFuture.failedStage(new AssertionError("the play routes"));
        }
    }
}
