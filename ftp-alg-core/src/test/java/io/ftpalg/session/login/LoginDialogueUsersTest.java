package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.JOINED_LOGIN;
import static io.ftpalg.session.Logins.LOGGED_IN_AT_THE_GATEWAY;
import static io.ftpalg.session.Logins.LOGGED_IN_BY_THE_GATEWAY;
import static io.ftpalg.session.Logins.LOGIN_AT_SERVER;
import static io.ftpalg.session.Logins.PASSWORD_ACCEPTED;
import static io.ftpalg.session.Logins.alone;
import static io.ftpalg.session.Logins.connectedTo;
import static io.ftpalg.session.Logins.forwardWithUsers;
import static io.ftpalg.session.Logins.greeted;
import static io.ftpalg.session.Logins.greetedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.LoginTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The dialects in which clients say who they are to the gateway, too (L1, L2). */
class LoginDialogueUsersTest {
    /** lftp's "user", type 2 of ncftp, "USER with login". */
    @Test
    void loginThenUserAtHost() {
        Playbook play = forwardWithUsers()
                .play(LOGGED_IN_AT_THE_GATEWAY)
                .play("""
                C> USER joe@ftp.example
                """ + greetedFor("joe@ftp.example") + """
                S< USER joe
                S> 331 password?
                C< 331 password?
                """ + PASSWORD_ACCEPTED);

        assertThat(play.events().of(ProxyAuthenticated.class))
                .singleElement()
                .satisfies(event -> assertThat(event.user().name()).isEqualTo("fw"));
    }

    /** Type 3 of ncftp. */
    @Test
    void loginThenSite() {
        forwardWithUsers()
                .play(LOGGED_IN_AT_THE_GATEWAY)
                .play("""
                C> SITE ftp.example
                """ + connectedTo("ftp.example"))
                .play(LOGIN_AT_SERVER);
    }

    /** lftp's "open", type 4 of ncftp. */
    @Test
    void loginThenOpen() {
        forwardWithUsers()
                .play(LOGGED_IN_AT_THE_GATEWAY)
                .play("""
                C> OPEN ftp.example
                """ + connectedTo("ftp.example"))
                .play(LOGIN_AT_SERVER);
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
                """ + greetedFor("joe@ftp.example") + """
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
                """ + greetedFor("joe@ftp.example") + """
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
                """ + greetedFor("@ftp.example") + """
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
        forwardWithUsers().play(JOINED_LOGIN + """
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
        forwardWithUsers().play(JOINED_LOGIN + """
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
        forwardWithUsers()
                .play(LOGGED_IN_AT_THE_GATEWAY)
                .play("""
                C> SITE ftp.example
                """ + connectedTo("ftp.example"))
                .play(LOGIN_AT_SERVER)
                .play("""
                C> USER ann@other.example
                S< QUIT
                ! disconnect
                """ + greetedFor("ann@other.example") + """
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

    /** Routes know the user as its directory spells it. */
    @Test
    void routesTheUserThatTheGatewayKnows() {
        alone().play("""
                C> USER Joe
                C< 331 Password required.
                C> PASS secret
                ! authenticate Joe secret
                . authenticated joe
                ! route joe
                . route
                """).play(LOGGED_IN_BY_THE_GATEWAY);
    }

    @Test
    void countsACheckWhoseClientLeavesAsRefused() {
        LoginTest.Guard guard = new LoginTest.Guard();
        alone(Playbook.cast().guard(guard).withUsers()).play("""
                C> USER joe
                C< 331 Password required.
                C> PASS guess
                ! authenticate joe guess
                . client-gone
                ! end
                . not-authenticated
                ~
                """);

        assertThat(guard.heard).containsExactly("try joe", "failed joe");
    }

    @Test
    void forgetsTheFailuresOfTheNameThatWasSaid() {
        LoginTest.Guard guard = new LoginTest.Guard();
        alone(Playbook.cast().guard(guard).withUsers()).play("""
                C> USER Joe
                C< 331 Password required.
                C> PASS secret
                ! authenticate Joe secret
                . authenticated joe
                ! route joe
                """);

        assertThat(guard.heard).containsExactly("try Joe", "succeeded Joe");
    }
}
