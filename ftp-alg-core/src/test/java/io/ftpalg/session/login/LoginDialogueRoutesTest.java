package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.LOGGED_IN_BY_THE_GATEWAY;

import io.ftpalg.policy.LoginDialect;
import io.ftpalg.policy.LoginPolicy;
import io.ftpalg.policy.NameResolver;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.policy.Router;
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
        Playbook.cast().withUsers().begin().play("""
                . start
                C< 220 FTP gateway ready.
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
        Playbook.cast().withUsers().begin().play("""
                . start
                C< 220 FTP gateway ready.
                C> USER joe
                C< 331 Password required.
                C> PASS secret
                ! authenticate joe secret
                . authenticated joe
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
        Playbook.cast().router(new ByUser(false)).begin().play("""
                . start
                C< 220 FTP gateway ready.
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
        Playbook.cast().router(new ByUser(false)).begin().play("""
                . start
                C< 220 FTP gateway ready.
                C> USER joe
                ! route joe
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> USER ann
                S< QUIT
                ! disconnect
                ! route ann
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER ann
                """);
    }

    /** SUSE's UserAuthMagic. */
    @Test
    void twoUsersAndTwoPasswordsWhereTheServerIsKnown() {
        Playbook.cast()
                .login(LoginPolicy.DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_PROXY_USER)))
                .withUsers()
                .begin()
                .play("""
                . start
                C< 220 FTP gateway ready.
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
        Playbook.cast().router(new ByUser(true)).begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> USER staff
                ! route staff
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER staff
                S> 331 password?
                C< 331 password?
                C> USER joe@ftp.example
                S< QUIT
                ! disconnect
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
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
