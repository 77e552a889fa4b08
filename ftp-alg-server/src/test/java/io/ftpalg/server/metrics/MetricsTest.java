package io.ftpalg.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Side;
import io.ftpalg.routing.ServerState;
import io.ftpalg.server.inspect.scan.Scan;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.TlsFixture;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What events and states come to at /metrics, and health: Metrics, SessionMetrics, CounterTable, CertificateExpiry, HealthRoutes. */
class MetricsTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 21);
    private static final TlsDetails TLS = new TlsDetails(
            "TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of(true), Optional.of("evil\"name"), Optional.empty());

    @TempDir
    private Path temp = Path.of(".");

    private MetricsFixture metrics;
    private AlgListener listener;

    MetricsTest() throws Exception {
        metrics = new MetricsFixture();
        listener = metrics.metrics.listener();
    }

    @BeforeEach
    void begin() {
        metrics.sessions = 7;
    }

    @AfterEach
    void end() {
        metrics.close();
    }

    @Test
    void countsInspectedFiles() throws Exception {
        for (TransferEnd end : List.of(TransferEnd.COMPLETE, TransferEnd.REJECTED, TransferEnd.ABORTED)) {
            listener.inspectionEnded(new AlgListener.InspectionEnded(
                    1, Optional.empty(), FtpVerb.STOR, "f", Side.CLIENT, end, Optional.empty(), Map.of()));
        }

        assertThat(samples())
                .containsEntry("ftp_alg_inspections_total{direction=\"upload\",verdict=\"passed\"}", 1.0)
                .containsEntry("ftp_alg_inspections_total{direction=\"upload\",verdict=\"rejected\"}", 1.0)
                .containsEntry("ftp_alg_inspections_total{direction=\"upload\",verdict=\"unfinished\"}", 1.0)
                .containsEntry("ftp_alg_inspections_total{direction=\"download\",verdict=\"passed\"}", 0.0);
    }

    @Test
    void measuresScanners() throws Exception {
        ((ScanListener) listener).scanned("clamav", Scan.Result.FAILED, Duration.ofMillis(1500));

        assertThat(samples())
                .containsEntry("ftp_alg_inspection_seconds_count{scanner=\"clamav\",verdict=\"failed\"}", 1.0)
                .containsEntry("ftp_alg_inspection_seconds_sum{scanner=\"clamav\",verdict=\"failed\"}", 1.5)
                .containsEntry("ftp_alg_inspection_seconds_count{scanner=\"clamav\",verdict=\"passed\"}", 0.0)
                .containsEntry("ftp_alg_scanner_up{scanner=\"clamav\"}", 1.0)
                .containsEntry("ftp_alg_scanner_up{scanner=\"icap://a:1344/b\"}", 0.0);
    }

    @Test
    void countsFailedCopies() throws Exception {
        assertThat(samples()).containsEntry("ftp_alg_copies_failed_total{place=\"/copies\"}", 7.0);
    }

    @Test
    void countsSessions() throws Exception {
        listener.sessionOpened(new AlgListener.SessionOpened(1, ADDRESS, ADDRESS));
        listener.sessionRefused(new AlgListener.SessionRefused(ADDRESS, CloseCause.SESSION_LIMIT));
        listener.sessionClosed(new AlgListener.SessionClosed(
                1,
                ADDRESS,
                Optional.of(ADDRESS),
                Optional.of("joe"),
                CloseCause.QUIT,
                "",
                1,
                2,
                3,
                4,
                Duration.ofSeconds(1)));
        listener.rejected(new AlgListener.Rejected(
                1, AlgListener.Rejected.Reason.BOUNCE, Side.CLIENT, ADDRESS, Optional.empty()));

        assertThat(samples())
                .containsEntry("ftp_alg_sessions", 7.0)
                .containsEntry("ftp_alg_passive_ports{state=\"in_use\"}", 4.0)
                .containsEntry("ftp_alg_passive_ports{state=\"free\"}", 96.0)
                .containsEntry("ftp_alg_sessions_opened_total", 1.0)
                .containsEntry("ftp_alg_refused_total{reason=\"session_limit\"}", 1.0)
                .containsEntry("ftp_alg_refused_total{reason=\"loop\"}", 0.0)
                .containsEntry("ftp_alg_sessions_closed_total{cause=\"quit\"}", 1.0)
                .containsEntry("ftp_alg_rejected_total{reason=\"bounce\",side=\"client\"}", 1.0);
    }

    @Test
    void countsTheDialogue() throws Exception {
        listener.commandReceived(new AlgListener.CommandReceived(1, FtpVerb.RETR));
        listener.commandReceived(new AlgListener.CommandReceived(1, FtpVerb.OTHER));
        listener.commandDenied(new AlgListener.CommandDenied(
                1, ADDRESS, Optional.empty(), FtpVerb.STOR, Direction.UPLOAD, Optional.empty(), Optional.empty(), 553));
        listener.replySent(new AlgListener.ReplySent(1, 226));
        listener.replySent(new AlgListener.ReplySent(1, 550));
        listener.replySent(new AlgListener.ReplySent(1, 999));
        listener.serverConnected(new AlgListener.ServerConnected(1, ADDRESS, Duration.ofMillis(30)));
        listener.proxyAuthenticated(new AlgListener.ProxyAuthenticated(1, ADDRESS, new ProxyUser("joe", Set.of())));
        listener.proxyRefused(new AlgListener.ProxyRefused(1, ADDRESS, "joe"));
        listener.sessionAuthenticated(new AlgListener.SessionAuthenticated(1, "joe", ADDRESS));
        listener.loginRefused(new AlgListener.LoginRefused(1, ADDRESS, "joe", ADDRESS));

        assertThat(samples())
                .containsEntry("ftp_alg_commands_total{verb=\"retr\"}", 1.0)
                .containsEntry("ftp_alg_commands_total{verb=\"other\"}", 1.0)
                .containsEntry("ftp_alg_commands_denied_total{direction=\"upload\"}", 1.0)
                .containsEntry("ftp_alg_replies_total{code_class=\"2xx\"}", 1.0)
                .containsEntry("ftp_alg_replies_total{code_class=\"5xx\"}", 1.0)
                .containsEntry("ftp_alg_replies_total{code_class=\"other\"}", 1.0)
                .containsEntry("ftp_alg_upstream_connect_seconds_bucket{le=\"0.02\"}", 0.0)
                .containsEntry("ftp_alg_upstream_connect_seconds_bucket{le=\"0.1\"}", 1.0)
                .containsEntry("ftp_alg_logins_total{at=\"gateway\"}", 1.0)
                .containsEntry("ftp_alg_logins_total{at=\"server\"}", 1.0)
                .containsEntry("ftp_alg_login_failures_total{at=\"gateway\"}", 1.0)
                .containsEntry("ftp_alg_login_failures_total{at=\"server\"}", 1.0);
    }

    @Test
    void countsTls() throws Exception {
        listener.sessionSecured(new AlgListener.SessionSecured(1, Side.CLIENT, TLS));
        listener.sessionSecured(new AlgListener.SessionSecured(
                1, Side.SERVER, new TlsDetails("SSLv9", "NULL", Optional.empty(), Optional.empty(), Optional.empty())));
        listener.tlsFailed(new AlgListener.TlsFailed(
                1, Side.SERVER, true, ADDRESS, new TlsFailure(TlsFailure.Kind.CERTIFICATE, "expired")));

        assertThat(samples())
                .containsEntry(handshakes("control", "true", "client", "TLSv1.3"), 1.0)
                .containsEntry(handshakes("control", "unknown", "server", "other"), 1.0)
                .containsEntry(
                        "ftp_alg_tls_failures_total{connection=\"data\",reason=\"certificate\",side=\"server\"}", 1.0);
    }

    @Test
    void countsTransfers() throws Exception {
        listener.transferStarted(new AlgListener.TransferStarted(1, Optional.empty(), FtpVerb.STOR, "a\nb"));
        listener.transferStarted(new AlgListener.TransferStarted(2, Optional.empty(), FtpVerb.RETR, "f"));
        listener.transferFinished(finished(FtpVerb.STOR, TransferEnd.COMPLETE, Optional.of(DataPath.SPLICE)));
        listener.dataConnectionFailed(new AlgListener.DataConnectionFailed(
                1,
                Side.CLIENT,
                Optional.of(FtpVerb.RETR),
                DataFailure.NOT_CONNECTED,
                true,
                Optional.empty(),
                ADDRESS,
                Optional.empty(),
                ""));

        assertThat(samples())
                .containsEntry("ftp_alg_transfers_running", 1.0)
                .containsEntry("ftp_alg_transfers_total{direction=\"upload\",path=\"splice\",result=\"complete\"}", 1.0)
                .containsEntry("ftp_alg_transfer_bytes_total{direction=\"upload\"}", 100.0)
                .containsEntry("ftp_alg_transfer_bytes_total{direction=\"download\"}", 1.0)
                .containsEntry("ftp_alg_transfer_duration_seconds_bucket{direction=\"upload\",le=\"1.0\"}", 0.0)
                .containsEntry("ftp_alg_transfer_duration_seconds_bucket{direction=\"upload\",le=\"5.0\"}", 1.0)
                .containsEntry("ftp_alg_transfer_duration_seconds_count{direction=\"download\"}", 0.0)
                .containsEntry(handshakes("data", "true", "client", "TLSv1.3"), 1.0)
                .containsEntry("ftp_alg_data_connection_failures_total{reason=\"not_connected\",side=\"client\"}", 1.0);

        listener.transferFinished(finished(FtpVerb.RETR, TransferEnd.REFUSED, Optional.empty()));

        assertThat(samples())
                .containsEntry("ftp_alg_transfers_running", 0.0)
                .containsEntry("ftp_alg_transfers_total{direction=\"download\",path=\"none\",result=\"refused\"}", 1.0);
    }

    /** Whatever peers send, the number of samples is the same. */
    @Test
    void peersAddNoSeries() throws Exception {
        int before = samples().size();

        for (int i = 0; i < 100; i++) {
            listener.sessionAuthenticated(new AlgListener.SessionAuthenticated(i, "user" + i, ADDRESS));
            listener.transferStarted(
                    new AlgListener.TransferStarted(i, Optional.of("user" + i), FtpVerb.RETR, "file" + i));
            listener.transferFinished(finished(FtpVerb.RETR, TransferEnd.COMPLETE, Optional.of(DataPath.BUFFER)));
            listener.sessionSecured(new AlgListener.SessionSecured(
                    i,
                    Side.CLIENT,
                    new TlsDetails("v" + i, "c" + i, Optional.empty(), Optional.of("n" + i), Optional.empty())));
            listener.replySent(new AlgListener.ReplySent(i, i * 10));
        }

        assertThat(samples()).hasSize(before);
    }

    @Test
    void serversOfSeveralPoolsAreOne() throws Exception {
        HostPort a = new HostPort("a.example", 21);
        metrics.servers = List.of(
                new ServerState(a, 2, ServerState.Health.HEALTHY, 0),
                new ServerState(a, 3, ServerState.Health.EJECTED, 5),
                new ServerState(new HostPort("b.example", 2121), 0, ServerState.Health.RETURNING, 0));

        assertThat(samples())
                .containsEntry("ftp_alg_upstream_healthy{server=\"a.example:21\"}", 0.0)
                .containsEntry("ftp_alg_upstream_sessions{server=\"a.example:21\"}", 5.0)
                .containsEntry("ftp_alg_upstream_healthy{server=\"b.example:2121\"}", 1.0);

        metrics.servers = List.of();

        assertThat(samples()).doesNotContainKey("ftp_alg_upstream_healthy{server=\"a.example:21\"}");
    }

    @Test
    void certificatesAreReadAgainWhenTheyChange() throws Exception {
        PemPair pair = TlsFixture.files(temp, "one", TlsFixture.selfSigned("one.example"));
        metrics.certificates = List.of(pair);
        assertThat(metrics.scrape())
                .contains("ftp_alg_certificate_expiry_timestamp_seconds{file=\"" + pair.certificate() + "\",subject=\"")
                .contains("one.example");

        Files.writeString(pair.certificate(), "no certificate");
        Files.setLastModifiedTime(
                pair.certificate(), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(metrics.scrape()).contains("one.example");

        metrics.certificates = List.of();
        assertThat(metrics.scrape()).doesNotContain("one.example");
    }

    @Test
    void eachEventLoopIsMeasured() throws Exception {
        assertThat(samples())
                .containsKeys(
                        "ftp_alg_event_loop_lag_seconds{loop=\"0\"}", "ftp_alg_event_loop_lag_seconds{loop=\"1\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> samples().getOrDefault("ftp_alg_event_loop_lag_seconds{loop=\"0\"}", 0.0) > 0);
    }

    @Test
    void openMetricsWhenAsked() throws Exception {
        HttpResponse<String> response = metrics.get(
                "/metrics", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3");

        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.body()).endsWith("# EOF\n").contains("# TYPE ftp_alg_commands counter");
        assertThat(metrics.get("/metrics", "*/*").headers().firstValue("content-type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void readyIsAsTheGatewayIs() throws Exception {
        assertThat(metrics.get("/ready", "*/*").statusCode()).isEqualTo(200);
        assertThat(metrics.get("/health", "*/*").body()).isEqualTo("ok\n");
        assertThat(metrics.get("/version", "*/*").body()).contains("ftp-alg ", "Java ", "Netty 4.");

        metrics.notReady = Optional.of("draining");

        HttpResponse<String> response = metrics.get("/ready", "*/*");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("draining\n");
        assertThat(metrics.get("/health", "*/*").statusCode()).isEqualTo(200);
        assertThat(samples()).containsEntry("ftp_alg_ready", 0.0);
    }

    private static AlgListener.TransferFinished finished(FtpVerb verb, TransferEnd end, Optional<DataPath> path) {
        AlgListener.Leg secured =
                new AlgListener.Leg(DataSyntax.PASV, Optional.empty(), Optional.empty(), Optional.of(TLS));
        AlgListener.Leg clear =
                new AlgListener.Leg(DataSyntax.PASV, Optional.empty(), Optional.empty(), Optional.empty());
        return new AlgListener.TransferFinished(
                1,
                ADDRESS,
                ADDRESS,
                Optional.empty(),
                verb,
                "f",
                secured,
                clear,
                1,
                100,
                Duration.ofSeconds(2),
                end,
                path,
                Optional.empty(),
                Optional.empty());
    }

    private static String handshakes(String connection, String resumed, String side, String version) {
        return "ftp_alg_tls_handshakes_total{connection=\"" + connection + "\",resumed=\"" + resumed + "\",side=\""
                + side + "\",version=\"" + version + "\"}";
    }

    private Map<String, Double> samples() throws Exception {
        return Exposition.of(metrics.scrape()).samples();
    }
}
