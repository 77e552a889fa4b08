package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // a field that is missing fails the test
class EventRecordsTest {
    private final EventRecords records = new EventRecords();
    private InetSocketAddress client;
    private InetSocketAddress server;

    @BeforeEach
    void makeAddresses() throws Exception {
        client = ApiFixture.address(0, 7, 50_000);
        server = ApiFixture.address(1, 5, 21);
    }

    @Test
    void countsWhatEndedSessionsMoved() {
        records.sessionOpened(new AlgListener.SessionOpened(1, client, server));
        records.sessionClosed(new AlgListener.SessionClosed(
                1,
                client,
                Optional.of(server),
                Optional.of("joe"),
                CloseCause.QUIT,
                "",
                9,
                2,
                100,
                200,
                Duration.ofSeconds(3)));

        assertThat(records.sessions.sum()).isEqualTo(1);
        assertThat(records.commands.sum()).isEqualTo(9);
        assertThat(records.bytesToClient.sum()).isEqualTo(100);
        assertThat(records.bytesToServer.sum()).isEqualTo(200);
    }

    @Test
    void aRefusalHasWhatToDoAboutIt() {
        records.sessionRefused(new AlgListener.SessionRefused(client, CloseCause.LOGIN_REFUSED));

        assertThat(records.refusals(1))
                .singleElement()
                .asString()
                .contains("\"remedy\":\"give the client a user and password of login.users-file or login.ldap\"");
    }

    @Test
    void keepsFinishedTransfersAndCountsThoseThatFailed() {
        records.transferFinished(finished(1, TransferEnd.COMPLETE));
        records.transferFinished(finished(2, TransferEnd.UNOBSERVED));
        records.transferFinished(finished(3, TransferEnd.CLIENT_RESET));

        assertThat(records.transfers.sum()).isEqualTo(3);
        assertThat(records.failedTransfers.sum()).isEqualTo(1);
        assertThat(records.finished(2))
                .extracting(EventRecords.Finished::session)
                .containsExactly(3L, 2L);
        assertThat(records.finished(1).get(0).json().toString())
                .contains("\"client\":\"10.0.0.7:50000\"", "\"server\":\"10.1.0.5:21\"", "\"user\":\"joe\"")
                .contains("\"verb\":\"RETR\"", "\"download\"", "\"seconds\":2", "\"reply\":226");
    }

    private AlgListener.TransferFinished finished(long session, TransferEnd end) {
        AlgListener.Leg leg =
                new AlgListener.Leg(DataSyntax.PASV, Optional.empty(), Optional.empty(), Optional.empty());
        return new AlgListener.TransferFinished(
                session,
                client,
                server,
                Optional.of("joe"),
                FtpVerb.RETR,
                "/a",
                leg,
                leg,
                10,
                0,
                Duration.ofSeconds(2),
                end,
                Optional.empty(),
                Optional.of(226),
                Optional.of(226));
    }

    @Test
    void keepsEachKindOfRefusalAndTellsWatchers() {
        List<String> watched = new ArrayList<>();
        records.watch(watched::add);

        records.sessionRefused(new AlgListener.SessionRefused(client, CloseCause.SERVER_LOST, "why"));
        records.proxyRefused(new AlgListener.ProxyRefused(2, client, "joe"));
        records.dataConnectionFailed(failed(Optional.of(FtpVerb.RETR)));
        records.dataConnectionFailed(failed(Optional.empty()));
        records.tlsFailed(new AlgListener.TlsFailed(4, Side.CLIENT, false, client, TlsFailure.other("no TLS")));
        records.rejected(rejected(Optional.of(server)));
        records.rejected(rejected(Optional.empty()));

        assertThat(records.refused.sum()).isEqualTo(1);
        assertThat(records.loginFailures.sum()).isEqualTo(1);
        assertThat(records.refusedInAll.sum()).isEqualTo(7);
        assertThat(watched).hasSize(7);
        assertThat(watched.get(0)).contains("\"kind\":\"session\"", "\"detail\":\"why\"");
        assertThat(watched.get(0)).doesNotContain("\"session\":");
        assertThat(watched.get(1)).contains("\"kind\":\"login\"", "\"detail\":\"user joe\"", "\"session\":2");
        assertThat(watched.get(2)).contains("\"kind\":\"data\"", "\"detail\":\"RETR: late\"");
        assertThat(watched.get(3)).contains("\"detail\":\"late\"", "\"NOT_CONNECTED\"");
        assertThat(watched.get(4)).contains("\"kind\":\"tls\"", "\"reason\":\"OTHER\"", "\"no TLS\"");
        assertThat(watched.get(5)).contains("\"kind\":\"peer\"", "\"BOUNCE\"", "named 10.1.0.5:21");
        assertThat(watched.get(6)).contains("\"detail\":\"\"");
        assertThat(records.refusals(1)).containsExactly(watched.get(6));
    }

    private AlgListener.DataConnectionFailed failed(Optional<FtpVerb> verb) {
        return new AlgListener.DataConnectionFailed(
                3,
                Side.CLIENT,
                verb,
                DataFailure.NOT_CONNECTED,
                true,
                Optional.empty(),
                client,
                Optional.empty(),
                "late");
    }

    private AlgListener.Rejected rejected(Optional<InetSocketAddress> named) {
        return new AlgListener.Rejected(5, AlgListener.Rejected.Reason.BOUNCE, Side.CLIENT, client, named);
    }
}
