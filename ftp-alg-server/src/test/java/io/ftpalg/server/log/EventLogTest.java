package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ftpalg.policy.AlgListener.CommandDenied;
import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.InspectionEnded;
import io.ftpalg.policy.AlgListener.Leg;
import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.AlgListener.ProxyRefused;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.RemnantHandled;
import io.ftpalg.policy.AlgListener.SessionAuthenticated;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.SessionOpened;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.AlgListener.SessionSecured;
import io.ftpalg.policy.AlgListener.SessionTransparent;
import io.ftpalg.policy.AlgListener.TlsFailed;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.AlgListener.TransferStarted;
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
import io.ftpalg.protocol.Side;
import io.ftpalg.server.LogCapture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventLogTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 50000);
    private static final InetSocketAddress GATEWAY = new InetSocketAddress("::1", 2121);
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.2", 21);

    private final EventLog log = new EventLog();
    private final LogCapture capture = new LogCapture(EventLog.class);

    @AfterEach
    void stopCapture() {
        capture.close();
        LogLevels.set("io.ftpalg", Level.INFO);
    }

    @Test
    void hasTheTraceOfASession() {
        new EventLog(session -> Optional.of("trace-of-" + session))
                .sessionOpened(new SessionOpened(7, CLIENT, GATEWAY));

        assertThat(capture.lines())
                .containsExactly("INFO [7] session opened client=127.0.0.1:50000 listener=[::1]:2121 trace=trace-of-7");
    }

    @Test
    void writesOneLineForAnOpenedSession() {
        log.sessionOpened(new SessionOpened(7, CLIENT, GATEWAY));

        assertThat(capture.lines())
                .containsExactly("INFO [7] session opened client=127.0.0.1:50000 listener=[::1]:2121");
    }

    @Test
    void writesOneLineForARefusedClient() {
        log.sessionRefused(new SessionRefused(CLIENT, CloseCause.SESSION_LIMIT));

        assertThat(capture.lines())
                .containsExactly("WARN [-] session refused client=127.0.0.1:50000 cause=SESSION_LIMIT");
    }

    @Test
    void writesOneLineForADeniedCommand() {
        log.commandDenied(new CommandDenied(
                7,
                CLIENT,
                Optional.of("joe"),
                FtpVerb.STOR,
                Direction.UPLOAD,
                Optional.of("no exe"),
                Optional.of("/in/x\n.exe"),
                553));

        assertThat(capture.lines())
                .containsExactly(
                        "WARN [7] command denied rule=\"no exe\" verb=STOR direction=upload path=\"/in/x\\n.exe\""
                                + " reply=553 user=\"joe\" client=127.0.0.1:50000");
    }

    @Test
    void keepsTheTargetThatARefusedClientNamedInsideItsField() {
        log.sessionRefused(new SessionRefused(CLIENT, CloseCause.SESSION_LIMIT, "a\nb:22"));

        assertThat(capture.lines())
                .containsExactly(
                        "WARN [-] session refused client=127.0.0.1:50000 cause=SESSION_LIMIT detail=\"a\\nb:22\"");
    }

    @Test
    void writesOneLineForALoginAtTheGateway() {
        log.proxyAuthenticated(new ProxyAuthenticated(7, CLIENT, new ProxyUser("fw\n", Set.of("staff", "admin"))));
        log.proxyRefused(new ProxyRefused(7, CLIENT, "fw"));

        assertThat(capture.lines())
                .containsExactly(
                        "INFO [7] gateway login accepted user=\"fw\\n\" groups=\"admin,staff\" client=127.0.0.1:50000",
                        "WARN [7] gateway login refused user=\"fw\" client=127.0.0.1:50000");
    }

    @Test
    void writesOneLineForALogin() {
        log.sessionAuthenticated(new SessionAuthenticated(7, "user:pass@fw", SERVER));

        assertThat(capture.lines())
                .containsExactly("INFO [7] session authenticated user=\"user:pass@fw\" server=127.0.0.2:21");
    }

    @Test
    void writesOneLineForAControlConnectionUnderTls() {
        log.sessionSecured(new SessionSecured(
                7,
                Side.CLIENT,
                new TlsDetails(
                        "TLSv1.3",
                        "TLS_AES_128_GCM_SHA256",
                        Optional.of(false),
                        Optional.of("ftp.example.com"),
                        Optional.of("CN=\"anna\""))));
        log.sessionSecured(new SessionSecured(
                7, Side.SERVER, new TlsDetails("TLSv1.2", "X", Optional.empty(), Optional.empty(), Optional.empty())));

        assertThat(capture.lines())
                .containsExactly(
                        "INFO [7] session secured side=CLIENT tls=TLSv1.3,"
                                + "TLS_AES_128_GCM_SHA256,full,sni=\"ftp.example.com\",peer=\"CN=\\\"anna\\\"\"",
                        "INFO [7] session secured side=SERVER tls=TLSv1.2,X,-");
    }

    @Test
    void warnsOfASessionThatPassesUnseen() {
        log.sessionTransparent(new SessionTransparent(7));

        assertThat(capture.lines())
                .containsExactly("WARN [7] session transparent: the client has TLS with the server;"
                        + " nothing is inspected from here on, and data connections are not handled");
    }

    @Test
    void showsTheTlsOfEachLegOfATransfer() {
        TransferFinished clear = transfer("a");
        log.transferFinished(new TransferFinished(
                7,
                CLIENT,
                SERVER,
                clear.user(),
                clear.verb(),
                "a",
                new Leg(
                        DataSyntax.PASV,
                        Optional.of(GATEWAY),
                        Optional.of(CLIENT),
                        Optional.of(
                                new TlsDetails("TLSv1.3", "X", Optional.of(true), Optional.empty(), Optional.empty()))),
                clear.server(),
                0,
                0,
                Duration.ZERO,
                TransferEnd.COMPLETE,
                Optional.of(DataPath.SPLICE),
                Optional.of(226),
                Optional.of(226)));

        assertThat(capture.lines())
                .singleElement()
                .asString()
                .endsWith(
                        "client_leg=PASV,[::1]:2121,127.0.0.1:50000,TLSv1.3,X,resumed server_leg=EPSV,-,127.0.0.2:21");
    }

    @Test
    void writesOneLineForAClosedSession() {
        log.sessionClosed(new SessionClosed(
                7,
                CLIENT,
                Optional.of(SERVER),
                Optional.of("anna"),
                CloseCause.SERVER_LOST,
                "Connection reset\nby peer",
                12,
                3,
                1000,
                2000,
                Duration.ofMillis(1234)));

        assertThat(capture.lines())
                .containsExactly("INFO [7] session closed cause=SERVER_LOST client=127.0.0.1:50000"
                        + " user=\"anna\" server=127.0.0.2:21 commands=12 transfers=3 to_client=1000 to_server=2000"
                        + " seconds=1.234 detail=\"Connection reset\\nby peer\"");
    }

    @Test
    void showsWhatASessionNeverHadAsADash() {
        log.sessionClosed(new SessionClosed(
                7, CLIENT, Optional.empty(), Optional.empty(), CloseCause.CLIENT_LOST, "", 0, 0, 0, 0, Duration.ZERO));

        assertThat(capture.lines())
                .singleElement()
                .asString()
                .contains(" user=- server=- ")
                .endsWith(" seconds=0.000 detail=-");
    }

    @Test
    void writesOneLineForATransferWithAllThatAnAuditNeeds() {
        log.transferFinished(transfer("/pub/file.bin"));

        assertThat(capture.lines())
                .containsExactly("INFO [7] transfer finished end=COMPLETE verb=RETR"
                        + " path=\"/pub/file.bin\" user=\"anna\" client=127.0.0.1:50000 server=127.0.0.2:21 to_client=123456"
                        + " to_server=0 seconds=2.500 data_path=splice received=226 sent=- client_leg=PASV,[::1]:2121,127.0.0.1:50000"
                        + " server_leg=EPSV,-,127.0.0.2:21");
    }

    @Test
    void keepsAnInjectedLineInsideItsField() {
        log.transferFinished(transfer("a\r\n2026-01-01 LOGIN ok\" end=COMPLETE"));

        assertThat(capture.lines())
                .singleElement()
                .asString()
                .contains(" path=\"a\\r\\n2026-01-01 LOGIN ok\\\" end=COMPLETE\" user=")
                .doesNotContain("\n", "\r");
    }

    @Test
    void cutsALongName() {
        log.sessionAuthenticated(new SessionAuthenticated(7, "u".repeat(8000), SERVER));

        assertThat(capture.lines())
                .containsExactly(
                        "INFO [7] session authenticated user=\"" + "u".repeat(512) + "\"+7488 server=127.0.0.2:21");
    }

    @Test
    void writesTheStartOfATransferOnlyIfMoreIsAskedFor() {
        TransferStarted started = new TransferStarted(7, Optional.of("anna"), FtpVerb.STOR, "new\nfile");
        log.transferStarted(started);
        LogLevels.set("io.ftpalg", Level.DEBUG);
        log.transferStarted(started);

        assertThat(capture.lines())
                .containsExactly("DEBUG [7] transfer started verb=STOR path=\"new\\nfile\" user=\"anna\"");
    }

    @Test
    void warnsOfARejectedPeer() {
        log.rejected(new Rejected(7, Rejected.Reason.BOUNCE, Side.CLIENT, CLIENT, Optional.of(SERVER)));
        log.rejected(new Rejected(7, Rejected.Reason.UNSOLICITED_REPLY, Side.SERVER, SERVER, Optional.empty()));

        assertThat(capture.lines())
                .containsExactly(
                        "WARN [7] peer rejected reason=BOUNCE side=CLIENT peer=127.0.0.1:50000"
                                + " named=127.0.0.2:21 remedy=\"set --data-peers 127.0.0.2/32, if it is the client\"",
                        "WARN [7] peer rejected reason=UNSOLICITED_REPLY side=SERVER peer=127.0.0.2:21");
    }

    @Test
    void warnsOfADataConnectionThatCouldNotBeMade() {
        log.dataConnectionFailed(new DataConnectionFailed(
                7,
                Side.CLIENT,
                Optional.of(FtpVerb.RETR),
                DataFailure.NOT_CONNECTED,
                true,
                Optional.of(GATEWAY),
                new InetSocketAddress("127.0.0.1", 0),
                Optional.empty(),
                "not connected within 60 s"));

        assertThat(capture.lines())
                .containsExactly(
                        "WARN [7] data connection failed side=CLIENT verb=RETR cause=NOT_CONNECTED"
                                + " local=[::1]:2121 remote=127.0.0.1 detail=\"not connected within 60 s\""
                                + " remedy=\"open the ports of --passive-ports in the firewall; behind NAT set --passive-address\"");
    }

    @Test
    void warnsOnceThatNoPassivePortIsFree() {
        log.rejected(
                new Rejected(7, Rejected.Reason.PASSIVE_SHARE_OF_THIS_ADDRESS, Side.CLIENT, CLIENT, Optional.empty()));
        log.dataConnectionFailed(new DataConnectionFailed(
                7,
                Side.CLIENT,
                Optional.empty(),
                DataFailure.SHARE_HELD,
                true,
                Optional.empty(),
                CLIENT,
                Optional.empty(),
                "the client's address holds its share"));

        assertThat(capture.lines())
                .containsExactly("WARN [7] data connection failed side=CLIENT verb=- cause=SHARE_HELD"
                        + " local=- remote=127.0.0.1:50000 detail=\"the client's address holds its share\""
                        + " remedy=\"raise --passive-share, if many clients share this address\"");
    }

    @Test
    void warnsOfAFailureOfTls() {
        log.tlsFailed(new TlsFailed(7, Side.SERVER, false, SERVER, new TlsFailure(TlsFailure.Kind.VERSION, "alert\n")));
        log.tlsFailed(new TlsFailed(7, Side.CLIENT, true, CLIENT, TlsFailure.other("late")));

        assertThat(capture.lines())
                .containsExactly(
                        "WARN [7] tls failed side=SERVER connection=control peer=127.0.0.2:21"
                                + " cause=VERSION detail=\"alert\\n\" remedy=\"set --upstream-tls-max 1.3, if the server has TLS 1.3 only;"
                                + " versions before 1.2 are not supported\"",
                        "WARN [7] tls failed side=CLIENT connection=data peer=127.0.0.1:50000 cause=OTHER detail=\"late\"");
    }

    // ---- floods

    private final AtomicLong clock = new AtomicLong();
    private final EventLog flooded = new EventLog(clock::get);

    /** Which events can be repeated in one session, or by one peer: one line, and one with the count at the end. */
    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of("peer rejected", (BiConsumer<EventLog, Long>) (log, session) -> log.rejected(
                        new Rejected(session, Rejected.Reason.BOUNCE, Side.CLIENT, CLIENT, Optional.empty()))),
                Arguments.of("data connection failed", (BiConsumer<EventLog, Long>)
                        (log, session) -> log.dataConnectionFailed(new DataConnectionFailed(
                                session,
                                Side.CLIENT,
                                Optional.empty(),
                                DataFailure.NO_PORT,
                                true,
                                Optional.empty(),
                                CLIENT,
                                Optional.empty(),
                                "in use"))),
                Arguments.of("tls failed", (BiConsumer<EventLog, Long>) (log, session) ->
                        log.tlsFailed(new TlsFailed(session, Side.CLIENT, true, CLIENT, TlsFailure.other("late")))));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void areOneLineForASessionAndTheCountAtItsEnd(String event, BiConsumer<EventLog, Long> repeat) {
        for (int i = 0; i < 1_000; i++) {
            repeat.accept(flooded, 7L);
            repeat.accept(flooded, 8L);
        }
        assertThat(capture.lines()).hasSize(2).allMatch(line -> line.contains(event) && !line.contains("repeated="));

        flooded.sessionClosed(new SessionClosed(
                7, CLIENT, Optional.empty(), Optional.empty(), CloseCause.CLIENT_LOST, "", 0, 0, 0, 0, Duration.ZERO));

        assertThat(capture.lines()).hasSize(4);
        assertThat(capture.lines().get(2)).startsWith("WARN [7] " + event).endsWith(" repeated=998");
        assertThat(capture.lines().get(3)).contains("session closed");
    }

    /** There is no session that could close, or one for each: an address, and an IPv6 network, is one peer. */
    @Test
    void areOneLineForAPeerWithoutASession() {
        for (int i = 0; i < 1_000; i++) {
            flooded.sessionRefused(new SessionRefused(
                    new InetSocketAddress("2001:db8::" + Integer.toHexString(i), 1_024 + i), CloseCause.SESSION_LIMIT));
            flooded.tlsFailed(new TlsFailed(
                    i, Side.CLIENT, false, new InetSocketAddress("192.0.2.1", 1_024 + i), TlsFailure.other("not TLS")));
            flooded.tlsFailed(new TlsFailed(i, Side.SERVER, false, SERVER, TlsFailure.other("expired")));
        }
        assertThat(capture.lines()).hasSize(3);

        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        flooded.sessionRefused(new SessionRefused(CLIENT, CloseCause.SESSION_LIMIT));

        assertThat(capture.lines()).hasSize(7);
        assertThat(capture.lines().subList(4, 7)).allMatch(line -> line.endsWith(" repeated=998"));
    }

    @Test
    void countsWhatWasLeftOutWhenTheGatewayEnds() {
        flooded.sessionRefused(new SessionRefused(CLIENT, CloseCause.LOOP));
        flooded.sessionRefused(new SessionRefused(CLIENT, CloseCause.LOOP));
        flooded.sessionRefused(new SessionRefused(CLIENT, CloseCause.LOOP));

        flooded.close();

        assertThat(capture.lines()).hasSize(2).last().asString().endsWith(" cause=LOOP repeated=1");
    }

    /** They are an audit record, and have limits of their own. */
    @Test
    void doNotHideLogins() {
        for (int i = 0; i < 5; i++) {
            flooded.proxyRefused(new ProxyRefused(7, CLIENT, "fw" + i));
        }

        assertThat(capture.lines()).hasSize(5);
    }

    private static TransferFinished transfer(String path) {
        return new TransferFinished(
                7,
                CLIENT,
                SERVER,
                Optional.of("anna"),
                FtpVerb.RETR,
                path,
                new Leg(DataSyntax.PASV, Optional.of(GATEWAY), Optional.of(CLIENT), Optional.empty()),
                new Leg(DataSyntax.EPSV, Optional.empty(), Optional.of(SERVER), Optional.empty()),
                123456,
                0,
                Duration.ofMillis(2500),
                TransferEnd.COMPLETE,
                Optional.of(DataPath.SPLICE),
                Optional.of(226),
                Optional.empty());
    }

    @Test
    void namesWhatAnInspectionFoundAndWhyItRejected() {
        log.inspectionEnded(inspected(TransferEnd.COMPLETE, Optional.empty()));
        log.inspectionEnded(inspected(TransferEnd.REJECTED, Optional.of("virus X")));

        assertThat(capture.lines())
                .containsExactly(
                        "INFO [7] content inspected verb=STOR path=\"a\\n\" user=\"joe\" sender=client end=COMPLETE"
                                + " findings=\"{clamav=ok, sha256=00}\"",
                        "WARN [7] content rejected verb=STOR path=\"a\\n\" user=\"joe\" sender=client reason=\"virus X\""
                                + " findings=\"{clamav=ok, sha256=00}\"");
    }

    @Test
    void namesHowARemnantWasHandled() {
        log.remnantHandled(new RemnantHandled(7, Optional.of("joe"), FtpVerb.STOR, "a\n", true, Optional.of(250), ""));
        log.remnantHandled(new RemnantHandled(
                7, Optional.of("joe"), FtpVerb.APPE, "a", false, Optional.empty(), "the upload added to a file"));

        assertThat(capture.lines())
                .containsExactly(
                        "INFO [7] remnant deleted verb=STOR path=\"a\\n\" user=\"joe\" received=250",
                        "WARN [7] remnant kept verb=APPE path=\"a\" user=\"joe\" received=-"
                                + " detail=\"the upload added to a file\"");
    }

    private static InspectionEnded inspected(TransferEnd end, Optional<String> reason) {
        return new InspectionEnded(
                7,
                Optional.of("joe"),
                FtpVerb.STOR,
                "a\n",
                Side.CLIENT,
                end,
                reason,
                Map.of("sha256", "00", "clamav", "ok"));
    }
}
