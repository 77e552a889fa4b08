package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.AlgListener.SessionAuthenticated;
import io.ftpalg.policy.LoginDialect;
import io.ftpalg.policy.LoginPolicy;
import io.ftpalg.policy.NameResolver;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.policy.Router;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Each dialect in which clients tell a gateway where to go, and who they are there (L1, L2). */
class LoginDialogueTest {
    private static final String LOGIN_AT_SERVER = """
            C> USER joe
            S< USER joe
            S> 331 password?
            C< 331 password?
            C> PASS secret
            S< PASS secret
            S> 230 welcome
            C< 230 welcome
            """;
    private static final String LOGGED_IN_BY_THE_GATEWAY = """
            ! connect
            . server-connected
            S> 220 ready
            S< USER joe
            S> 331 password?
            S< PASS secret
            S> 230-welcome
            C< 230-welcome
            S> 230 to you
            C< 230 to you
            ~
            """;

    private static Playbook forward() {
        return greeted(Playbook.cast().forward());
    }

    private static Playbook forwardWithUsers() {
        return greeted(Playbook.cast().forward().withUsers());
    }

    private static Playbook greeted(Playbook.Cast cast) {
        return cast.begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                """);
    }

    // ---- without users of the gateway's own

    /** Types 3 and 4 of some clients without the login at the gateway; CuteFTP's SITE. */
    @Test
    void siteConnects() {
        forward().play("""
                C> SITE ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER);
    }

    @Test
    void openConnects() {
        forward().play("""
                C> OPEN ftp.example 2121
                ! route @ftp.example:2121
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER);
    }

    /** The second dialogue of the article: what was said before is for the server. */
    @Test
    void siteLogsInWithWhatWasSaidBefore() {
        Playbook play = forward().play("""
                C> USER joe
                C< 331 Password required.
                C> PASS secret
                C< 230 Name your server, SITE host or OPEN host.
                C> PWD
                C< 530 Name your server first: USER user@host, SITE host or OPEN host.
                C> SITE ftp.example
                ! route joe@ftp.example
                . route
                """).play(LOGGED_IN_BY_THE_GATEWAY);

        assertThat(play.events().of(SessionAuthenticated.class)).singleElement()
                .satisfies(event -> assertThat(event.user()).isEqualTo("joe"));
    }

    @Test
    void aRefusedLoginOfThatKindCanBeTriedAgainAtTheServer() {
        forward().play("""
                C> USER joe
                C< 331 Password required.
                C> PASS wrong
                C< 230 Name your server, SITE host or OPEN host.
                C> OPEN ftp.example
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                S< PASS wrong
                S> 530 no
                C< 530 no
                """).play(LOGIN_AT_SERVER);
    }

    @Test
    void siteIsTheServersOnceThereIsOne() {
        forward().play("""
                C> SITE ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER).play("""
                C> SITE CHMOD 644 file
                S< SITE CHMOD 644 file
                S> 200 done
                C< 200 done
                """);
    }

    /** L5. */
    @Test
    void openGoesToAnotherServer() {
        forward().play("""
                C> OPEN ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER).play("""
                C> OPEN other.example
                S< QUIT
                ! disconnect
                ! route @other.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """);
    }

    @Test
    void tellsWhatIsMissing() {
        forward().play("""
                C> SITE
                C< 501 Bad argument.
                C> PASS secret
                C< 503 Log in with USER first.
                C> USER joe
                C< 331 Password required.
                C> SITE ftp.example
                C< 503 PASS first.
                """);
    }

    /** A4: a text that no server can have is no other case than a server that is not allowed. */
    @Test
    void aBadNameIsRefusedAsADeniedOneIs() {
        forward().play("""
                C> SITE 127.1
                ! route
                . route-refused
                . elapse 10s
                C< 421 Service not available.
                ! end
                """);
    }

    @Test
    void understandsOnlyTheDialectsThatAreOn() {
        greeted(Playbook.cast().forward().login(LoginPolicy.DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_HOST)))).play("""
                C> SITE ftp.example
                C< 530 Log in with USER user@host and PASS.
                C> OPEN ftp.example
                C< 530 Log in with USER user@host and PASS.
                C> USER joe
                C< 530 Log in with USER user@host and PASS.
                C> PASS secret
                C< 503 Log in with USER first.
                """);
    }

    /** Nobody gets around it by naming the server first. */
    @Test
    void letsOnlyAnonymousUsersInAtAServerThatWasNamedBefore() {
        LoginPolicy anonymous = new LoginPolicy(LoginPolicy.DEFAULT.dialects(), '@', false, true, Optional.empty());

        greeted(Playbook.cast().forward().login(anonymous)).play("""
                C> SITE ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                C> USER joe
                C< 530 Only anonymous logins are allowed here.
                C> USER anonymous
                S< USER anonymous
                S> 331 mail address?
                C< 331 mail address?
                """);
        greeted(Playbook.cast().forward().login(anonymous)).play("""
                C> USER ftp@ftp.example
                ! route ftp@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER ftp
                S> 331 mail address?
                C< 331 mail address?
                C> USER joe
                C< 530 Only anonymous logins are allowed here.
                """);
    }

    // ---- with users of the gateway's own

    private static final String LOGGED_IN_AT_THE_GATEWAY = """
            C> USER fw
            C< 331 Password required.
            C> PASS fwpass
            ! authenticate fw fwpass
            . authenticated fw
            C< 230 Logged in at the gateway; name your server, USER user@host.
            """;

    /** lftp's "user", type 2 of ncftp, "USER with login". */
    @Test
    void loginThenUserAtHost() {
        Playbook play = forwardWithUsers().play(LOGGED_IN_AT_THE_GATEWAY).play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> PASS secret
                S< PASS secret
                S> 230 welcome
                C< 230 welcome
                """);

        assertThat(play.events().of(ProxyAuthenticated.class)).singleElement()
                .satisfies(event -> assertThat(event.user().name()).isEqualTo("fw"));
    }

    /** Type 3 of ncftp. */
    @Test
    void loginThenSite() {
        forwardWithUsers().play(LOGGED_IN_AT_THE_GATEWAY).play("""
                C> SITE ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER);
    }

    /** lftp's "open", type 4 of ncftp. */
    @Test
    void loginThenOpen() {
        forwardWithUsers().play(LOGGED_IN_AT_THE_GATEWAY).play("""
                C> OPEN ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER);
    }

    /** lftp's "joined", type 5 of ncftp; a password of the server may have the separator in it. */
    @Test
    void joined() {
        forwardWithUsers().play("""
                C> USER joe@fw@ftp.example
                C< 331 Password required.
                C> PASS sec@ret@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                S< PASS sec@ret
                S> 230 welcome
                C< 230 welcome
                """);
    }

    @Test
    void joinedTheOtherWayRound() {
        LoginPolicy first = new LoginPolicy(LoginPolicy.DEFAULT.dialects(), '@', true, false, Optional.empty());

        greeted(Playbook.cast().forward().login(first).withUsers()).play("""
                C> USER fw@joe@ftp.example
                C< 331 Password required.
                C> PASS fwpass@sec@ret
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                S< PASS sec@ret
                S> 230 welcome
                C< 230 welcome
                """);
    }

    @Test
    void joinedWithOnePasswordIsRefused() {
        forwardWithUsers().play("""
                C> USER joe@fw@ftp.example
                C< 331 Password required.
                C> PASS secret
                ! authenticate fw\s
                . not-authenticated
                ~
                . elapse 5s
                C< 530 Login incorrect.
                """);
    }

    /** lftp's "proxy-user@host", type 6 of ncftp. */
    @Test
    void proxyUserAtHost() {
        forwardWithUsers().play("""
                C> USER fw@ftp.example
                C< 331 Password required.
                C> PASS fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 230 Logged in at the gateway and connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER);
    }

    /** lftp's "joined-acct", type 7 of ncftp, "USER/PASS/ACCT". */
    @Test
    void account() {
        forwardWithUsers().play("""
                C> USER joe@ftp.example fw
                C< 331 Password required.
                C> PASS secret
                C< 332 Account required: the password of the gateway.
                C> ACCT fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                . route
                """).play(LOGGED_IN_BY_THE_GATEWAY);
    }

    /** L7: what a server wants of an account it gets. */
    @Test
    void anAccountThatTheServerWantsIsForTheServer() {
        forwardWithUsers().play("""
                C> USER joe@fw@ftp.example
                C< 331 Password required.
                C> PASS secret@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                S< PASS secret
                S> 332 account?
                C< 332 account?
                C> ACCT budget
                S< ACCT budget
                S> 230 welcome
                C< 230 welcome
                """);
    }

    @Test
    void aUserWithoutPasswordIsLoggedInAtOnce() {
        forwardWithUsers().play("""
                C> USER joe@fw@ftp.example
                C< 331 Password required.
                C> PASS secret@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 230 come in
                C< 230 come in
                C> PWD
                S< PWD
                S> 257 "/"
                C< 257 "/"
                """);
    }

    /** L5: who is known stays known. */
    @Test
    void goesToAnotherServerWithoutAnotherLoginAtTheGateway() {
        forwardWithUsers().play(LOGGED_IN_AT_THE_GATEWAY).play("""
                C> SITE ftp.example
                ! route @ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 Connected; log in with USER and PASS.
                """).play(LOGIN_AT_SERVER).play("""
                C> USER ann@other.example
                S< QUIT
                ! disconnect
                ! route ann@other.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER ann
                """);
    }

    /** L5. */
    @Test
    void reinForgetsWhoTheClientIs() {
        forwardWithUsers().play(LOGGED_IN_AT_THE_GATEWAY).play("""
                C> REIN
                C< 220 Ready for a new user.
                C> SITE ftp.example
                C< 530 Log in with USER user@host and PASS.
                C> USER joe@ftp.example
                C< 331 Password required.
                """);
    }

    @Test
    void nothingReachesAServerBeforeTheLoginAtTheGateway() {
        forwardWithUsers().play("""
                C> SITE ftp.example
                C< 530 Log in with USER user@host and PASS.
                C> OPEN ftp.example
                C< 530 Log in with USER user@host and PASS.
                C> ACCT fwpass
                C< 503 Log in with USER first.
                C> USER joe@ftp.example
                C< 331 Password required.
                C> LIST
                C< 530 Log in with USER user@host and PASS.
                """);
    }

    // ---- where the server is known, or known from the user

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
        Playbook.cast().login(LoginPolicy.DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_PROXY_USER))).withUsers().begin()
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
                """).play(LOGGED_IN_BY_THE_GATEWAY);
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
