package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One FTP conversation between a client and a server: the state machine of the gateway (RFC 959 section 6).
 *
 * <p>Owned by its driver and called on one event loop only. Every {@code on} method is an event; wishes go to the
 * {@link SessionPort}. Each command of the client is answered exactly once and in order, one at a time is in flight, and a
 * refused command never reaches the server.
 */
public final class FtpSession {
    private static final Logger logger = LoggerFactory.getLogger(FtpSession.class);

    private final long id;
    private final InetSocketAddress client;
    private final InetSocketAddress listener;
    private final SessionSettings settings;
    private final SessionPort port;
    private final SessionEvents events;
    private final Timers timers;
    private final ClientVoice voice;
    private final ClientTurn turn;
    private final ServerLink server;
    private final ServerReplies replies;
    private final Login login;
    private final LoginDialogue dialogue;
    private final Prelude prelude = new Prelude();
    private final ClientHost host = new ClientHost();
    private final DataAgreement data;
    private final DataEvents dataEvents;
    private final Protection protection = new Protection();
    private final TlsEvents tls;
    private final Closing closing;

    private SessionState state = SessionState.NEW;
    private @Nullable Exchange inFlight;

    /**
     * Makes a session; nothing happens before {@link #start}.
     *
     * @param id unique in the gateway
     * @param client the client's end of its control connection
     * @param listener the gateway's end of it
     */
    public FtpSession(long id, InetSocketAddress client, InetSocketAddress listener, SessionSettings settings,
            SessionPort port) {
        this.id = id;
        this.client = client;
        this.listener = listener;
        this.settings = settings;
        this.port = port;
        this.events = new SessionEvents(settings.listener(), id, client, port);
        this.timers = new Timers(port);
        this.voice = new ClientVoice(this);
        this.turn = new ClientTurn(this);
        this.server = new ServerLink(this);
        this.replies = new ServerReplies(this);
        this.login = new Login(this);
        this.dialogue = new LoginDialogue(this);
        this.data = new DataAgreement(this);
        this.dataEvents = new DataEvents(this);
        this.closing = new Closing(this);
        this.tls = new TlsEvents(this);
    }

    /** The client is connected. */
    public void start() {
        events.opened(listener);
        login.await();
        if (settings.clientTls().implicit()) {
            port.startTls(Side.CLIENT);
        } else {
            begin();
        }
    }

    /** Greets the client, or finds the server that does. */
    void begin() {
        if (dialogue.isNeeded()) {
            become(SessionState.NO_SERVER);
            voice.say(dialogue.greeting());
            turn.awaitCommand();
        } else {
            server.open(request(), new FixedServerOpening(this, true));
        }
    }

    // ---- the main path: a request has its turn, its rule answers it or opens an exchange, and that finishes

    /** The client sent a line. */
    public void onClientRequest(FtpRequest request) {
        if (!state.isOver()) {
            events.command();
            turn.take(request);
        }
    }

    /** Applies the rule of a command that the filter allows and whose turn it is. */
    void apply(FtpCommand command) {
        CommandRules.of(command.verb()).apply(command, this);
    }

    /** Opens the exchange of the command in hand. */
    void open(Exchange next) {
        timers.stop(Timers.Kind.IDLE);
        inFlight = next;
        next.start();
    }

    /** Another exchange continues with the command in flight. */
    void replace(Exchange by) {
        inFlight = by;
        by.start();
        turn.next();
    }

    /** Returns the exchange of the command that is not answered yet, if there is one. */
    @Nullable Exchange inFlight() {
        return inFlight;
    }

    /** The command in flight is answered: the next one may start, unless that answer was the last. */
    void finish(Exchange done) {
        if (state.isOver()) {
            return;
        }
        if (inFlight != done) {
            throw new IllegalStateException(done.command.verb() + " is not in flight in state " + state);
        }
        timers.stop(Timers.Kind.REPLY);
        timers.stop(Timers.Kind.EXCHANGE);
        replies.dropRest();
        inFlight = null;
        if (server.tls().isDataDue()) {
            open(new PostponedProtectionExchange(this));
        }
        turn.next();
    }

    /** Takes the step, if the table has it. */
    void become(SessionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("no step from " + state + " to " + next);
        }
        state = next;
        if (next == SessionState.CLOSED) {
            inFlight = null;
        }
    }

    /** Ends the session: cuts what runs, says the last word, closes both control connections. */
    void close(CloseCause why, String reason, Optional<FtpReply> lastWord) {
        closing.begin(why, reason, lastWord);
    }

    // ---- events: the client

    /** The client's line has not ended in time. */
    public void onClientLineTimeout() {
        close(CloseCause.LINE_TIMEOUT, "", Optional.of(Replies.LINE_TOO_SLOW));
    }

    /** A control connection takes more to send again, or takes no more: nothing is dispatched until both do. */
    public void onWritabilityChanged() {
        if (!state.isOver()) {
            turn.onWritabilityChanged();
        }
    }

    /** The client will send no more; what it sent before is still answered. */
    public void onClientInputClosed() {
        if (!state.isOver()) {
            turn.onInputClosed();
        }
    }

    /** The client's control connection is gone; may be called again. */
    public void onClientClosed(String reason) {
        if (!state.isOver()) {
            turn.onClientGone(reason);
        }
    }

    /** Returns whether an upload that the client has sent completely is still being passed on, although the client is gone. */
    public boolean continuesWithoutClient() {
        return !state.isOver() && turn.clientIsGone();
    }

    // ---- events: the server

    /** The router found the server. */
    public void onRoute(Route route) {
        server.onRoute(route);
    }

    /** The router sends this login nowhere; the reason is for the log only. */
    public void onRouteRefused(String reason) {
        server.onRouteRefused(reason);
    }

    /** The router found no server; the reason is for the log only. */
    public void onRouteFailed(String reason) {
        server.onRouteFailed(reason);
    }

    /** Returns who hears of the gateway's own users. */
    public LoginDialogue dialogue() {
        return dialogue;
    }

    /** The server's control connection is there. */
    public void onServerConnected(InetSocketAddress remote) {
        server.onConnected(remote);
    }

    /** No control connection could be made; the reason is for the log only. */
    public void onServerUnreachable(CloseCause why, String reason) {
        server.onUnreachable(why, reason);
    }

    /** The server sent a line of a reply. */
    public void onServerLine(ReplyLine line) {
        server.onLine(line);
    }

    /** The server sent a line of a reply that began before the last command to it was sent: no answer to that command. */
    public void onEarlyServerLine(ReplyLine line) {
        server.onEarlyLine(line);
    }

    /** Bytes from this side were passed on unseen, some or many. */
    public void onPassed(Side from) {
        if (inFlight != null) {
            inFlight.onPassed(from);
        }
    }

    /** The server's control connection is gone. */
    public void onServerClosed(String reason) {
        server.onClosed(reason);
    }

    /** The server sent what is not FTP. */
    public void onServerGarbage() {
        server.onGarbage();
    }

    /** Returns who hears of TLS. */
    public TlsEvents tls() {
        return tls;
    }

    // ---- events: data, and what peers did

    /** Returns who hears of data connections. */
    public DataEvents dataEvents() {
        return dataEvents;
    }

    // ---- events: the gateway

    /** Control connections hold too much together, and this session more than others. */
    public void onControlMemoryExceeded() {
        close(CloseCause.CONTROL_MEMORY, "", Optional.of(Replies.TOO_MUCH_WAITING));
    }

    /** Returns about how many bytes of memory its waiting commands take. */
    public int held() {
        return turn.held();
    }

    /** The gateway is being stopped: a running transfer may finish. */
    public void onShutdown() {
        turn.onShutdown();
    }

    /** The gateway is being stopped, and waits no longer. */
    public void onShutdownDeadline() {
        close(CloseCause.SHUTDOWN, "", Optional.of(Replies.SHUTTING_DOWN));
    }

    /** A defect, of the gateway or of an object of the embedder: this session ends, the others live. */
    public void onInternalError(Throwable error) {
        if (!(error instanceof ExtensionException)) {
            logger.error("{} failed in state {}", id, state, error);
        }
        close(CloseCause.INTERNAL_ERROR, error.toString(), Optional.of(Replies.INTERNAL_ERROR));
    }

    // ---- its parts, for each other and for rules and exchanges

    /** Returns what is known to whoever chooses the server. */
    RouteRequest request() {
        return RouteRequest.of(client, listener).withProxyUser(dialogue.known()).withHost(host.name());
    }

    /** Returns its id, unique in the gateway. */
    long id() {
        return id;
    }

    SessionPort port() {
        return port;
    }

    SessionState state() {
        return state;
    }

    SessionSettings settings() {
        return settings;
    }

    Limits limits() {
        return settings.limits();
    }

    SessionEvents events() {
        return events;
    }

    Timers timers() {
        return timers;
    }

    InetSocketAddress client() {
        return client;
    }

    ClientVoice voice() {
        return voice;
    }

    ClientTurn turn() {
        return turn;
    }

    ServerLink server() {
        return server;
    }

    /** Returns how the client's connections are protected. */
    Protection protection() {
        return protection;
    }

    ServerReplies replies() {
        return replies;
    }

    Login login() {
        return login;
    }

    Prelude prelude() {
        return prelude;
    }

    ClientHost host() {
        return host;
    }

    /** Forgets who the client is, and what it said before there was a server. */
    void forgetClient() {
        dialogue.forget();
        prelude.forget();
        host.forget();
    }

    Closing closing() {
        return closing;
    }

    DataAgreement data() {
        return data;
    }
}
