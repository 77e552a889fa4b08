package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.ReplyFilter;
import io.ftpalg.policy.Texts;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.login.LoginGuard;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.ftpalg.session.base.SessionSettings;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.data.OffloadedConnection;
import io.ftpalg.session.data.PassiveAddresses;
import io.ftpalg.session.data.TransferResult;
import io.ftpalg.session.exchange.SessionContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A conversation as a script. Each line is one step:
 *
 * <pre>
 *  C> text          the client sends a line ("C> #TOO_LONG" a malformed one)     C< text   the client must get this line
 *  S> text          the server sends a line                                      S< text   the server must get this line
 *  S+ text          the server sends a line that began before the last command to it was sent
 *  ! wish           the session must wish for this (see {@link ActionLog})
 *  . event          something happens: authenticated joe, not-authenticated, users-unavailable, route-with user password, connected CLIENT, listening SERVER 40000, failed CLIENT, readable SERVER, server-unused, unexpected CLIENT, ended COMPLETE 10 0, rejected 10 0,
 *                   offloaded, not-offloaded, offload-connected, ended COMPLETE 10 0 KERNEL,
 *                   secured CLIENT, data-secured SERVER, tls-failed SERVER, injection CLIENT, cleared, elapse 5s, client-fin, client-gone, server-gone,
 *                   server-garbage, unread CLIENT (what is sent to it waits), reads CLIENT, stop, stop-now, ended-by-operator, line-timeout
 *  ~                nothing is left over: no line, no wish
 * </pre>
 *
 * What a step causes must stand right behind it, in order; a step that is not expected fails the play, at its end too
 * ({@link PlaysEndExpected}).
 */
public final class Playbook {
    public static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 34567);
    public static final InetSocketAddress GATEWAY = new InetSocketAddress("127.0.0.3", 21);
    public static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.2", 21);
    public static final InetSocketAddress UNEXPECTED = new InetSocketAddress("192.0.2.66", 34568);
    public static final TlsDetails TLS =
            new TlsDetails("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of(true), Optional.empty(), Optional.empty());
    static final InetSocketAddress CLIENT6 = new InetSocketAddress("2001:db8::1", 34567);
    static final InetSocketAddress GATEWAY6 = new InetSocketAddress("2001:db8::3", 21);
    static final InetSocketAddress SERVER6 = new InetSocketAddress("2001:db8::2", 21);

    private final ActionLog log = new ActionLog();
    private final EventLog events = new EventLog();
    private final FtpSession session;
    private final InetSocketAddress gatewayAtClient;
    private final InetSocketAddress server;
    private final List<ServerTls> serverTls;
    private final List<ServerUse> uses;
    private int replyCode;

    private Playbook(Cast cast) {
        server = cast.server;
        gatewayAtClient = cast.gateway;
        SessionSettings settings = new SessionSettings(
                cast.router(),
                cast.login,
                cast.guard,
                cast.filter,
                cast.replyFilter,
                cast.transfers,
                events,
                cast.limits,
                cast.texts,
                cast.passiveAddresses,
                cast.dataConnect,
                cast.pasvAddress,
                cast.dataPeers,
                cast.clientTls);
        serverTls = cast.serverTls;
        uses = cast.uses;
        log.kernel = cast.kernel;
        session = new FtpSession(1, cast.client, cast.gateway, cast.originalDestination, cast.tunnel, settings, log);
        PlaysEndExpected.add(this);
    }

    /** Returns the parts of a play, to be changed before it {@link Cast#begin begins}. */
    public static Cast cast() {
        return new Cast();
    }

    /** Returns a play in reverse mode whose client is logged in. */
    public static Playbook loggedIn() {
        return cast().loggedIn();
    }

    /** Plays the script; every line must come true. */
    public Playbook play(String script) {
        script.lines().map(String::stripLeading).filter(line -> !line.isEmpty()).forEach(this::step);
        return this;
    }

    private void step(String line) {
        String text = line.length() > 3 ? line.substring(3) : "";
        if (line.startsWith("C> ") || line.startsWith("S> ") || line.startsWith("S+ ") || line.startsWith(". ")) {
            assertThat(log.pending()).as("unexpected before: " + line).isEmpty();
        }
        if (line.startsWith("C> ")) {
            clientSends(text);
        } else if (line.startsWith("S> ")) {
            serverSends(text);
        } else if (line.startsWith("S+ ")) {
            session.onEarlyServerLine(line(text));
        } else if (line.startsWith("C< ") || line.startsWith("S< ")) {
            assertThat(log.next()).isEqualTo(line);
        } else if (line.startsWith("! ")) {
            assertThat(log.next()).isEqualTo(line);
        } else if (line.startsWith(". ")) {
            event(line.substring(2).strip());
        } else if (line.strip().equals("~")) {
            assertThat(log.pending()).isEmpty();
        } else {
            throw new IllegalArgumentException("not a step: " + line);
        }
    }

    private void clientSends(String text) {
        if (text.startsWith("#")) {
            session.onClientRequest(new MalformedCommand(MalformedCommand.Flaw.valueOf(text.substring(1))));
            return;
        }
        int space = text.indexOf(' ');
        session.onClientRequest(
                space < 0
                        ? FtpCommand.of(text, "")
                        : space == text.length() - 1
                                ? FtpCommand.withEmptyArgument(text.substring(0, space))
                                : FtpCommand.of(text.substring(0, space), text.substring(space + 1)));
    }

    private void serverSends(String text) {
        session.onServerLine(line(text));
    }

    private ReplyLine line(String text) {
        if (replyCode != 0) {
            boolean last = ReplyLine.endsReply(replyCode, text);
            int code = replyCode;
            if (last) {
                replyCode = 0;
                return new ReplyLine(code, ReplyLine.Position.LAST, text.length() > 3 ? text.substring(4) : "");
            }
            return new ReplyLine(code, ReplyLine.Position.MIDDLE, text);
        }
        int code = Integer.parseInt(text.substring(0, 3));
        if (text.charAt(3) == '-') {
            replyCode = code;
            return new ReplyLine(code, ReplyLine.Position.FIRST, text.substring(4));
        }
        return new ReplyLine(code, ReplyLine.Position.ONLY, text.substring(4));
    }

    private void event(String text) {
        String[] words = text.split(" +");
        switch (words[0]) {
            case "start" -> session.start();
            case "route" -> session.onRoute(route(Optional.empty()));
            case "route-as" -> session.onRoute(route(Optional.of(words[1])));
            case "route-with" ->
                session.onRoute(route(Optional.of(words[1])).withPassword(Optional.of(Secret.of(words[2]))));
            case "route-idle" ->
                session.onRoute(route(Optional.empty()).withIdleTimeout(Optional.of(Duration.parse("PT" + words[1]))));
            case "authenticated" ->
                session.loginEvents()
                        .onAuthenticated(new ProxyUser(
                                words[1],
                                Set.of(words).stream()
                                        .filter(word -> word.startsWith("@"))
                                        .collect(Collectors.toSet())));
            case "not-authenticated" -> session.loginEvents().onNotAuthenticated();
            case "users-unavailable" -> session.loginEvents().onUnavailable("the directory is down");
            case "route-refused" -> session.onRouteRefused("refused");
            case "route-failed" -> session.onRouteFailed("no server has an address");
            case "server-connected" -> session.onServerConnected(server);
            case "unreachable" -> session.onServerUnreachable(CloseCause.SERVER_UNREACHABLE, "refused");
            case "no-socket" -> session.onServerUnreachable(CloseCause.NO_SOCKET, "too many open files");
            case "connected" -> connected(Side.valueOf(words[1]));
            case "offloaded" -> session.dataEvents().onOffloaded();
            case "not-offloaded" -> session.dataEvents().onNotOffloaded();
            case "offload-connected" -> offloadConnected();
            case "listening" ->
                session.dataEvents()
                        .onListening(
                                Side.valueOf(words[1]),
                                new InetSocketAddress(own(Side.valueOf(words[1])), Integer.parseInt(words[2])));
            case "failed" ->
                session.dataEvents()
                        .onFailed(
                                Side.valueOf(words[1]),
                                words.length < 3 ? DataFailure.NOT_ACCEPTED : DataFailure.valueOf(words[2]),
                                Optional.empty(),
                                "connection refused");
            case "readable" -> {
                assertThat(log.watched()).as("watched").contains(Side.valueOf(words[1]));
                session.dataEvents().onReadable(Side.valueOf(words[1]));
            }
            case "unexpected" -> session.dataEvents().onUnexpectedPeer(Side.valueOf(words[1]), UNEXPECTED);
            case "server-unused" -> session.dataEvents().onServerUnused();
            case "ended" ->
                session.dataEvents()
                        .onTransferEnded(new TransferResult(
                                TransferEnd.valueOf(words[1]),
                                words.length < 5 ? DataPath.SPLICE : DataPath.valueOf(words[4]),
                                Long.parseLong(words[2]),
                                Long.parseLong(words[3])));
            case "rejected" ->
                session.dataEvents()
                        .onTransferEnded(new TransferResult(
                                TransferEnd.REJECTED,
                                DataPath.BUFFER,
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                Optional.of(InspectionVerdict.reject("signature X"))));
            case "secured" ->
                session.tls()
                        .onSecured(
                                Side.valueOf(words[1]),
                                words.length < 3
                                        ? TLS
                                        : new TlsDetails(
                                                TLS.protocol(),
                                                TLS.cipher(),
                                                TLS.resumed(),
                                                Optional.of(words[2]),
                                                Optional.empty()));
            case "data-secured" -> session.tls().onDataSecured(Side.valueOf(words[1]), TLS);
            case "tls-failed" -> session.tls().onFailed(Side.valueOf(words[1]), TlsFailure.other("bad certificate"));
            case "data-tls-failed" ->
                session.tls()
                        .onDataFailed(
                                Side.valueOf(words[1]),
                                new TlsFailure(TlsFailure.Kind.valueOf(words[2]), "made by a test"));
            case "injection" -> session.tls().onInjection(Side.valueOf(words[1]));
            case "cleared" -> session.tls().onCleared();
            case "elapse" -> log.elapse(Duration.parse("PT" + words[1]));
            case "client-fin" -> session.onClientInputClosed();
            case "client-gone" -> session.onClientClosed("Connection reset by peer");
            case "server-gone" -> session.onServerClosed("");
            case "server-garbage" -> session.onServerGarbage();
            case "unread" -> {
                log.reads(Side.valueOf(words[1]), false);
                session.onWritabilityChanged();
            }
            case "reads" -> {
                log.reads(Side.valueOf(words[1]), true);
                session.onWritabilityChanged();
            }
            case "line-timeout" -> session.onClientLineTimeout();
            case "passed" -> session.onPassed(Side.valueOf(words[1]));
            case "stop" -> session.onShutdown();
            case "ended-by-operator" -> session.onEndedByOperator("a test");
            case "stop-now" -> session.onShutdownDeadline();
            default -> throw new IllegalArgumentException("no such event: " + text);
        }
    }

    private void offloadConnected() {
        InetAddress client = session.context().client().getAddress();
        session.dataEvents()
                .onOffloadConnected(new OffloadedConnection(
                        new InetSocketAddress(own(Side.CLIENT), 50001),
                        new InetSocketAddress(client, 60000),
                        new InetSocketAddress(own(Side.SERVER), 0),
                        new InetSocketAddress(server.getAddress(), 51210)));
    }

    private void connected(Side side) {
        session.dataEvents()
                .onConnected(
                        side,
                        new InetSocketAddress(own(side), 50000),
                        new InetSocketAddress(
                                side == Side.CLIENT ? session.context().client().getAddress() : server.getAddress(),
                                60000));
    }

    private InetAddress own(Side side) {
        boolean ipv6 = side == Side.SERVER && server.getAddress() instanceof java.net.Inet6Address;
        return side == Side.CLIENT ? gatewayAtClient.getAddress() : ipv6 ? GATEWAY6.getAddress() : GATEWAY.getAddress();
    }

    private Route route(Optional<String> user) {
        return Route.to(servers()).withUser(user).withDataMode(mode);
    }

    /** The servers of a route have addresses one behind the other. */
    private List<RouteServer> servers() {
        return IntStream.range(0, Math.max(1, uses.size()))
                .mapToObj(i -> new RouteServer(
                        List.of(server),
                        serverTls.get(Math.min(i, serverTls.size() - 1)),
                        uses.isEmpty() ? ServerUse.NONE : uses.get(i)))
                .toList();
    }

    private ServerDataMode mode = ServerDataMode.CLIENT;

    public SessionState state() {
        return session.context().state();
    }

    public FtpSession session() {
        return session;
    }

    /** Returns the session's parts, for tests of one of them in its own package. */
    public SessionContext context() {
        return session.context();
    }

    public ActionLog log() {
        return log;
    }

    /** Returns what the listener was told. */
    public EventLog events() {
        return events;
    }

    /** The parts of a play. */
    public static final class Cast {
        private InetSocketAddress client = CLIENT;
        private InetSocketAddress gateway = GATEWAY;
        private InetSocketAddress server = SERVER;
        private Optional<InetSocketAddress> originalDestination = Optional.empty();
        private Optional<EarlyTarget> tunnel = Optional.empty();
        private ServerDataMode mode = ServerDataMode.CLIENT;
        private Limits limits = Limits.defaults();
        private CommandFilter filter = CommandFilter.safeSite();
        private Optional<ReplyFilter> replyFilter = Optional.empty();
        private TransferPolicy transfers = TransferPolicy.NONE;
        private DataConnect dataConnect = DataConnect.EARLY;
        private PassiveAddresses passiveAddresses = PassiveAddresses.NONE;
        private PasvAddress pasvAddress = PasvAddress.IGNORE;
        private DataPeers dataPeers = DataPeers.SAME;
        private boolean forward;
        private boolean kernel;
        private LoginPolicy login = LoginPolicy.DEFAULT;
        private LoginGuard guard = LoginGuard.NONE;
        private Texts texts = Texts.DEFAULT;
        private List<ServerUse> uses = List.of();
        private Optional<Router> router = Optional.empty();
        private ClientTls clientTls = ClientTls.NONE;
        private List<ServerTls> serverTls = List.of(ServerTls.OFF);

        Cast clientOverIpv6() {
            client = CLIENT6;
            gateway = GATEWAY6;
            return this;
        }

        public Cast serverOverIpv6() {
            server = SERVER6;
            return this;
        }

        Cast serverAt(InetSocketAddress address) {
            server = address;
            return this;
        }

        public Cast mode(ServerDataMode serverMode) {
            mode = serverMode;
            return this;
        }

        public Cast limits(Limits all) {
            limits = all;
            return this;
        }

        public Cast replyFilter(ReplyFilter changes) {
            replyFilter = Optional.of(changes);
            return this;
        }

        public Cast filter(CommandFilter decides) {
            filter = decides;
            return this;
        }

        public Cast transfers(TransferPolicy policy) {
            transfers = policy;
            return this;
        }

        public Cast late() {
            dataConnect = DataConnect.LATE;
            return this;
        }

        /** The kernel carries what it is offered. */
        public Cast kernel() {
            kernel = true;
            return this;
        }

        /** The client connected to the server, and does not know of the gateway. */
        public Cast transparent() {
            originalDestination = Optional.of(server);
            return this;
        }

        /** The client named its server by another protocol, before the session. */
        public Cast tunnel(EarlyTarget asked) {
            tunnel = Optional.of(asked);
            return this;
        }

        public Cast passiveAddresses(PassiveAddresses advertised) {
            passiveAddresses = advertised;
            return this;
        }

        public Cast pasvAddress(String... words) {
            pasvAddress = PasvAddress.parse(List.of(words)).orElseThrow();
            return this;
        }

        public Cast dataPeers(String... words) {
            dataPeers = DataPeers.parse(List.of(words)).orElseThrow();
            return this;
        }

        public Cast clientTls(ClientTls use) {
            clientTls = use;
            return this;
        }

        /** Sets how each server is protected; the last one's is that of all others too. */
        public Cast serverTls(ServerTls... uses) {
            serverTls = List.of(uses);
            return this;
        }

        public Cast forward() {
            forward = true;
            return this;
        }

        /** Sets who decides what a login must say; the play routes all the same. */
        public Cast router(Router decides) {
            router = Optional.of(decides);
            return this;
        }

        public Cast login(LoginPolicy policy) {
            login = policy;
            return this;
        }

        /** Gives the gateway users of its own; the play says who is one. */
        public Cast withUsers() {
            login = login.withUsers(
                    (name, password, from) -> CompletableFuture.failedStage(new AssertionError("the port asks")));
            return this;
        }

        public Cast guard(LoginGuard counts) {
            guard = counts;
            return this;
        }

        Cast texts(Texts words) {
            texts = words;
            return this;
        }

        /** Gives the route as many servers. */
        public Cast servers(ServerUse... hears) {
            uses = List.of(hears);
            return this;
        }

        private Router router() {
            boolean needsLogin = forward;
            return router.isPresent()
                    ? router.get()
                    : new Router() {
                        @Override
                        public boolean needsLogin() {
                            return needsLogin;
                        }

                        @Override
                        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                            return CompletableFuture.failedStage(new AssertionError("the port routes"));
                        }
                    };
        }

        /** Returns the play before its first word. */
        public Playbook begin() {
            Playbook play = new Playbook(this);
            play.mode = mode;
            return play;
        }

        /** Returns the play, in reverse mode, when the server is connected and has sent nothing. */
        public Playbook connected() {
            return begin().play("""
                    . start
                    ! route
                    . route
                    ! connect
                    . server-connected
                    """);
        }

        /** Returns the play, in reverse mode, when the server has greeted. */
        public Playbook greeted() {
            return connected().play("""
                    S> 220 ready
                    C< 220 ready
                    """);
        }

        /** Returns the play, in reverse mode, when the server has greeted a client of this family. */
        public Playbook greetedBy(boolean ipv6) {
            return (ipv6 ? clientOverIpv6() : this).greeted();
        }

        /** Returns the play, in reverse mode, when the server waits for the password of joe. */
        public Playbook askedForThePassword() {
            return greeted().play(Logins.ASKED_FOR_THE_PASSWORD);
        }

        /** Returns the play, in reverse mode, when the login is done. */
        public Playbook loggedIn() {
            return greeted().play(Logins.LOGIN_AT_SERVER);
        }
    }

    /** Remembers what the listener was told. */
    public static final class EventLog implements AlgListener {
        public final List<Record> all = new ArrayList<>();
        /** Those of each command and each reply. */
        private final List<Record> lines = new ArrayList<>();

        @Override
        public void sessionOpened(SessionOpened event) {
            all.add(event);
        }

        @Override
        public void proxyAuthenticated(ProxyAuthenticated event) {
            all.add(event);
        }

        @Override
        public void proxyRefused(ProxyRefused event) {
            all.add(event);
        }

        @Override
        public void sessionAuthenticated(SessionAuthenticated event) {
            all.add(event);
        }

        @Override
        public void loginRefused(LoginRefused event) {
            all.add(event);
        }

        @Override
        public void serverConnected(ServerConnected event) {
            all.add(event);
        }

        @Override
        public void commandReceived(CommandReceived event) {
            lines.add(event);
        }

        @Override
        public void commandDenied(CommandDenied event) {
            lines.add(event);
        }

        @Override
        public void replySent(ReplySent event) {
            lines.add(event);
        }

        @Override
        public void sessionSecured(SessionSecured event) {
            all.add(event);
        }

        @Override
        public void sessionTransparent(SessionTransparent event) {
            all.add(event);
        }

        @Override
        public void sessionClosed(SessionClosed event) {
            all.add(event);
        }

        @Override
        public void transferStarted(TransferStarted event) {
            all.add(event);
        }

        @Override
        public void inspectionEnded(InspectionEnded event) {
            all.add(event);
        }

        @Override
        public void remnantHandled(RemnantHandled event) {
            all.add(event);
        }

        @Override
        public void transferFinished(TransferFinished event) {
            all.add(event);
        }

        @Override
        public void dataConnectionFailed(DataConnectionFailed event) {
            all.add(event);
        }

        @Override
        public void tlsFailed(TlsFailed event) {
            all.add(event);
        }

        @Override
        public void rejected(Rejected event) {
            all.add(event);
        }

        public <T> List<T> of(Class<T> type) {
            return Stream.concat(all.stream(), lines.stream())
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }
}
