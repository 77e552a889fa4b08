package io.ftpalg.server.metrics;

import static io.ftpalg.server.metrics.CounterTable.index;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.inspect.scan.Scan;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.metrics.CounterTable.Label;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what sessions report. No label has a value that a peer chose: each is a constant of an enum, or one of a few words. One for
 * all gateways of the program, on all event loops.
 */
final class SessionMetrics implements AlgListener, ScanListener {
    private static final int DOWNLOAD = 0;
    private static final int UPLOAD = 1;
    private static final int CONTROL = 0;
    private static final int DATA = 1;
    private static final int AT_GATEWAY = 0;
    private static final int AT_SERVER = 1;
    private static final Label DIRECTION = new Label("direction", List.of("download", "upload"));
    private static final Label CONNECTION = new Label("connection", List.of("control", "data"));
    private static final Label AT = new Label("at", List.of("gateway", "server"));
    private static final Label SIDE = Label.of("side", Side.values());
    private static final Label RESUMED = new Label("resumed", List.of("false", "true", "unknown"));
    /** As handshakes name them; an operator cannot turn others on. */
    private static final Label VERSION = new Label("version", List.of("TLSv1.2", "TLSv1.3", "other"));

    private static final Label CODE_CLASS =
            new Label("code_class", List.of("other", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx"));
    private static final Label PATH = new Label("path", List.of("kernel", "splice", "buffer", "none"));

    private static final Duration[] TRANSFER_BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };
    private static final Duration[] CONNECT_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final CounterTable opened;
    private final CounterTable closed;
    private final CounterTable refused;
    private final CounterTable rejected;
    private final CounterTable logins;
    private final CounterTable loginFailures;
    private final CounterTable commands;
    private final CounterTable denied;
    private final CounterTable replies;
    private final CounterTable handshakes;
    private final CounterTable tlsFailures;
    private final CounterTable dataFailures;
    private final CounterTable transfers;
    private final CounterTable bytes;
    private final Timer[] durations;
    private final Timer connect;
    private final LongAdder running = new LongAdder();
    private final ScanMetrics scans;

    SessionMetrics(MeterRegistry registry) {
        opened = new CounterTable(registry, "ftp.alg.sessions.opened", "", "clients that were admitted");
        closed = new CounterTable(
                registry,
                "ftp.alg.sessions.closed",
                "",
                "sessions that ended, by who ended them and why",
                Label.of("cause", CloseCause.values()));
        refused = new CounterTable(
                registry,
                "ftp.alg.refused",
                "",
                "clients that were refused before they had a session",
                Label.of("reason", CloseCause.values()));
        rejected = new CounterTable(
                registry,
                "ftp.alg.rejected",
                "",
                "what was rejected that a peer of good will does not do",
                Label.of("reason", Reason.values()),
                SIDE);
        logins = new CounterTable(registry, "ftp.alg.logins", "", "accepted logins, at the gateway or a server", AT);
        loginFailures = new CounterTable(
                registry, "ftp.alg.login.failures", "", "refused logins, by the gateway or a server", AT);
        commands = new CounterTable(
                registry,
                "ftp.alg.commands",
                "",
                "commands of clients; other is each that the gateway does not know",
                Label.of("verb", FtpVerb.values()));
        denied = new CounterTable(
                registry,
                "ftp.alg.commands.denied",
                "",
                "commands that a rule or a filter refused, or since content is inspected, by what they would have done",
                Label.of("direction", Direction.values()));
        replies = new CounterTable(
                registry, "ftp.alg.replies", "", "replies to clients, by the first digit of their code", CODE_CLASS);
        handshakes = new CounterTable(
                registry,
                "ftp.alg.tls.handshakes",
                "",
                "TLS handshakes that were done",
                SIDE,
                CONNECTION,
                RESUMED,
                VERSION);
        tlsFailures = new CounterTable(
                registry,
                "ftp.alg.tls.failures",
                "",
                "connections on which TLS failed",
                SIDE,
                CONNECTION,
                Label.of("reason", TlsFailure.Kind.values()));
        dataFailures = new CounterTable(
                registry,
                "ftp.alg.data.connection.failures",
                "",
                "data connections that could not be made",
                SIDE,
                Label.of("reason", DataFailure.values()));
        transfers = new CounterTable(
                registry,
                "ftp.alg.transfers",
                "",
                "transfers that ended, by what moved their bytes and how they ended",
                DIRECTION,
                PATH,
                Label.of("result", TransferEnd.values()));
        bytes = new CounterTable(registry, "ftp.alg.transfer", "bytes", "bytes of transfers that ended", DIRECTION);
        durations = new Timer[] {duration(registry, DOWNLOAD), duration(registry, UPLOAD)};
        connect = Timer.builder("ftp.alg.upstream.connect")
                .description("time to connect to a server, until TCP is established")
                .serviceLevelObjectives(CONNECT_BUCKETS)
                .register(registry);
        scans = new ScanMetrics(registry);
        Gauge.builder("ftp.alg.transfers.running", running, LongAdder::sum)
                .description("transfers that run now")
                .register(registry);
    }

    private static Timer duration(MeterRegistry registry, int direction) {
        return Timer.builder("ftp.alg.transfer.duration")
                .description("time of a transfer from its command to its final reply")
                .tag(DIRECTION.name(), DIRECTION.values().get(direction))
                .serviceLevelObjectives(TRANSFER_BUCKETS)
                .register(registry);
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        opened.increment(0);
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        closed.increment(index(event.cause()));
    }

    @Override
    public void sessionRefused(SessionRefused event) {
        refused.increment(index(event.cause()));
    }

    @Override
    public void rejected(Rejected event) {
        rejected.increment(index(event.reason()), index(event.side()));
    }

    @Override
    public void proxyAuthenticated(ProxyAuthenticated event) {
        logins.increment(AT_GATEWAY);
    }

    @Override
    public void proxyRefused(ProxyRefused event) {
        loginFailures.increment(AT_GATEWAY);
    }

    @Override
    public void sessionAuthenticated(SessionAuthenticated event) {
        logins.increment(AT_SERVER);
    }

    @Override
    public void loginRefused(LoginRefused event) {
        loginFailures.increment(AT_SERVER);
    }

    @Override
    public void commandReceived(CommandReceived event) {
        commands.increment(index(event.verb()));
    }

    @Override
    public void commandDenied(CommandDenied event) {
        denied.increment(index(event.direction()));
    }

    @Override
    public void replySent(ReplySent event) {
        int first = event.code() / 100;
        replies.increment(first < CODE_CLASS.values().size() ? first : 0);
    }

    @Override
    public void serverConnected(ServerConnected event) {
        connect.record(event.duration());
    }

    @Override
    public void sessionSecured(SessionSecured event) {
        handshake(event.side(), CONTROL, event.tls());
    }

    @Override
    public void tlsFailed(TlsFailed event) {
        tlsFailures.increment(
                index(event.side()),
                event.data() ? DATA : CONTROL,
                index(event.failure().kind()));
    }

    @Override
    public void dataConnectionFailed(DataConnectionFailed event) {
        dataFailures.increment(index(event.side()), index(event.failure()));
    }

    @Override
    public void transferStarted(TransferStarted event) {
        running.increment();
    }

    @Override
    public void transferFinished(TransferFinished event) {
        running.decrement();
        int direction = event.verb().is(FtpVerb.Trait.UPLOAD) ? UPLOAD : DOWNLOAD;
        int path =
                event.dataPath().map(CounterTable::index).orElse(PATH.values().size() - 1);
        transfers.increment(direction, path, index(event.end()));
        durations[direction].record(event.duration());
        bytes.add(DOWNLOAD, (double) event.bytesToClient());
        bytes.add(UPLOAD, (double) event.bytesToServer());
        event.client().tls().ifPresent(tls -> handshake(Side.CLIENT, DATA, tls));
        event.server().tls().ifPresent(tls -> handshake(Side.SERVER, DATA, tls));
    }

    @Override
    public void inspectionEnded(InspectionEnded event) {
        scans.inspected(event);
    }

    @Override
    public void scanned(String scanner, Scan.Result result, Duration waited) {
        scans.scanned(scanner, result, waited);
    }

    private void handshake(Side side, int connection, TlsDetails tls) {
        Optional<Boolean> resumed = tls.resumed();
        int version = VERSION.values().indexOf(tls.protocol());
        handshakes.increment(
                index(side),
                connection,
                resumed.isEmpty() ? 2 : resumed.get() ? 1 : 0,
                version < 0 ? VERSION.values().size() - 1 : version);
    }
}
