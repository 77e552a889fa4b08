package io.ftpalg.session.tls;

import static io.ftpalg.session.Logins.greeted;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS1, TLS4, TLS8, TLS10, TLS18, TLS22. */
public class TlsRuleTest {

    private static ClientTls clients(TlsUse control, TlsUse data, boolean ccc) {
        return new ClientTls(control, data, AuthMode.TERMINATE, false, ccc, false);
    }

    /** A client, not logged in, that is under TLS. */
    public static Playbook secured(ClientTls tls) {
        return secured(Playbook.cast().clientTls(tls));
    }

    public static Playbook secured(Playbook.Cast cast) {
        return cast.greeted().play("""
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                ~
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS", "tls", "TLS-C", "SSL", "TLS-P", "tls-p"})
    void takesEveryNameOfTls(String mechanism) {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("C> AUTH " + mechanism + """

                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                C> NOOP
                S< NOOP
                """);
    }

    @ParameterizedTest
    @CsvSource({"TLS, false", "TLS-C, false", "SSL, true", "TLS-P, true"})
    void protectsDataWhereTheNameSaysSo(String mechanism, boolean data) {
        Playbook play = Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("C> AUTH " + mechanism + """

                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                """);

        assertThat(play.context().protection().isDataPrivate()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GSSAPI", "KERBEROS_V4", "", "TLS X"})
    void knowsNoOtherMechanism(String mechanism) {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("C> AUTH " + mechanism + """

                C< 504 Only AUTH TLS is supported.
                ~
                """);
    }

    @Test
    void hasNoTlsWithoutACertificate() {
        Playbook.cast().greeted().play("""
                C> AUTH TLS
                C< 502 TLS is not available.
                C> PBSZ 0
                C< 503 Send AUTH first.
                C> PROT P
                C< 503 Send AUTH first.
                C> CCC
                C< 533 Not under TLS.
                """);
    }

    @Test
    void deniesWhereTheListenerSaysSo() {
        ClientTls denied = new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.DENY, false, false, false);

        Playbook.cast().clientTls(denied).greeted().play("""
                C> AUTH TLS
                C< 534 TLS is not allowed here.
                ~
                """);
    }

    @Test
    void startsTlsOnce() {
        secured(ClientTls.OPTIONAL).play("""
                C> AUTH TLS
                C< 503 TLS was started before.
                ~
                """);
    }

    @Test
    void keepsTheOrderOfTheRfc() {
        secured(ClientTls.OPTIONAL).play("""
                C> PBSZ
                C< 501 Bad argument.
                C> PBSZ x
                C< 501 Bad argument.
                C> PBSZ 1048576
                C< 200 PBSZ=0
                C> PROT S
                C< 536 PROT S and E do not exist in TLS.
                C> PROT E
                C< 536 PROT S and E do not exist in TLS.
                C> PROT X
                C< 504 PROT takes C or P.
                C> prot p
                C< 200 Data connections are under TLS.
                C> PROT C
                C< 200 Data connections are in the clear.
                ~
                """);
    }

    @ParameterizedTest
    @CsvSource({"P, under TLS", "C, in the clear"})
    void takesProtWithoutPbsz(String level, String said) {
        Playbook play =
                secured(ClientTls.OPTIONAL).play("C> PROT " + level + "\nC< 200 Data connections are " + said + ".\n~");

        assertThat(play.context().protection().isDataPrivate()).isEqualTo(level.equals("P"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PBSZ 0", "PROT P", "CCC"})
    void leavesAllOfTlsToTheServerWhereAuthPassesThrough(String command) {
        ClientTls passing = new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false);

        Playbook.cast().clientTls(passing).greeted().play("""
                C> %1$s
                S< %1$s
                S> 503 log in under TLS first
                C< 503 log in under TLS first
                ~
                """.formatted(command));
        greeted(Playbook.cast().forward().clientTls(passing)).play("""
                C> %s
                C< 530 Log in with USER user@host and PASS.
                ~
                """.formatted(command));
    }

    @Test
    void refusesMoreOrLessProtectionThanIsAllowed() {
        secured(clients(TlsUse.OPTIONAL, TlsUse.OFF, false)).play("""
                C> PBSZ 0
                C< 200 PBSZ=0
                C> PROT P
                C< 534 This protection of data is not allowed.
                """);
        secured(clients(TlsUse.OPTIONAL, TlsUse.REQUIRED, false)).play("""
                C> PBSZ 0
                C< 200 PBSZ=0
                C> PROT C
                C< 534 This protection of data is not allowed.
                """);
    }

    @Test
    void demandsTlsForTheLogin() {
        Playbook.cast()
                .clientTls(clients(TlsUse.REQUIRED, TlsUse.OPTIONAL, false))
                .greeted()
                .play("""
                C> USER joe
                C< 530 Log in under TLS, use AUTH TLS first.
                C> PASS secret
                C< 530 Log in under TLS, use AUTH TLS first.
                C> ACCT x
                C< 530 Log in under TLS, use AUTH TLS first.
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                C> USER joe
                S< USER joe
                """);
    }

    @Test
    void letsAnonymousUsersInWithoutTlsWhereOnlyLoginsNeedIt() {
        Playbook.cast()
                .clientTls(clients(TlsUse.REQUIRED_FOR_LOGIN, TlsUse.OPTIONAL, false))
                .greeted()
                .play("""
                C> USER joe
                C< 530 Log in under TLS, use AUTH TLS first.
                C> USER anonymous
                S< USER anonymous
                S> 331 mail?
                C< 331 mail?
                C> PASS a@b
                S< PASS a@b
                """);
    }

    @Test
    void leavesTlsOnlyWhereThatIsAllowed() {
        secured(ClientTls.OPTIONAL).play("""
                C> CCC
                C< 534 The control connection stays under TLS.
                ~
                """);
        secured(clients(TlsUse.REQUIRED, TlsUse.OPTIONAL, true)).play("""
                C> CCC
                C< 534 The control connection stays under TLS.
                ~
                """);
    }
}
