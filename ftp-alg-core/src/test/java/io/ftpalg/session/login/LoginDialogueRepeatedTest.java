package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.JOINED_LOGIN;
import static io.ftpalg.session.Logins.LOGGED_IN_AT_THE_GATEWAY;
import static io.ftpalg.session.Logins.LOGGED_IN_BY_THE_GATEWAY;
import static io.ftpalg.session.Logins.LOGIN_AT_SERVER;
import static io.ftpalg.session.Logins.alone;
import static io.ftpalg.session.Logins.authenticatedByTheGateway;
import static io.ftpalg.session.Logins.forwardWithUsers;
import static io.ftpalg.session.Logins.greetedFor;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.session.Playbook;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logins at the gateway that a client says once more. */
public class LoginDialogueRepeatedTest {
    private static final String REPEATED = """
            C> %s
            S< QUIT
            ! disconnect
            C< 331 Password required.
            """;

    /** As one does who mistyped the password of the server: those of the gateway are for no server. */
    @Test
    void sendsNoServerThePasswordOfAJoinedLoginThatIsRepeated() {
        String login = JOINED_LOGIN + """
                S> 331 password?
                S< PASS secret
                S> 530 no
                C< 530 no
                """;

        forwardWithUsers()
                .play(login)
                .play(REPEATED.formatted("USER joe@fw@ftp.example"))
                .play("""
                C> PASS secret2@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                """);
    }

    @Test
    void sendsNoServerThePasswordOfAnAccountThatIsRepeated() {
        forwardWithUsers()
                .play("""
                C> USER joe@ftp.example fw
                C< 331 Password required.
                C> PASS secret
                C< 332 Account required: the password of the gateway.
                C> ACCT fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                """)
                .play(LOGGED_IN_BY_THE_GATEWAY.replaceFirst("! connect", ". route\n! connect"))
                .play(REPEATED.formatted("USER joe@ftp.example fw"));
    }

    @Test
    void sendsNoServerThePasswordOfAProxyUserThatIsRepeated() {
        forwardWithUsers()
                .play("""
                C> USER fw@ftp.example
                C< 331 Password required.
                C> PASS fwpass
                ! authenticate fw fwpass
                . authenticated fw
                """ + greetedFor("@ftp.example") + """
                C< 230 Logged in at the gateway and connected; log in with USER and PASS.
                """)
                .play(LOGIN_AT_SERVER)
                .play(REPEATED.formatted("USER fw@ftp.example"));
    }

    @Test
    void sendsNoServerThePasswordOfAUserAtAProxyUserThatIsRepeated() {
        LoginPolicy alone =
                new LoginPolicy(EnumSet.of(LoginDialect.USER_AT_PROXY_USER), '@', false, false, Optional.empty());

        alone(Playbook.cast().login(alone).withUsers())
                .play("""
                C> USER joe@fw
                C< 331 Password required.
                C> PASS secret@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe
                . route
                """)
                .play(LOGGED_IN_BY_THE_GATEWAY)
                .play(REPEATED.formatted("USER joe@fw"));
    }

    @Test
    void sendsNoServerThePasswordOfAUserOfTheGatewayWhoLogsInAgain() {
        alone().play(authenticatedByTheGateway("fw", "fwpass") + """
                ! route fw
                . route-with admin adminpass
                ! connect
                . server-connected
                S> 220 ready
                S< USER admin
                S> 331 password?
                S< PASS adminpass
                S> 230 welcome
                C< 230 welcome
                """)
                .play(REPEATED.formatted("USER fw2"))
                .play("""
                C> PASS fw2pass
                ! authenticate fw2 fw2pass
                . authenticated fw2
                ! route fw2
                . route-with admin adminpass
                ! connect
                """);
    }

    /** Until the gateway knows who it is, the client is nobody anywhere. */
    @Test
    void aRepeatedLoginThatIsRefusedLeavesNoServer() {
        alone().play(authenticatedByTheGateway("joe", "secret") + """
                ! route joe
                . route
                """)
                .play(LOGGED_IN_BY_THE_GATEWAY)
                .play(REPEATED.formatted("USER joe"))
                .play("""
                C> LIST
                C< 530 Log in with USER and PASS.
                C> PASS wrong
                ! authenticate joe wrong
                . not-authenticated
                . elapse 5s
                C< 530 Login incorrect.
                C> LIST
                C< 530 Log in with USER and PASS.
                """);
    }

    /** The same name at both, which is common: the dialect says whose password comes. */
    @Test
    void takesTheSameNameForThatOfTheServerWhereTheClientWasKnownBefore() {
        forwardWithUsers().play(LOGGED_IN_AT_THE_GATEWAY).play("""
                C> USER fw@ftp.example
                """ + greetedFor("fw@ftp.example") + """
                S< USER fw
                S> 331 password?
                C< 331 password?
                C> USER fw
                S< USER fw
                """);
    }
}
