package io.ftpalg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.CommandDenied;
import io.ftpalg.policy.AlgListener.InspectionEnded;
import io.ftpalg.policy.AlgListener.Leg;
import io.ftpalg.policy.AlgListener.LoginRefused;
import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.AlgListener.ProxyRefused;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.RemnantHandled;
import io.ftpalg.policy.AlgListener.ServerConnected;
import io.ftpalg.policy.AlgListener.SessionAuthenticated;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.SessionOpened;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.AlgListener.SessionSecured;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.AlgListener.TransferStarted;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditSchema;
import io.ftpalg.server.json.JsonReader;
import io.ftpalg.server.quota.CounterName;
import io.ftpalg.server.quota.QuotaExceeded;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRecordsTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 50000);
    private static final InetSocketAddress GATEWAY = new InetSocketAddress("::1", 2121);
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.2", 21);
    private static final TlsDetails TLS = new TlsDetails(
            "TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of(true), Optional.of("ftp.example"), Optional.of("CN=joe"));

    @TempDir
    private Path temp = Path.of(".");

    private AuditFixture fixture = new AuditFixture();
    private AlgListener listener = fixture.audit.listener();

    @BeforeEach
    void open() {
        fixture = new AuditFixture(temp);
        listener = fixture.audit.listener();
        listener.sessionOpened(new SessionOpened(7, CLIENT, GATEWAY));
    }

    private void logIn() {
        listener.sessionSecured(new SessionSecured(7, Side.CLIENT, TLS));
        listener.proxyAuthenticated(new ProxyAuthenticated(7, CLIENT, new ProxyUser("alice", Set.of("staff", "all"))));
        listener.serverConnected(new ServerConnected(7, SERVER, Duration.ofMillis(3)));
        listener.sessionSecured(new SessionSecured(7, Side.SERVER, TLS));
        listener.sessionAuthenticated(new SessionAuthenticated(7, "bob", SERVER));
    }

    private static Leg leg(DataSyntax syntax, InetSocketAddress remote) {
        return new Leg(syntax, Optional.of(GATEWAY), Optional.of(remote), Optional.of(TLS));
    }

    private static TransferFinished finished(FtpVerb verb) {
        return finished(verb, TransferEnd.COMPLETE);
    }

    private static TransferFinished finished(FtpVerb verb, TransferEnd end) {
        return new TransferFinished(
                7,
                CLIENT,
                SERVER,
                Optional.of("bob"),
                verb,
                "in/x\r\n\u00ff.csv",
                leg(DataSyntax.PASV, new InetSocketAddress("127.0.0.1", 50001)),
                leg(DataSyntax.EPSV, new InetSocketAddress("127.0.0.2", 60001)),
                0,
                12345,
                Duration.ofMillis(250),
                end,
                Optional.of(DataPath.SPLICE),
                Optional.of(226),
                Optional.of(226));
    }

    private static SessionClosed closed() {
        return new SessionClosed(
                7,
                CLIENT,
                Optional.of(SERVER),
                Optional.of("bob"),
                CloseCause.QUIT,
                "bye",
                9,
                1,
                0,
                12345,
                Duration.ofSeconds(2));
    }

    /** One of each event. */
    private void everything() {
        logIn();
        listener.loginRefused(new LoginRefused(7, CLIENT, "bob", SERVER));
        listener.proxyRefused(new ProxyRefused(7, CLIENT, "mallory"));
        listener.sessionRefused(new SessionRefused(CLIENT, CloseCause.TARGET_DENIED, "a:22"));
        listener.commandDenied(new CommandDenied(
                7,
                CLIENT,
                Optional.of("bob"),
                FtpVerb.STOR,
                Direction.UPLOAD,
                Optional.of("no exe"),
                Optional.of("/in/x.exe"),
                553));
        fixture.audit.quotas().exceeded(quota(true));
        listener.transferStarted(new TransferStarted(7, Optional.of("bob"), FtpVerb.STOR, "in/x"));
        listener.inspectionEnded(inspected());
        listener.remnantHandled(remnant(false, "the server refused"));
        listener.transferFinished(finished(FtpVerb.STOR));
        listener.rejected(new Rejected(7, Rejected.Reason.BOUNCE, Side.CLIENT, CLIENT, Optional.of(SERVER)));
        listener.sessionClosed(closed());
        fixture.audit.configReloaded("/etc/gateway.yaml", "SIGHUP", false, "line 3: wrong");
        fixture.audit.adminAction("block", "socket root", "10.0.0.0/8", "done", "seconds=60");
    }

    private static InspectionEnded inspected() {
        return new InspectionEnded(
                7,
                Optional.of("bob"),
                FtpVerb.STOR,
                "in/x",
                Side.CLIENT,
                TransferEnd.REJECTED,
                Optional.of("virus Eicar"),
                Map.of("sha256", "00ff", "crc32c", "01020304", "type", "text/plain", "clamav", "Eicar"));
    }

    @Test
    void whatAnInspectionFoundOutIsRecorded() throws IOException {
        logIn();
        listener.inspectionEnded(inspected());

        assertThat(fixture.records("content_inspected")).singleElement().satisfies(record -> assertThat(record)
                .containsEntry("end", "REJECTED")
                .containsEntry("reason", "virus Eicar")
                .containsEntry("sha256", "00ff")
                .containsEntry("crc32c", "01020304")
                .containsEntry("findings", List.of("clamav=Eicar", "type=text/plain"))
                .containsEntry("path", "in/x"));
    }

    private static QuotaExceeded quota(boolean refused) {
        return new QuotaExceeded(
                7,
                FtpCommand.of(FtpVerb.STOR, "in/x"),
                new CounterName(true, "staff", Period.DAY, Way.UPLOAD),
                false,
                100,
                99,
                refused);
    }

    @Test
    void aTransferThatAQuotaRefusedIsRecorded() throws IOException {
        logIn();
        fixture.audit.quotas().exceeded(quota(true));

        assertThat(fixture.records("quota_exceeded")).singleElement().satisfies(record -> assertThat(record)
                .containsEntry("path", "in/x")
                .containsEntry("quota_of", "group")
                .containsEntry("quota_name", "staff")
                .containsEntry("period", "day")
                .containsEntry("direction", "upload")
                .containsEntry("unit", "bytes")
                .containsEntry("limit", 100L)
                .containsEntry("used", 99L)
                .containsEntry("result", "refused"));
    }

    @ParameterizedTest
    @CsvSource({"OVER_LIMIT, 1", "COMPLETE, 0"})
    void aTransferThatUsedAQuotaUpIsRecordedIfThatCutIt(TransferEnd end, int count) throws IOException {
        logIn();
        fixture.audit.quotas().exceeded(quota(false));
        listener.transferFinished(finished(FtpVerb.STOR, end));

        assertThat(fixture.records("quota_exceeded")).hasSize(count).allSatisfy(record -> assertThat(record)
                .containsEntry("result", "cut"));
    }

    private static RemnantHandled remnant(boolean deleted, String detail) {
        return new RemnantHandled(
                7, Optional.of("bob"), FtpVerb.STOR, "in/x", deleted, Optional.of(deleted ? 250 : 550), detail);
    }

    @Test
    void aRemnantIsRecordedAsDeletedOrKept() throws IOException {
        logIn();
        listener.remnantHandled(remnant(true, ""));
        listener.remnantHandled(remnant(false, "the server refused"));

        assertThat(fixture.records("remnant_handled"))
                .extracting(record -> record.get("result") + " " + record.get("reason") + " " + record.get("path"))
                .containsExactly("deleted null in/x", "kept the server refused in/x");
    }

    @Test
    void eachRecordIsAsTheSchemaHasIt() throws IOException {
        everything();

        assertThat(fixture.lines()).hasSizeGreaterThan(14).allSatisfy(line -> assertThat(AuditSchema.errors(line))
                .as(line)
                .isEmpty());
    }

    @Test
    void aRecordThatIsNotWouldBeFound() throws IOException {
        everything();

        assertThat(AuditSchema.errors(fixture.lines().get(3).replace("\"session\":7", "\"session\":\"7\"")))
                .isNotEmpty();
    }

    /** The other one is of a queue that is full: SinkWorkerTest. */
    @Test
    void eachFieldIsInARecord() throws IOException {
        everything();
        fixture.lines();
        Files.writeString(fixture.file(), "{\"torn", StandardOpenOption.APPEND);
        Set<String> all = new AuditFixture(temp)
                .lines().stream()
                        .filter(line -> !line.equals("{\"torn"))
                        .flatMap(line -> JsonReader.object(line).keySet().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<AuditField> expected = EnumSet.complementOf(EnumSet.of(AuditField.DROPPED));

        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(AuditField::text).toList());
    }

    @Test
    void aTransferHasAllThatIsKnown() throws IOException {
        logIn();
        listener.transferFinished(finished(FtpVerb.STOR));

        Map<String, Object> record = fixture.records("transfer_finished").get(0);

        assertThat(record)
                .containsEntry("session", 7L)
                .containsEntry("client_ip", "127.0.0.1")
                .containsEntry("client_port", 50000L)
                .containsEntry("server_ip", "127.0.0.2")
                .containsEntry("proxy_user", "alice")
                .containsEntry("proxy_groups", List.of("all", "staff"))
                .containsEntry("user", "bob")
                .containsEntry("client_tls_version", "TLSv1.3")
                .containsEntry("client_tls_resumed", true)
                .containsEntry("client_certificate", "CN=joe")
                .containsEntry("server_tls_cipher", "TLS_AES_128_GCM_SHA256")
                .containsEntry("verb", "STOR")
                .containsEntry("path", "in/x\\x0d\\x0a\\xff.csv")
                .containsEntry("direction", "upload")
                .containsEntry("bytes_to_server", 12345L)
                .containsEntry("duration_ms", 250L)
                .containsEntry("received", 226L)
                .containsEntry("sent", 226L)
                .containsEntry("end", "COMPLETE")
                .containsEntry("data_path", "splice")
                .containsEntry("client_data_syntax", "PASV")
                .containsEntry("client_data_port", 50001L)
                .containsEntry("server_data_tls_resumed", true);
    }

    @Test
    void aListingIsNoDownload() throws IOException {
        listener.transferFinished(finished(FtpVerb.MLSD));
        listener.transferFinished(finished(FtpVerb.RETR));

        assertThat(fixture.records("transfer_finished"))
                .extracting(record -> record.get("direction"))
                .containsExactly("listing", "download");
    }

    @Test
    void recordsAreNumberedWithoutGaps() throws IOException {
        everything();

        assertThat(fixture.lines().stream()
                        .map(JsonReader::object)
                        .flatMap(record -> Stream.ofNullable(record.get("seq"))))
                .containsExactly(Stream.iterate(1L, seq -> seq + 1).limit(18).toArray());
    }

    @Test
    void aDeniedCommandHasItsRule() throws IOException {
        everything();

        assertThat(fixture.records("command_denied").get(0))
                .containsEntry("rule", "no exe")
                .containsEntry("path", "/in/x.exe")
                .containsEntry("sent", 553L);
    }

    @Test
    void aSessionThatIsOverLeavesNothing() {
        SessionRecords records = new SessionRecords(fixture.audit);
        records.sessionOpened(new SessionOpened(8, CLIENT, GATEWAY));
        assertThat(records.sessions()).isEqualTo(1);

        records.sessionClosed(closed());
        records.sessionClosed(new SessionClosed(
                8, CLIENT, Optional.empty(), Optional.empty(), CloseCause.QUIT, "", 0, 0, 0, 0, Duration.ZERO));

        assertThat(records.sessions()).isZero();
        fixture.audit.close();
    }

    @Test
    void aSessionFromBeforeTheAuditHasItsNumber() throws IOException {
        listener.transferStarted(new TransferStarted(3, Optional.of("bob"), FtpVerb.RETR, "x"));

        assertThat(fixture.records("transfer_started").get(0)).containsEntry("session", 3L);
    }
}
