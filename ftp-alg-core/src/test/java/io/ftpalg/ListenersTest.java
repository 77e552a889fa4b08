package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.Leg;
import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.AlgListener.ProxyRefused;
import io.ftpalg.policy.AlgListener.Rejected;
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
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenersTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 21);
    private static final Leg LEG = new Leg(DataSyntax.PASV, Optional.empty(), Optional.empty(), Optional.empty());
    private static final SessionOpened OPENED = new SessionOpened(1, ADDRESS, ADDRESS);
    private static final SessionRefused REFUSED = new SessionRefused(ADDRESS, CloseCause.LOOP);
    private static final SessionAuthenticated AUTHENTICATED = new SessionAuthenticated(1, "u", ADDRESS);
    private static final SessionClosed CLOSED = new SessionClosed(
            1, ADDRESS, Optional.empty(), Optional.empty(), CloseCause.QUIT, "", 1, 2, 3, 4, Duration.ZERO);
    private static final TransferStarted STARTED = new TransferStarted(1, Optional.empty(), FtpVerb.RETR, "f");
    private static final TransferFinished FINISHED = new TransferFinished(
            1,
            ADDRESS,
            ADDRESS,
            Optional.empty(),
            FtpVerb.RETR,
            "f",
            LEG,
            LEG,
            1,
            2,
            Duration.ZERO,
            TransferEnd.COMPLETE,
            Optional.of(DataPath.SPLICE),
            Optional.empty(),
            Optional.empty());
    private static final AlgListener.InspectionEnded INSPECTED = new AlgListener.InspectionEnded(
            1, Optional.empty(), FtpVerb.RETR, "f", Side.SERVER, TransferEnd.COMPLETE, Optional.empty(), Map.of());
    private static final AlgListener.RemnantHandled REMNANT =
            new AlgListener.RemnantHandled(1, Optional.empty(), FtpVerb.STOR, "f", true, Optional.of(250), "");
    private static final Rejected REJECTED =
            new Rejected(1, Rejected.Reason.BOUNCE, Side.CLIENT, ADDRESS, Optional.of(ADDRESS));
    private static final DataConnectionFailed UNCONNECTED = new DataConnectionFailed(
            1,
            Side.SERVER,
            Optional.of(FtpVerb.RETR),
            DataFailure.NOT_ACCEPTED,
            false,
            Optional.empty(),
            ADDRESS,
            Optional.empty(),
            "connection refused");
    private static final TlsFailed UNPROTECTED =
            new TlsFailed(1, Side.SERVER, false, ADDRESS, TlsFailure.other("no handshake"));

    private static final ProxyAuthenticated KNOWN = new ProxyAuthenticated(1, ADDRESS, new ProxyUser("u", Set.of()));
    private static final ProxyRefused UNKNOWN = new ProxyRefused(1, ADDRESS, "u");

    private static final SessionSecured SECURED = new SessionSecured(
            1,
            Side.CLIENT,
            new TlsDetails("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty(), Optional.empty(), Optional.empty()));
    private static final SessionTransparent TRANSPARENT = new SessionTransparent(1);

    private static final AlgListener.LoginRefused NO_LOGIN = new AlgListener.LoginRefused(1, ADDRESS, "u", ADDRESS);
    private static final AlgListener.ServerConnected CONNECTED =
            new AlgListener.ServerConnected(1, ADDRESS, Duration.ofMillis(1));
    private static final AlgListener.CommandReceived COMMAND = new AlgListener.CommandReceived(1, FtpVerb.NOOP);
    private static final AlgListener.CommandDenied DENIED = new AlgListener.CommandDenied(
            1, ADDRESS, Optional.empty(), FtpVerb.DELE, Direction.DELETE, Optional.of("r"), Optional.of("/f"), 550);
    private static final AlgListener.ReplySent REPLY = new AlgListener.ReplySent(1, 200);

    /** Every event that there is, by the method that takes it. */
    private static final Map<String, Event> EVENTS = Map.ofEntries(
            Map.entry("sessionOpened", new Event(OPENED, l -> l.sessionOpened(OPENED))),
            Map.entry("sessionRefused", new Event(REFUSED, l -> l.sessionRefused(REFUSED))),
            Map.entry("proxyAuthenticated", new Event(KNOWN, l -> l.proxyAuthenticated(KNOWN))),
            Map.entry("proxyRefused", new Event(UNKNOWN, l -> l.proxyRefused(UNKNOWN))),
            Map.entry("sessionAuthenticated", new Event(AUTHENTICATED, l -> l.sessionAuthenticated(AUTHENTICATED))),
            Map.entry("loginRefused", new Event(NO_LOGIN, l -> l.loginRefused(NO_LOGIN))),
            Map.entry("serverConnected", new Event(CONNECTED, l -> l.serverConnected(CONNECTED))),
            Map.entry("commandReceived", new Event(COMMAND, l -> l.commandReceived(COMMAND))),
            Map.entry("commandDenied", new Event(DENIED, l -> l.commandDenied(DENIED))),
            Map.entry("replySent", new Event(REPLY, l -> l.replySent(REPLY))),
            Map.entry("sessionSecured", new Event(SECURED, l -> l.sessionSecured(SECURED))),
            Map.entry("sessionTransparent", new Event(TRANSPARENT, l -> l.sessionTransparent(TRANSPARENT))),
            Map.entry("sessionClosed", new Event(CLOSED, l -> l.sessionClosed(CLOSED))),
            Map.entry("transferStarted", new Event(STARTED, l -> l.transferStarted(STARTED))),
            Map.entry("inspectionEnded", new Event(INSPECTED, l -> l.inspectionEnded(INSPECTED))),
            Map.entry("remnantHandled", new Event(REMNANT, l -> l.remnantHandled(REMNANT))),
            Map.entry("transferFinished", new Event(FINISHED, l -> l.transferFinished(FINISHED))),
            Map.entry("dataConnectionFailed", new Event(UNCONNECTED, l -> l.dataConnectionFailed(UNCONNECTED))),
            Map.entry("tlsFailed", new Event(UNPROTECTED, l -> l.tlsFailed(UNPROTECTED))),
            Map.entry("rejected", new Event(REJECTED, l -> l.rejected(REJECTED))));

    private record Event(Record event, Consumer<AlgListener> call) {}

    static Set<String> methods() {
        return Stream.of(AlgListener.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void areTestedWithEveryEvent() {
        assertThat(EVENTS.keySet()).isEqualTo(methods());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void tellAnEventToAllInOrderThoughOneFails(String method) {
        Event event = Objects.requireNonNull(EVENTS.get(method));
        List<String> told = new ArrayList<>();
        Listeners all = new Listeners(
                List.of(ear("first", told), ear("broken", told), ear("last", told)),
                new ExtensionErrors(System::nanoTime));

        event.call().accept(all);

        assertThat(told)
                .containsExactly(
                        "first " + method + " " + event.event(),
                        "broken " + method + " " + event.event(),
                        "last " + method + " " + event.event());
    }

    /** Notes what it receives, by the method that received it; the broken one fails after that. */
    private static AlgListener ear(String name, List<String> told) {
        return (AlgListener) Proxy.newProxyInstance(
                ListenersTest.class.getClassLoader(), new Class<?>[] {AlgListener.class}, (self, method, arguments) -> {
                    told.add(name + " " + method.getName() + " " + arguments[0]);
                    if (name.equals("broken")) {
                        throw new IllegalStateException("made by a test");
                    }
                    return null;
                });
    }
}
