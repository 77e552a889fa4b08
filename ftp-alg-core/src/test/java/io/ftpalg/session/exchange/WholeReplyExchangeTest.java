package io.ftpalg.session.exchange;

import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

class WholeReplyExchangeTest {

    @Test
    void waitsForTheFinalReplyToItsLastLine() {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> HELP
                S< HELP
                S> 100 soon
                ~
                S> 214-Help
                ~
                S> 214 End
                C< 214-Help
                C<  TLS (AUTH TLS, PBSZ, PROT): you off, data C; server off
                C< 214 End
                ~
                """);
    }
}
