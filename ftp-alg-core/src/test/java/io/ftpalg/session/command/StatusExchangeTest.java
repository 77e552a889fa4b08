package io.ftpalg.session.command;

import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.tls.TlsRuleTest;
import org.junit.jupiter.api.Test;

/** What STAT and HELP tell of TLS. */
class StatusExchangeTest {

    @Test
    void addsALineToTheServersAnswer() {
        TlsRuleTest.secured(ClientTls.OPTIONAL).play("""
                C> STAT
                S< STAT
                S> 211-Status
                S>  all well
                S> 211 End
                C< 211-Status
                C<  all well
                C<  TLS (AUTH TLS, PBSZ, PROT): you on, data C; server off
                C< 211 End
                ~
                """);
    }

    @Test
    void makesSeveralLinesOfOne() {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> HELP
                S< HELP
                S> 214 No help.
                C< 214-No help.
                C<  TLS (AUTH TLS, PBSZ, PROT): you off, data C; server off
                C< 214 End
                ~
                """);
    }

    @Test
    void addsNothingToARefusal() {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> STAT
                S< STAT
                S> 530 Log in first.
                C< 530 Log in first.
                ~
                """);
    }

    @Test
    void leavesQuestionsAboutFilesAndCommandsAlone() {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> HELP SITE
                S< HELP SITE
                S> 214 No SITE.
                C< 214 No SITE.
                ~
                """);
    }
}
