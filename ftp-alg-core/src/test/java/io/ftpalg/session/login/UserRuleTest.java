package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.forward;
import static io.ftpalg.session.Logins.greeted;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.session.Playbook;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserRuleTest {

    @Test
    void asksTheOneServerOfAReverseGatewayWhateverTheNameLooksLike() {
        Playbook.cast().greeted().play("C> USER joe@ftp.example\nS< USER joe@ftp.example\n~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jo\u0001e", "joe\u001f@ftp.x", "joe@ftp\u007f.x", "joe@ftp.x\t", "\u001b[2J"})
    void refusesControlBytesInUserAndHost(String name) {
        Playbook.cast().greeted().play("C> USER " + name + "\nC< 501 Bad argument.\n~");
        forward().play("""
                C> USER %1$s
                C< 501 Bad argument.
                C> SITE %1$s
                C< 501 Bad argument.
                C> OPEN %1$s
                C< 501 Bad argument.
                ~
                """.formatted(name));
    }

    @Test
    void goesWhereTheNameSays() {
        forward().play("""
                C> USER a@b.c@ftp.x
                ! route a@b.c@ftp.x
                ~
                """);
    }

    @Test
    void tellsHowToNameAServerWhereTheNameDoesNotAndNothingElseCan() {
        greeted(Playbook.cast().forward().login(LoginPolicy.DEFAULT.withDialects(Set.of(LoginDialect.USER_AT_HOST))))
                .play("""
                C> USER joe
                C< 530 Log in with USER user@host and PASS.
                ~
                """);
    }

    /** OpenBSD's -A. */
    @Test
    void letsOnlyAnonymousUsersInIfThatIsWished() {
        LoginPolicy anonymous = new LoginPolicy(LoginPolicy.DEFAULT.dialects(), '@', false, true, Optional.empty());

        Playbook.cast().login(anonymous).greeted().play("""
                C> USER joe
                C< 530 Only anonymous logins are allowed here.
                C> USER Anonymous
                S< USER Anonymous
                S> 331 mail address?
                C< 331 mail address?
                """);
        greeted(Playbook.cast().login(anonymous).forward()).play("""
                C> USER joe@ftp.example
                C< 530 Only anonymous logins are allowed here.
                C> USER ftp@ftp.example
                ! route ftp@ftp.example
                """);
    }

    /** Where the server is known the separator is a letter like others. */
    @Test
    void passesAMailAddressOnWhereTheServerIsKnown() {
        Playbook.cast().greeted().play("""
                C> USER joe@example.com
                S< USER joe@example.com
                """);
    }

    @Test
    void sendsTheUserOfTheRouteWhereTheServerIsKnown() {
        Playbook.cast().begin().play("""
                . start
                ! route
                . route-as service
                ! connect
                . server-connected
                S> 220 ready
                C< 220 ready
                C> USER joe
                S< USER service
                S> 331 password?
                C< 331 password?
                C> PASS secret
                S< PASS secret
                """);
    }

    /** An anonymous user of the gateway makes no anonymous user of the server. */
    @Test
    void demandsTlsOfBothUsersThatAreNamed() {
        ClientTls forLogins =
                new ClientTls(TlsUse.REQUIRED_FOR_LOGIN, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, false, false);
        greeted(Playbook.cast().forward().withUsers().clientTls(forLogins)).play("""
                C> USER joe@anonymous@ftp.example
                C< 530 Log in under TLS, use AUTH TLS first.
                C> USER anonymous@fw@ftp.example
                C< 530 Log in under TLS, use AUTH TLS first.
                C> USER anonymous@ftp@ftp.example
                C< 331 Password required.
                """);
    }
}
