package io.ftpalg.session.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

/** TLS18. */
class CccExchangeTest {
    private static final ClientTls WITH_CCC =
            new ClientTls(TlsUse.OPTIONAL, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, true, false);

    @Test
    void leavesTlsAndKeepsTheDataUnderIt() {
        Playbook play = TlsRuleTest.secured(WITH_CCC).play("""
                C> PBSZ 0
                C< 200 PBSZ=0
                C> PROT P
                C< 200 Data connections are under TLS.
                C> CCC
                C< 200 Ending TLS on the control connection.
                ! stop-tls
                . cleared
                C> PROT C
                C< 503 Send AUTH first.
                C> PBSZ 0
                C< 503 Send AUTH first.
                C> AUTH TLS
                C< 503 TLS was started before.
                C> NOOP
                S< NOOP
                """);

        assertThat(play.context().protection().isDataPrivate()).isTrue();
    }

    @Test
    void takesNoCommandBeforeBothHaveLeft() {
        TlsRuleTest.secured(WITH_CCC).play("""
                C> CCC
                C< 200 Ending TLS on the control connection.
                ! stop-tls
                C> NOOP
                ~
                . cleared
                S< NOOP
                """);
    }
}
