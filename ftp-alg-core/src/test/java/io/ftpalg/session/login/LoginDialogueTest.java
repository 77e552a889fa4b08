package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.LOGGED_IN_BY_THE_GATEWAY;
import static io.ftpalg.session.Logins.LOGIN_AT_SERVER;
import static io.ftpalg.session.Logins.connectedTo;
import static io.ftpalg.session.Logins.forward;
import static io.ftpalg.session.Logins.greeted;
import static io.ftpalg.session.Logins.greetedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.SessionAuthenticated;
import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.session.Playbook;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dialects in which clients name their server, where the gateway has no users (L1, L2). */
public class LoginDialogueTest {
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
                """ + connectedTo("ftp.example:2121")).play(LOGIN_AT_SERVER);
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

        assertThat(play.events().of(SessionAuthenticated.class))
                .singleElement()
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
                """ + greetedFor("joe@ftp.example") + """
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
                """ + connectedTo("ftp.example")).play(LOGIN_AT_SERVER).play("""
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
                """ + connectedTo("ftp.example")).play(LOGIN_AT_SERVER).play("""
                C> OPEN other.example
                S< QUIT
                ! disconnect
                """ + connectedTo("other.example"));
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
                C< 503 Send PASS first.
                """);
    }

    /** A4: a text that no server can have is no other case than a server that is not allowed. */
    @Test
    void aBadNameIsRefusedAsADeniedOneIs() {
        forward().play("""
                C> SITE 127.1
                ! route
                . route-refused
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    @Test
    void understandsOnlyTheDialectsThatAreOn() {
        greeted(Playbook.cast().forward().login(LoginPolicy.DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_HOST))))
                .play("""
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
                """ + connectedTo("ftp.example") + """
                C> USER joe
                C< 530 Only anonymous logins are allowed here.
                C> USER anonymous
                S< USER anonymous
                S> 331 mail address?
                C< 331 mail address?
                """);
        greeted(Playbook.cast().forward().login(anonymous)).play("""
                C> USER ftp@ftp.example
                """ + greetedFor("ftp@ftp.example") + """
                S< USER ftp
                S> 331 mail address?
                C< 331 mail address?
                C> USER joe
                C< 530 Only anonymous logins are allowed here.
                """);
    }

    /** What the article's author would have the gateway fill in. */
    @Test
    void siteConnectsAClientThatSaidNoUser() {
        forward().play("""
                C> USER
                C< 331 Password required.
                C> PASS
                C< 230 Name your server, SITE host or OPEN host.
                C> SITE ftp.example
                """ + connectedTo("ftp.example")).play(LOGIN_AT_SERVER);
    }

    /** Somebody in between may have put it in. */
    @Test
    void takesNoServerInTheClearWhereTlsIsDemanded() {
        greeted(Playbook.cast()
                        .forward()
                        .clientTls(new ClientTls(
                                TlsUse.REQUIRED, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, false, false)))
                .play("""
                C> OPEN evil.example
                C< 530 Log in under TLS, use AUTH TLS first.
                C> SITE evil.example
                C< 530 Log in under TLS, use AUTH TLS first.
                ~
                """);
    }
}
