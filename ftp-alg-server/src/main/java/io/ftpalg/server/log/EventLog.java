package io.ftpalg.server.log;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Side;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each event of a session and one for each transfer: {@code [session] event key=value ...}. One
 * serves all sessions, on any thread. Warnings that a peer can cause again and again are limited by a {@link LogLimiter}: of
 * one event and cause, for one session, or for one peer where there is a session for each. What is an audit record is not:
 * sessions, logins, transfers, and refused logins at the gateway, which have a limit of their own.
 *
 * <p>What peers chose (user, path) is quoted, escaped and cut by {@link Escape#quoted}. Passwords never get here: no
 * event carries one.
 */
public final class EventLog implements AlgListener, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(EventLog.class);

    /** What stands for a value that there is not. */
    private static final String NONE = "-";
    /** What one customer has of IPv6. */
    private static final int IPV6_BITS = 64;

    private final LogLimiter limiter;

    private final TraceIds traces;

    /** Makes a log of sessions without traces. */
    public EventLog() {
        this(System::nanoTime);
    }

    /** Makes a log; what has the traces is notified of a session before it. */
    public EventLog(TraceIds traces) {
        this(System::nanoTime, traces);
    }

    EventLog(LongSupplier nanoTime) {
        this(nanoTime, session -> Optional.empty());
    }

    private EventLog(LongSupplier nanoTime, TraceIds traces) {
        this.limiter = new LogLimiter(nanoTime);
        this.traces = traces;
    }

    /** Writes what was left out and is not counted in any line yet. */
    @Override
    public void close() {
        limiter.close();
    }

    private void warn(String event, Object cause, Object subject, Consumer<String> line) {
        limiter.log(new LogLimiter.Key(event, cause, subject), line);
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        logger.info(
                "[{}] session opened client={} listener={}{}",
                event.session(),
                address(event.client()),
                address(event.listener()),
                traces.of(event.session()).map(trace -> " trace=" + trace).orElse(""));
    }

    @Override
    public void sessionRefused(SessionRefused event) {
        warn(
                "session refused",
                event.cause(),
                network(event.client().getAddress()),
                repeated -> logger.warn(
                        "[{}] session refused client={} cause={}{}{}{}",
                        NONE,
                        address(event.client()),
                        event.cause(),
                        event.detail().isEmpty() ? "" : " detail=" + Escape.quoted(event.detail()),
                        remedy(Remedies.of(event)),
                        repeated));
    }

    @Override
    public void proxyAuthenticated(ProxyAuthenticated event) {
        logger.info(
                "[{}] gateway login accepted user={} groups={} client={}",
                event.session(),
                Escape.quoted(event.user().name()),
                Escape.quoted(String.join(",", new TreeSet<>(event.user().groups()))),
                address(event.client()));
    }

    @Override
    public void proxyRefused(ProxyRefused event) {
        logger.warn(
                "[{}] gateway login refused user={} client={}",
                event.session(),
                Escape.quoted(event.user()),
                address(event.client()));
    }

    @Override
    public void sessionAuthenticated(SessionAuthenticated event) {
        logger.info(
                "[{}] session authenticated user={} server={}",
                event.session(),
                Escape.quoted(event.user()),
                address(event.server()));
    }

    @Override
    public void sessionSecured(SessionSecured event) {
        logger.info("[{}] session secured side={} tls={}", event.session(), event.side(), tls(event.tls()));
    }

    @Override
    public void sessionTransparent(SessionTransparent event) {
        logger.warn(
                "[{}] session transparent: the client has TLS with the server; nothing is inspected from here on, and data"
                        + " connections are not handled",
                event.session());
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        limiter.close(event.session());
        logger.info(
                "[{}] session closed cause={} client={} user={} server={} commands={} transfers={} to_client={}"
                        + " to_server={} seconds={} detail={}",
                event.session(),
                event.cause(),
                address(event.client()),
                quoted(event.user()),
                address(event.server()),
                event.commands(),
                event.transfers(),
                event.bytesToClient(),
                event.bytesToServer(),
                seconds(event.duration()),
                event.detail().isEmpty() ? NONE : Escape.quoted(event.detail()));
    }

    @Override
    public void commandDenied(CommandDenied event) {
        warn(
                "command denied",
                List.of(event.rule(), event.verb()),
                event.session(),
                repeated -> logger.warn(
                        "[{}] command denied rule={} verb={} direction={} path={} reply={} user={} client={}{}",
                        event.session(),
                        quoted(event.rule()),
                        event.verb(),
                        word(event.direction()),
                        quoted(event.path()),
                        event.code(),
                        quoted(event.user()),
                        address(event.client()),
                        repeated));
    }

    @Override
    public void transferStarted(TransferStarted event) {
        logger.debug(
                "[{}] transfer started verb={} path={} user={}",
                event.session(),
                event.verb(),
                Escape.quoted(event.path()),
                quoted(event.user()));
    }

    @Override
    public void inspectionEnded(InspectionEnded event) {
        if (event.end() == TransferEnd.REJECTED) {
            logger.warn(
                    "[{}] content rejected verb={} path={} user={} sender={} reason={} findings={}",
                    event.session(),
                    event.verb(),
                    Escape.quoted(event.path()),
                    quoted(event.user()),
                    word(event.sender()),
                    quoted(event.reason()),
                    findings(event));
        } else {
            logger.info(
                    "[{}] content inspected verb={} path={} user={} sender={} end={} findings={}",
                    event.session(),
                    event.verb(),
                    Escape.quoted(event.path()),
                    quoted(event.user()),
                    word(event.sender()),
                    event.end(),
                    findings(event));
        }
    }

    /** Sorted, so that lines are alike. */
    private static String findings(InspectionEnded event) {
        return quoted(Optional.of(new TreeMap<>(event.findings()).toString()));
    }

    @Override
    public void remnantHandled(RemnantHandled event) {
        if (event.deleted()) {
            logger.info(
                    "[{}] remnant deleted verb={} path={} user={} received={}",
                    event.session(),
                    event.verb(),
                    Escape.quoted(event.path()),
                    quoted(event.user()),
                    code(event.code()));
        } else {
            logger.warn(
                    "[{}] remnant kept verb={} path={} user={} received={} detail={}",
                    event.session(),
                    event.verb(),
                    Escape.quoted(event.path()),
                    quoted(event.user()),
                    code(event.code()),
                    Escape.quoted(event.detail()));
        }
    }

    @Override
    public void transferFinished(TransferFinished event) {
        logger.info(
                "[{}] transfer finished end={} verb={} path={} user={} client={} server={} to_client={}"
                        + " to_server={} seconds={} data_path={} received={} sent={} client_leg={} server_leg={}",
                event.session(),
                event.end(),
                event.verb(),
                Escape.quoted(event.path()),
                quoted(event.user()),
                address(event.clientAddress()),
                address(event.serverAddress()),
                event.bytesToClient(),
                event.bytesToServer(),
                seconds(event.duration()),
                event.dataPath().map(EventLog::word).orElse(NONE),
                code(event.received()),
                code(event.sent()),
                leg(event.client()),
                leg(event.server()));
    }

    @Override
    public void dataConnectionFailed(DataConnectionFailed event) {
        warn(
                "data connection failed",
                List.of(event.failure(), event.side()),
                event.session(),
                repeated -> logger.warn(
                        "[{}] data connection failed side={} verb={} cause={} local={} remote={} detail={}{}{}",
                        event.session(),
                        event.side(),
                        event.verb().map(FtpVerb::toString).orElse(NONE),
                        event.failure(),
                        address(event.local()),
                        address(event.remote()),
                        Escape.quoted(event.detail()),
                        remedy(Remedies.of(event)),
                        repeated));
    }

    @Override
    public void tlsFailed(TlsFailed event) {
        Object subject = event.data()
                ? event.session()
                : event.side() == Side.CLIENT ? network(event.peer().getAddress()) : event.peer();
        warn(
                "tls failed",
                List.of(event.failure().kind(), event.side(), event.data()),
                subject,
                repeated -> logger.warn(
                        "[{}] tls failed side={} connection={} peer={} cause={} detail={}{}{}",
                        event.session(),
                        event.side(),
                        event.data() ? "data" : "control",
                        address(event.peer()),
                        event.failure().kind(),
                        Escape.quoted(event.failure().detail()),
                        remedy(Remedies.of(event)),
                        repeated));
    }

    /** A lack of passive ports is reported as the data connection that failed. */
    @Override
    public void rejected(Rejected event) {
        switch (event.reason()) {
            case PASSIVE_PORTS_EXHAUSTED, PASSIVE_SHARE_OF_THIS_ADDRESS -> {}
            default ->
                warn(
                        "peer rejected",
                        List.of(event.reason(), event.side()),
                        event.session(),
                        repeated -> logger.warn(
                                "[{}] peer rejected reason={} side={} peer={}{}{}{}",
                                event.session(),
                                event.reason(),
                                event.side(),
                                address(event.peer()),
                                event.named()
                                        .map(named -> " named=" + address(named))
                                        .orElse(""),
                                remedy(Remedies.of(event)),
                                repeated));
        }
    }

    /** By what the clients of one customer are counted together. */
    private static InetAddress network(InetAddress client) {
        InetAddress address = IpLiteral.canonical(client);
        return address instanceof Inet6Address ? new Cidr(address, IPV6_BITS).network() : address;
    }

    private static String leg(Leg leg) {
        return leg.syntax() + "," + address(leg.local()) + "," + address(leg.remote())
                + leg.tls().map(details -> "," + tls(details)).orElse("");
    }

    /** Version, cipher, full or resumed, and then the name asked for and the peer's certificate if there are any. */
    private static String tls(TlsDetails tls) {
        String resumed = tls.resumed().map(again -> again ? "resumed" : "full").orElse(NONE);
        return tls.protocol() + "," + tls.cipher() + "," + resumed
                + tls.serverName().map(name -> ",sni=" + Escape.quoted(name)).orElse("")
                + tls.peerSubject().map(name -> ",peer=" + Escape.quoted(name)).orElse("");
    }

    private static String address(Optional<InetSocketAddress> address) {
        return address.map(EventLog::address).orElse(NONE);
    }

    private static String address(InetSocketAddress address) {
        return address.isUnresolved()
                ? Escape.quoted(IpLiteral.format(address))
                : address.getPort() == 0 ? IpLiteral.format(address.getAddress()) : IpLiteral.format(address);
    }

    private static String quoted(Optional<String> text) {
        return text.map(Escape::quoted).orElse(NONE);
    }

    /** Only where there is one: a line without it is one that needs none, or whose detail has it. */
    private static String remedy(Optional<String> text) {
        return text.map(remedy -> " remedy=" + Escape.quoted(remedy)).orElse("");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String code(Optional<Integer> code) {
        return code.map(String::valueOf).orElse(NONE);
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis / 1000 + "." + Long.toString(1000 + millis % 1000).substring(1);
    }
}
