package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.data.OffloadRequest;
import io.ftpalg.session.data.OffloadedConnection;
import io.ftpalg.session.data.TransferResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything around a session, small: it remembers what the session wished for, answers in its own time, and fails as soon
 * as a wish breaks the contract of {@link SessionActions}.
 */
final class ModelWorld implements SessionActions {
    private final Set<DataSyntax> unusable = EnumSet.noneOf(DataSyntax.class);
    /** What there is of one side's data connection. */
    enum Leg {
        NONE,
        BINDING,
        LISTENING,
        DIALLING,
        CONNECTED,
        RELAYED
    }

    /** How far the kernel is with the connection to a data port. */
    enum Offload {
        NONE,
        ASKED,
        READY,
        CONNECTED
    }

    /** How far the way to the server is. */
    enum Line {
        NONE,
        ROUTING,
        CONNECTING,
        CONNECTED,
        GONE
    }

    /** How far TLS is on one control connection. */
    enum Tls {
        NONE,
        STARTING,
        ON,
        STOPPING
    }

    private final Random random;
    private final Consumer<String> trace;
    private final Map<Side, Leg> legs = new EnumMap<>(Map.of(Side.CLIENT, Leg.NONE, Side.SERVER, Leg.NONE));
    private final Map<Side, Tls> tls = new EnumMap<>(Map.of(Side.CLIENT, Tls.NONE, Side.SERVER, Tls.NONE));
    private final ManualClock clock = new ManualClock();
    private final List<Scheduled> verdicts = new ArrayList<>();
    final ModelServer server;
    private @Nullable FtpSession session;
    private Line line = Line.NONE;
    private ServerDataMode mode = ServerDataMode.CLIENT;
    private Offload offload = Offload.NONE;
    private @Nullable Side offloadListens;
    private boolean cutDue;
    private boolean kernel;
    private boolean carried;
    private boolean relayAborted;
    private boolean serverHadData;
    private @Nullable TransferEnd relayEnd;
    private int openReply;
    private int finals;
    private int finalsBefore;
    private int positivesNow;
    private int lastCode;
    private String lastText = "";
    private boolean ended;
    private boolean transparent;
    private ServerTls serverTls = ServerTls.OFF;
    private final Deque<Use> uses = new ArrayDeque<>();
    private boolean authenticating;
    private boolean authenticated;
    private int nextPort = 40000;

    ModelWorld(Random random, Consumer<String> trace) {
        this.random = random;
        this.trace = trace;
        this.server = new ModelServer(random);
    }

    void session(FtpSession played) {
        session = played;
    }

    /** The kernel carries some of what it is offered. */
    void kernel(boolean offered) {
        kernel = offered;
    }

    /** Returns whether the kernel was to carry, or carried, the data that were agreed last. */
    boolean carried() {
        return carried;
    }

    /** How data ports are agreed with the server. */
    void mode(ServerDataMode serverMode) {
        mode = serverMode;
    }

    /** How the server's side is to be protected. */
    void serverTls(ServerTls use) {
        serverTls = use;
    }

    Tls tls(Side side) {
        return tls.getOrDefault(side, Tls.NONE);
    }

    private FtpSession session() {
        if (session == null) {
            throw new IllegalStateException("no session yet");
        }
        return session;
    }

    // ---- what the test asks

    /** Returns how many replies, 1yz aside, the client has got. */
    int finals() {
        return finals;
    }

    /** Returns the code of the last of them. */
    int lastCode() {
        return lastCode;
    }

    /** Returns the text of the last of them. */
    String lastText() {
        return lastText;
    }

    /** The server sends a line. */
    void serverSends() {
        positivesNow = 0;
    }

    boolean ended() {
        return ended;
    }

    int timers() {
        return clock.waiting();
    }

    boolean serverConnected() {
        return line == Line.CONNECTED;
    }

    /** Tells whether the server can be heard: in the middle of a handshake nobody says a line. */
    boolean serverSpeaks() {
        return line == Line.CONNECTED && tls(Side.SERVER) != Tls.STARTING && !transparent;
    }

    Leg leg(Side side) {
        return legs.getOrDefault(side, Leg.NONE);
    }

    /** Forgets how the last relay ended: another transfer begins. */
    void newTransfer() {
        relayEnd = null;
        finalsBefore = finals;
    }

    /** Returns how the relay of the present transfer ended, if there was one. */
    Optional<TransferEnd> relayEnd() {
        return Optional.ofNullable(relayEnd);
    }

    /** Tells whether the server connected, or was connected to, for the data that were agreed last. */
    boolean serverHadData() {
        return serverHadData;
    }

    // ---- what happens

    /** Lets something happen to the data connections or on the way to the server; false if nothing is due. */
    boolean happen() {
        List<Runnable> due = new ArrayList<>();
        for (Side side : Side.values()) {
            switch (leg(side)) {
                case BINDING -> due.add(() -> bind(side));
                case LISTENING, DIALLING -> due.add(() -> connect(side));
                case NONE, CONNECTED, RELAYED -> {}
            }
        }
        for (Side side : Side.values()) {
            if (tls(side) == Tls.STARTING && (side == Side.CLIENT || line == Line.CONNECTED)) {
                due.add(() -> shakeHands(side));
            }
        }
        if (tls(Side.CLIENT) == Tls.STOPPING) {
            due.add(this::clear);
        }
        switch (offload) {
            case ASKED -> due.add(this::decideOffload);
            case READY -> due.add(this::connectOffload);
            case NONE, CONNECTED -> {}
        }
        if (leg(Side.CLIENT) == Leg.RELAYED) {
            due.add(this::endRelay);
        }
        if (authenticating) {
            due.add(this::authenticate);
        }
        if (line == Line.ROUTING) {
            due.add(this::route);
        } else if (line == Line.CONNECTING) {
            due.add(this::connectControl);
        }
        if (due.isEmpty()) {
            return false;
        }
        due.get(random.nextInt(due.size())).run();
        return true;
    }

    private void shakeHands(Side side) {
        int dice = random.nextInt(40);
        tls.put(side, dice > 2 ? Tls.ON : Tls.NONE);
        trace.accept(". tls " + side + ' ' + dice);
        if (dice == 0) {
            session().tls().onInjection(side);
        } else if (dice <= 2) {
            session().tls().onFailed(side, TlsFailure.other("bad certificate"));
        } else {
            session().tls().onSecured(side, Playbook.TLS);
        }
    }

    private void clear() {
        tls.put(Side.CLIENT, Tls.NONE);
        trace.accept(". cleared");
        session().tls().onCleared();
    }

    private void bind(Side side) {
        if (random.nextInt(12) == 0) {
            fail(side);
            return;
        }
        legs.put(side, Leg.LISTENING);
        trace.accept(". listening " + side);
        session().dataEvents().onListening(side, new InetSocketAddress(Playbook.GATEWAY.getAddress(), nextPort++));
    }

    private void connect(Side side) {
        if (random.nextInt(12) == 0) {
            fail(side);
            return;
        }
        legs.put(side, Leg.CONNECTED);
        if (side == offloadListens) {
            // The listening socket has the connection: the kernel is not to carry another one.
            offload = Offload.NONE;
            fallBack();
        }
        serverHadData |= side == Side.SERVER;
        trace.accept(". connected " + side);
        session()
                .dataEvents()
                .onConnected(
                        side,
                        new InetSocketAddress(Playbook.GATEWAY.getAddress(), nextPort),
                        new InetSocketAddress(Playbook.SERVER.getAddress(), 60000));
    }

    /** The relay carries the data after all, unless the client has the final reply of their transfer. */
    private void fallBack() {
        carried &= finals > finalsBefore;
    }

    private void decideOffload() {
        if (random.nextInt(8) == 0) {
            offload = Offload.NONE;
            carried = false;
            trace.accept(". not-offloaded");
            session().dataEvents().onNotOffloaded();
        } else {
            offload = Offload.READY;
            trace.accept(". offloaded");
            session().dataEvents().onOffloaded();
        }
    }

    private void connectOffload() {
        if (random.nextInt(8) == 0) {
            offload = Offload.NONE;
            fallBack();
            trace.accept(". fallback");
            session().dataEvents().onNotOffloaded();
            return;
        }
        offload = Offload.CONNECTED;
        legs.put(Side.CLIENT, Leg.CONNECTED);
        legs.put(Side.SERVER, Leg.CONNECTED);
        serverHadData = true;
        trace.accept(". offload-connected");
        InetSocketAddress end = new InetSocketAddress(Playbook.GATEWAY.getAddress(), 0);
        session().dataEvents().onOffloadConnected(new OffloadedConnection(end, end, end, end));
    }

    private void fail(Side side) {
        legs.put(side, Leg.NONE);
        if (side == offloadListens) {
            offload = Offload.NONE;
            fallBack();
        }
        trace.accept(". failed " + side);
        session().dataEvents().onFailed(side, DataFailure.NOT_ACCEPTED, Optional.empty(), "failed");
    }

    private void endRelay() {
        assertThat(cutDue).as("a relay that began before anybody connected").isFalse();
        TransferEnd[] ends = {
            TransferEnd.COMPLETE,
            TransferEnd.COMPLETE,
            TransferEnd.CLIENT_RESET,
            TransferEnd.SERVER_RESET,
            TransferEnd.STALLED,
            TransferEnd.OVER_LIMIT,
            TransferEnd.REJECTED,
            TransferEnd.TRUNCATED,
            TransferEnd.TLS_FAILED
        };
        TransferEnd end = relayAborted ? TransferEnd.ABORTED : ends[random.nextInt(ends.length)];
        if (offload == Offload.CONNECTED) {
            offload = Offload.NONE;
            // Nothing in the kernel is under TLS or has terms, and what was flushed there was not seen to end.
            end = switch (end) {
                case TRUNCATED, TLS_FAILED, OVER_LIMIT, REJECTED -> TransferEnd.UNOBSERVED;
                default -> end;
            };
        }
        legs.put(Side.CLIENT, Leg.NONE);
        legs.put(Side.SERVER, Leg.NONE);
        relayEnd = end;
        trace.accept(". ended " + end);
        session()
                .dataEvents()
                .onTransferEnded(new TransferResult(end, carried ? DataPath.KERNEL : DataPath.SPLICE, 5, 7));
    }

    private void route() {
        if (random.nextInt(15) == 0) {
            line = Line.NONE;
            trace.accept(". route-refused");
            session().onRouteRefused("refused");
        } else {
            trace.accept(". route");
            List<RouteServer> servers = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                servers.add(new RouteServer(List.of(Playbook.SERVER), serverTls, new Use()));
            }
            session().onRoute(Route.to(servers).withDataMode(mode));
        }
    }

    private void authenticate() {
        authenticating = false;
        int dice = random.nextInt(8);
        trace.accept(". authenticated " + dice);
        if (dice == 0) {
            session().loginEvents().onUnavailable("down");
        } else if (dice <= 2) {
            session().loginEvents().onNotAuthenticated();
        } else {
            authenticated = true;
            session().loginEvents().onAuthenticated(new ProxyUser("fw", Set.of()));
        }
    }

    /** One server's use: begun once at a time, and over by a failure or an end, once. */
    private final class Use implements ServerUse {
        private boolean inUse;
        private boolean ready;

        @Override
        public void begun() {
            assertThat(inUse).isFalse();
            assertThat(uses.stream().filter(use -> use.inUse))
                    .as("servers in use")
                    .isEmpty();
            inUse = true;
            ready = false;
            uses.add(this);
        }

        @Override
        public void ready() {
            assertThat(inUse).isTrue();
            assertThat(ready).isFalse();
            ready = true;
        }

        @Override
        public void failed(String detail) {
            assertThat(inUse).isTrue();
            assertThat(ready).isFalse();
            inUse = false;
        }

        @Override
        public void ended() {
            assertThat(inUse).isTrue();
            inUse = false;
        }
    }

    /** Returns how many servers are in use. */
    long serversInUse() {
        return uses.stream().filter(use -> use.inUse).count();
    }

    /** Tells whether the client was known as a user of the gateway, once at least. */
    boolean authenticated() {
        return authenticated;
    }

    private void connectControl() {
        if (random.nextInt(15) == 0) {
            line = Line.NONE;
            trace.accept(". unreachable");
            session().onServerUnreachable(CloseCause.SERVER_UNREACHABLE, "refused");
        } else {
            line = Line.CONNECTED;
            tls.put(Side.SERVER, Tls.NONE);
            server.connected();
            trace.accept(". server-connected");
            session().onServerConnected(Playbook.SERVER);
        }
    }

    /** The server's control connection breaks. */
    void loseServer() {
        line = Line.GONE;
        trace.accept(". server-gone");
        session().onServerClosed("reset");
    }

    /** Lets time pass, and runs what falls due, in order. */
    void elapse(Duration time) {
        trace.accept(". elapse " + time);
        clock.elapse(time);
    }

    // ---- wishes

    private void wish(String text) {
        trace.accept("    " + text);
        assertThat(transparent && !text.equals("! transparent"))
                .as("a word into foreign TLS: " + text)
                .isFalse();
        assertThat(ended).as("a wish behind the end: " + text).isFalse();
    }

    @Override
    public void toClient(FtpReply reply) {
        reply.split().forEach(this::toClient);
    }

    @Override
    public void toClient(ReplyLine text) {
        wish("C< " + text.wire());
        if (text.starts()) {
            assertThat(openReply).as("a reply inside a reply").isZero();
        } else {
            assertThat(text.code()).as("a line of another reply").isEqualTo(openReply);
        }
        openReply = text.ends() ? 0 : text.code();
        if (text.starts() && text.code() / 100 == 1 && positivesNow > 0) {
            // What passed just before was no final reply: the mark came behind it.
            finals--;
        }
        positivesNow += text.ends() && text.code() / 100 == 2 ? 1 : 0;
        if (text.ends() && text.code() / 100 != 1) {
            finals++;
            lastCode = text.code();
            lastText = text.text();
        }
    }

    @Override
    public void toServer(FtpCommand command) {
        wish("S< " + command.name() + ' ' + command.argument());
        assertThat(line).as("the server that hears " + command).isIn(Line.CONNECTED);
        if (serverTls.mode() == ServerTls.Mode.REQUIRED && tls(Side.SERVER) != Tls.ON) {
            assertThat(command.verb()).as("said in the clear").isIn(FtpVerb.AUTH, FtpVerb.QUIT);
        }
        server.hear(command);
    }

    @Override
    public void toServerUrgently(FtpCommand command) {
        wish("S< !" + command.name());
        assertThat(line).as("the server that hears " + command).isIn(Line.CONNECTED);
        server.hear(command);
    }

    @Override
    public void authenticate(String name, Secret password) {
        wish("! authenticate " + name);
        assertThat(authenticating).isFalse();
        authenticating = true;
    }

    @Override
    public void route(RouteRequest request) {
        wish("! route " + request.user().orElse(""));
        assertThat(line).isIn(Line.NONE);
        line = Line.ROUTING;
    }

    @Override
    public void connectServer(Route route, RouteServer to) {
        wish("! connect");
        assertThat(line).isIn(Line.ROUTING, Line.NONE);
        line = Line.CONNECTING;
    }

    @Override
    public void disconnectServer() {
        wish("! disconnect");
        // One that went away by itself can be left too.
        assertThat(line).isIn(Line.CONNECTED, Line.GONE);
        line = Line.NONE;
    }

    @Override
    public void startTls(Side side) {
        wish("! tls " + side);
        assertThat(tls(side)).as("TLS with the " + side + " before").isEqualTo(Tls.NONE);
        tls.put(side, Tls.STARTING);
    }

    @Override
    public void stopClientTls() {
        wish("! stop-tls");
        assertThat(tls(Side.CLIENT)).isEqualTo(Tls.ON);
        tls.put(Side.CLIENT, Tls.STOPPING);
    }

    @Override
    public void goTransparent() {
        wish("! transparent");
        transparent = true;
    }

    @Override
    public boolean mayOffload(OffloadRequest request) {
        return kernel && request.sameDirection() && !request.underTls();
    }

    @Override
    public void offload(OffloadRequest request) {
        wish("! offload " + request.listening());
        assertThat(leg(request.listening())).as("the port behind").isEqualTo(Leg.LISTENING);
        assertThat(leg(request.listening().other())).as("the target").isEqualTo(Leg.NONE);
        assertThat(offload).isEqualTo(Offload.NONE);
        offload = Offload.ASKED;
        offloadListens = request.listening();
        carried = true;
    }

    @Override
    public void withdrawOffload() {
        wish("! withdraw-offload");
        assertThat(offload).isIn(Offload.ASKED, Offload.READY);
        offload = Offload.NONE;
        carried = false;
    }

    @Override
    public void endRelaySoon() {
        wish("! end-relay soon");
        assertThat(offload).isEqualTo(Offload.CONNECTED);
        assertThat(leg(Side.CLIENT)).isEqualTo(Leg.RELAYED);
    }

    @Override
    public void listen(Side side) {
        wish("! listen " + side);
        assertThat(leg(side)).as("the old leg of " + side).isEqualTo(Leg.NONE);
        legs.put(side, Leg.BINDING);
        carried = false;
        offloadListens = null;
        serverHadData &= side != Side.SERVER;
    }

    @Override
    public void dial(Side side, InetSocketAddress address) {
        wish("! dial " + side);
        assertThat(offload).as("carried by the kernel").isEqualTo(Offload.NONE);
        assertThat(leg(side)).as("the old leg of " + side).isEqualTo(Leg.NONE);
        legs.put(side, Leg.DIALLING);
        serverHadData &= side != Side.SERVER;
    }

    @Override
    public void watchData(Side side) {
        wish("! watch " + side);
        assertThat(leg(side)).as("the leg of " + side + " to watch").isEqualTo(Leg.CONNECTED);
        assertThat(offload).as("in the kernel").isEqualTo(Offload.NONE);
    }

    @Override
    public void closeData(Side side) {
        wish("! close " + side);
        drop(side);
    }

    @Override
    public void abortData(Side side) {
        wish("! abort " + side);
        drop(side);
    }

    private void drop(Side side) {
        assertThat(leg(side)).as("the leg of " + side + " to drop").isNotIn(Leg.NONE, Leg.RELAYED);
        legs.put(side, Leg.NONE);
        offload = Offload.NONE;
    }

    @Override
    public void relay(Optional<Side> sender, Set<Side> underTls, TransferTerms terms) {
        wish("! relay " + underTls);
        assertThat(offload == Offload.CONNECTED && !underTls.isEmpty())
                .as("TLS in the kernel")
                .isFalse();
        if (serverTls.mode() == ServerTls.Mode.REQUIRED && serverTls.data() == ServerTls.Data.PRIVATE) {
            assertThat(underTls).contains(Side.SERVER);
        }
        if (underTls.contains(Side.CLIENT) && serverTls.mode() == ServerTls.Mode.MIRROR) {
            assertThat(underTls).as("protected on half the way").contains(Side.SERVER);
        }
        // What the kernel may have connected already begins only in order to be cut.
        boolean early = offload == Offload.READY;
        for (Side side : Side.values()) {
            if (!early) {
                assertThat(leg(side)).isEqualTo(Leg.CONNECTED);
            }
            legs.put(side, Leg.RELAYED);
        }
        offload = early ? Offload.CONNECTED : offload;
        cutDue = early;
        relayAborted = false;
    }

    @Override
    public Set<DataSyntax> unusableSyntaxes(InetSocketAddress to) {
        return unusable.isEmpty() ? Set.of() : EnumSet.copyOf(unusable);
    }

    @Override
    public void syntaxWorked(InetSocketAddress to, DataSyntax syntax) {
        unusable.remove(syntax);
    }

    @Override
    public void syntaxFailed(InetSocketAddress to, DataSyntax syntax, boolean timedOut) {
        unusable.add(syntax);
    }

    @Override
    public boolean isOwn(InetSocketAddress address) {
        return false;
    }

    @Override
    public long relayed(Side to) {
        return 0;
    }

    @Override
    public void abortRelay() {
        wish("! abort-relay");
        assertThat(leg(Side.CLIENT)).isEqualTo(Leg.RELAYED);
        cutDue = false;
        relayAborted = true;
    }

    @Override
    public void abortRelaySoon() {
        wish("! abort-relay soon");
        assertThat(leg(Side.CLIENT)).isEqualTo(Leg.RELAYED);
        cutDue = false;
        relayAborted = true;
    }

    @Override
    public void cutUploadUnlessSent() {
        wish("! cut-unless-sent");
        assertThat(leg(Side.CLIENT)).isEqualTo(Leg.RELAYED);
        relayAborted |= random.nextBoolean();
    }

    @Override
    public void pauseClient(boolean paused) {
        wish(paused ? "! pause" : "! resume");
    }

    @Override
    public boolean isWritable(Side side) {
        return true;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        assertThat(ended).as("a timer behind the end").isFalse();
        return clock.schedule(delay, task);
    }

    @Override
    public void await(
            CompletionStage<? extends Verdict> verdict, BiConsumer<@Nullable Verdict, @Nullable Throwable> then) {
        // In a later turn, as by an event loop; not behind the end of the session.
        verdict.whenComplete(
                (value, failure) -> verdicts.add(clock.schedule(Duration.ZERO, () -> then.accept(value, failure))));
    }

    @Override
    public long nanoTime() {
        return clock.now();
    }

    @Override
    public void close() {
        transparent = false;
        verdicts.forEach(Scheduled::cancel);
        wish("! end");
        ended = true;
        line = Line.GONE;
    }
}
