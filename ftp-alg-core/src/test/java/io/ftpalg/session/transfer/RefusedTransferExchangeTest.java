package io.ftpalg.session.transfer;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

/** A transfer that the server announced and the gateway refuses. */
class RefusedTransferExchangeTest {

    private static Playbook refused() {
        return Playbook.loggedIn().play("""
                C> LIST
                S< LIST
                S> 150 here
                S< !ABOR
                C< 425 Use PORT or PASV first.
                C> NOOP
                ~
                """);
    }

    @Test
    void dropsBothFinalReplies() {
        refused().play("""
                S> 426-cut
                S> 426 cut
                ~
                S> 226 aborted
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void goesOnAfterAWhileAndDropsWhatComesLate() {
        refused().play("""
                . elapse 5s
                S< NOOP
                S> 426 cut
                S> 226 aborted
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void goesOnAfterAWhileBehindTheOnlyReply() {
        refused().play("""
                S> 226 aborted
                . elapse 5s
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }

    /** What PROT says counts for the transfers of verbs that nobody knows, too. */
    @Test
    void refusesDataInTheClearWhereTlsIsDemanded() {
        ClientTls demanding = new ClientTls(TlsUse.OPTIONAL, TlsUse.REQUIRED, AuthMode.TERMINATE, false, false, false);
        TransferExchangeTest.passive(Playbook.cast().clientTls(demanding).serverTls(ServerTls.OFF))
                .play("""
                C> ERET P 0 10 f
                S< ERET P 0 10 f
                S> 150 here
                ! abort CLIENT
                ! abort SERVER
                S< !ABOR
                C< 521 Data connections must be under TLS, use PROT P.
                S> 426 cut
                S> 226 aborted
                C> NOOP
                S< NOOP
                """);
    }
}
