package io.ftpalg.session;

import static io.ftpalg.session.Logins.LOGIN_AT_SERVER;
import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_PASV;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.server.ServerSecuringTest;
import io.ftpalg.session.tls.TlsRuleTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TLS6, TLS7, TLS8, TLS17, D15: transfers whose legs are under TLS. */
class TlsTransferTest {
    private static final String PROT_P = """
            C> PBSZ 0
            C< 200 PBSZ=0
            C> PROT P
            C< 200 Data connections are under TLS.
            """;
    private static final String RETR = """
            C> RETR f
            S< RETR f
            . connected CLIENT
            S> 150 here it comes
            C< 150 here it comes
            """;

    private static Playbook oneSided() {
        return TlsRuleTest.secured(ClientTls.OPTIONAL).play(LOGIN_AT_SERVER);
    }

    private static AlgListener.TransferFinished finished(Playbook play) {
        return play.events().of(AlgListener.TransferFinished.class).get(0);
    }

    @Test
    void protectsTheLegThatIsUnderTls() {
        Playbook play = oneSided().play(PROT_P + AGREED_BY_PASV + RETR + """
                ! relay SERVER tls CLIENT
                . data-secured CLIENT
                . ended COMPLETE 10 0
                S> 226 done
                C< 226 done
                """);

        assertThat(finished(play).client().tls()).contains(Playbook.TLS);
        assertThat(finished(play).server().tls()).isEmpty();
    }

    @Test
    void looksAtProtWhenTheTransferBeginsAndNotWhenItsPortWasAgreed() {
        oneSided().play(AGREED_BY_PASV + PROT_P + RETR + """
                ! relay SERVER tls CLIENT
                """);
        oneSided().play(PROT_P + AGREED_BY_PASV + """
                C> PROT C
                C< 200 Data connections are in the clear.
                """ + RETR + """
                ! relay SERVER
                """);
    }

    @Test
    void protectsTheServersLegAlone() {
        ServerSecuringTest.secured(ServerTls.explicit(ServerTls.Mode.REQUIRED))
                .play(LOGIN_AT_SERVER + AGREED_BY_PASV + RETR + """
                ! relay SERVER tls SERVER
                """);
    }

    @Test
    void demandsProtectedDataBeforeTheServerHearsOfTheTransfer() {
        ClientTls demanding = new ClientTls(TlsUse.OPTIONAL, TlsUse.REQUIRED, AuthMode.TERMINATE, false, false, false);

        TlsRuleTest.secured(demanding).play(LOGIN_AT_SERVER + AGREED_BY_PASV + """
                C> RETR f
                C< 521 Data connections must be under TLS, use PROT P.
                """ + PROT_P + RETR + """
                ! relay SERVER tls CLIENT
                """);
    }

    @Test
    void passesARefusalAtOnce() {
        oneSided().play(PROT_P + AGREED_BY_PASV + """
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 550 no such file
                C< 550 no such file
                """);
    }

    @Test
    void saysSoWhenTlsFailedOnData() {
        Playbook play = oneSided().play(PROT_P + AGREED_BY_PASV + RETR + """
                ! relay SERVER tls CLIENT
                . ended TLS_FAILED 0 0
                S> 426 failure writing
                C< 522 TLS failed on the data connection, or did not resume the required session.
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.TLS_FAILED);
    }

    @Test
    void saysWhatTheServerSaysOfItsOwnTls() {
        oneSided().play(PROT_P + AGREED_BY_PASV + RETR + """
                ! relay SERVER tls CLIENT
                . ended TLS_FAILED 0 0
                S> 522 session reuse required
                C< 522 session reuse required
                """);
    }

    @Test
    void neverReportsATruncatedTransferAsDone() {
        Playbook play = oneSided().play(PROT_P + AGREED_BY_PASV + """
                C> STOR f
                S< STOR f
                . connected CLIENT
                S> 150 go on
                C< 150 go on
                ! relay CLIENT tls CLIENT
                . data-tls-failed CLIENT TRUNCATED
                . ended TRUNCATED 0 7
                S> 226 done
                C< 426 Connection closed; transfer aborted.
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.TRUNCATED);
        assertThat(play.events().of(AlgListener.Rejected.class))
                .containsExactly(new AlgListener.Rejected(
                        1, Reason.TLS_TRUNCATION, Side.CLIENT, Playbook.CLIENT, Optional.empty()));
    }

    @Test
    void namesTheServerWhereItIsTheServerThatTruncates() {
        Playbook play = oneSided();

        play.session().tls().onDataFailed(Side.SERVER, new TlsFailure(TlsFailure.Kind.TRUNCATED, "no close_notify"));

        assertThat(play.events().of(AlgListener.Rejected.class))
                .containsExactly(new AlgListener.Rejected(
                        1, Reason.TLS_TRUNCATION, Side.SERVER, Playbook.SERVER, Optional.empty()));
        assertThat(play.events().of(AlgListener.TlsFailed.class)).isEmpty();
    }

    @Test
    void reportsWhyTlsFailedOnADataConnection() {
        Playbook play = oneSided();

        play.session().tls().onDataFailed(Side.SERVER, TlsFailure.other("no handshake"));

        assertThat(play.events().of(AlgListener.TlsFailed.class))
                .containsExactly(new AlgListener.TlsFailed(
                        1, Side.SERVER, true, Playbook.SERVER, TlsFailure.other("no handshake")));
    }

    @Test
    void isTheServersFailureWhenAllWentThroughAndTheServerSaysNo() {
        Playbook play = oneSided().play(PROT_P + AGREED_BY_PASV + RETR + """
                ! relay SERVER tls CLIENT
                . ended COMPLETE 0 0
                S> 522 session reuse required
                C< 522 session reuse required
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.SERVER_FAILED);
    }
}
