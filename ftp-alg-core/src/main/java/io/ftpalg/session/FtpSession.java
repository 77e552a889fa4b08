package io.ftpalg.session;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.time.Duration;
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
    private final CommandQueue queue;
    private final ClientVoice voice;
    private final ServerLink server;
    private final StrayReplies strays = new StrayReplies();
    private final ReplyGatherer goodbye = new ReplyGatherer();

    private SessionState state = SessionState.NEW;
    private @Nullable Exchange exchange;
    private @Nullable DataPlan plan;
    private boolean epsvAll;
    private int failedLogins;
    private boolean pumping;
    private boolean clientPaused;
    private Ending ending = Ending.NONE;
    private CloseCause cause = CloseCause.INTERNAL_ERROR;
    private String detail = "";

    /** What ends the session as soon as the command in flight is answered. */
    private enum Ending { NONE, CLIENT_INPUT_CLOSED, SERVER_CLOSED, SHUTDOWN }

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
        this.queue = new CommandQueue(settings.limits().pipelinedCommands(), settings.limits().pipelinedBytes());
        this.voice = new ClientVoice(this);
        this.server = new ServerLink(this);
    }

    /** The client is connected. */
    public void start() {
        events.opened(listener);
        awaitLogin();
        if (settings.router().needsLogin()) {
            become(SessionState.NO_SERVER);
            voice.say(Replies.GREETING);
            awaitCommand();
        } else {
            server.open(Optional.empty(), new FixedServerOpening(this));
        }
    }

    // ---- events: the client

    /** The client sent a line. */
    public void onClientRequest(FtpRequest request) {
        if (state.isOver()) {
            return;
        }
        events.command();
        if (request instanceof FtpCommand command && mayOvertake(command)) {
            overtake(command);
        } else {
            queue.add(request);
            pump();
            pauseClientIfFull();
        }
    }

    private boolean mayOvertake(FtpCommand command) {
        return exchange != null && ending != Ending.SERVER_CLOSED && command.verb().is(FtpVerb.Trait.URGENT)
                && exchange.mayOvertake(command.verb());
    }

    /** The filter decides on it too; a replacement of another verb waits for its turn. */
    private void overtake(FtpCommand command) {
        Verdict verdict = settings.filter().filter(command);
        FtpCommand allowed = verdict instanceof Verdict.Replace replacement ? replacement.command() : command;
        if (verdict instanceof Verdict.Refuse refusal) {
            voice.answer(refusal.reply());
        } else if (exchange != null && allowed.verb() == command.verb()) {
            exchange.overtake(allowed);
        } else {
            queue.add(allowed);
        }
    }

    /** The client's line has not ended in time. */
    public void onClientLineTimeout() {
        close(CloseCause.LINE_TIMEOUT, "", Optional.of(Replies.LINE_TOO_SLOW));
    }

    /**
     * The client will send no more. What it sent before is still answered (it may have shut down one direction only), but a
     * transfer without a QUIT behind it is cut: a dying client's upload must not look complete (RFC 959 section 4.1.1).
     */
    public void onClientInputClosed() {
        if (state.isOver()) {
            return;
        }
        if (exchange != null && exchange.transfers() && !queue.contains(FtpVerb.QUIT)) {
            close(CloseCause.CLIENT_LOST, "", Optional.empty());
            return;
        }
        ending = ending == Ending.NONE ? Ending.CLIENT_INPUT_CLOSED : ending;
        pump();
    }

    /** The client's control connection is gone. */
    public void onClientClosed(String reason) {
        close(CloseCause.CLIENT_LOST, reason, Optional.empty());
    }

    // ---- events: the server

    /** The router found the server. */
    public void onRoute(Route route) {
        if (state == SessionState.ROUTING) {
            server.onRoute(route);
        }
    }

    /** The router found no server; the reason is for the log only. */
    public void onRouteRefused(String reason) {
        if (state == SessionState.ROUTING) {
            events.rejected(Reason.TARGET_DENIED, client);
            server.fail(CloseCause.TARGET_DENIED, reason);
        }
    }

    /** The server's control connection is there. */
    public void onServerConnected(InetSocketAddress remote) {
        if (state == SessionState.CONNECTING) {
            server.onConnected(remote);
        }
    }

    /** No control connection could be made; the reason is for the log only. */
    public void onServerUnreachable(CloseCause why, String reason) {
        if (state == SessionState.CONNECTING) {
            server.fail(why, reason);
        }
    }

    /** The server sent a line of a reply. */
    public void onServerLine(ReplyLine line) {
        if (state.isOver()) {
            return;
        }
        if (state == SessionState.GREETING) {
            server.onGreetingLine(line);
            return;
        }
        if (timers.isRunning(Timers.Kind.REPLY)) {
            awaitReply();
        }
        if (line.code() == 421) {
            goodbye.add(line).ifPresent(this::onGoodbye);
        } else if (strays.takes(line, exchange != null && exchange.expectsReply())) {
            if (line.starts() && (exchange == null || !exchange.expectsReply())) {
                events.rejected(Reason.UNSOLICITED_REPLY, server.connectedAddress());
            }
        } else if (exchange != null) {
            exchange.hear(line);
        }
    }

    /** The server ends the session, at any time (RFC 959 section 5.4). */
    private void onGoodbye(FtpReply reply) {
        voice.finishReply();
        voice.say(reply);
        close(CloseCause.SERVER_REFUSED, "the server said 421", Optional.empty());
    }

    /** The server's control connection is gone. */
    public void onServerClosed(String reason) {
        if (state == SessionState.GREETING) {
            server.fail(CloseCause.SERVER_UNREACHABLE, "closed before it greeted");
        } else if (exchange != null && exchange.onServerClosed()) {
            ending = Ending.SERVER_CLOSED;
        } else {
            close(CloseCause.SERVER_LOST, reason, Optional.of(Replies.SERVER_LOST));
        }
    }

    /** The server sent what is not FTP. */
    public void onServerGarbage() {
        if (state == SessionState.GREETING) {
            server.fail(CloseCause.SERVER_NOT_FTP, "not an FTP greeting");
        } else {
            close(CloseCause.SERVER_NOT_FTP, "", Optional.of(Replies.SERVER_NOT_FTP));
        }
    }

    // ---- events: data

    /** The data port that was wished for is open. */
    public void onListening(Side side, InetSocketAddress address) {
        if (plan != null) {
            plan.leg(side).onListening(address);
        }
        if (exchange != null) {
            exchange.onListening(side, address);
        }
    }

    /** The data connection that was wished for is there. */
    public void onDataConnected(Side side, InetSocketAddress local, InetSocketAddress remote) {
        if (plan != null) {
            plan.leg(side).onConnected(local, remote);
        }
        if (exchange != null) {
            exchange.onDataConnected(side);
        }
    }

    /** The data port or data connection that was wished for will not be there; the reason is for the log. */
    public void onDataFailed(Side side, String reason) {
        logger.debug("{} no data connection with the {}: {}", id, side, reason);
        if (plan != null) {
            plan.leg(side).onOver();
        }
        if (exchange != null) {
            exchange.onDataFailed(side);
        } else {
            dropPlan();
        }
    }

    /** The relay ended; both data connections are closed. */
    public void onTransferEnded(TransferEnd end, long bytesToClient, long bytesToServer) {
        if (exchange != null) {
            exchange.onTransferEnded(end, bytesToClient, bytesToServer);
        }
        if (state == SessionState.CLOSING) {
            closed();
        }
    }

    /** There is no passive port left for this client. */
    public void onPassivePortsExhausted() {
        events.rejected(Reason.PASSIVE_PORTS_EXHAUSTED, client);
    }

    /** A peer did what it should not: told to the listener, and no more. */
    public void onRejected(Reason reason, InetSocketAddress peer) {
        events.rejected(reason, peer);
    }

    // ---- events: the gateway

    /** The gateway is being stopped: a running transfer may finish. */
    public void onShutdown() {
        if (exchange != null && exchange.transfers()) {
            ending = Ending.SHUTDOWN;
        } else {
            onShutdownDeadline();
        }
    }

    /** The gateway is being stopped, and waits no longer. */
    public void onShutdownDeadline() {
        close(CloseCause.SHUTDOWN, "", Optional.of(Replies.SHUTTING_DOWN));
    }

    /** A defect: this session ends, the others live. */
    public void onInternalError(Throwable error) {
        logger.error("{} failed in state {}", id, state, error);
        close(CloseCause.INTERNAL_ERROR, error.toString(), Optional.of(Replies.INTERNAL_ERROR));
    }

    // ---- for rules and exchanges

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

    ServerLink server() {
        return server;
    }

    ClientVoice voice() {
        return voice;
    }

    InetSocketAddress client() {
        return client;
    }

    Optional<DataPlan> plan() {
        return Optional.ofNullable(plan);
    }

    boolean epsvAll() {
        return epsvAll;
    }

    void epsvAll(boolean inForce) {
        epsvAll = inForce;
    }

    /** Makes this the plan of the next transfer; the old one must be gone. */
    void plan(DataPlan next) {
        dropPlan();
        plan = next;
    }

    /** Takes up what the client sent while there was no server. */
    void resume() {
        pump();
    }

    /** The server accepted the login. */
    void loggedIn() {
        if (state == SessionState.LOGIN) {
            timers.stop(Timers.Kind.LOGIN);
            become(SessionState.READY);
            events.authenticated(server.connectedAddress());
        }
    }

    /** The server knows no user any more. */
    void forgetLogin() {
        if (state == SessionState.READY) {
            become(SessionState.LOGIN);
        }
    }

    /** Counts a refused password; true if that was one too many. */
    boolean countFailedLogin() {
        return ++failedLogins >= limits().failedLogins();
    }

    /** What was agreed for the next transfer, if anything, waits this long for it. */
    void keepPlanFor(Duration time) {
        if (plan != null) {
            timers.start(Timers.Kind.DATA_IDLE, time, this::dropPlan);
        }
    }

    /** Closes what was agreed for the next transfer, if anything. */
    void dropPlan() {
        timers.stop(Timers.Kind.DATA_IDLE);
        if (plan != null) {
            plan.close(port);
            plan = null;
        }
    }

    /** Forgets the plan without closing it: a relay owns, or has closed, its connections. */
    void forgetPlan() {
        plan = null;
    }

    /** The server still owes replies about a transfer that the client needs no more. */
    void owe(int replies) {
        strays.owe(replies);
    }

    /** Takes the step, if the table has it. */
    void become(SessionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("no step from " + state + " to " + next);
        }
        if (next == SessionState.ROUTING) {
            strays.reset();
            awaitLogin();
        }
        state = next;
    }

    /** Opens the exchange of the command in hand. */
    void open(Exchange next) {
        timers.stop(Timers.Kind.IDLE);
        exchange = next;
        next.start();
    }

    /** The command in flight is answered: the next one may start, unless that answer was the last. */
    void finish(Exchange done) {
        if (state.isOver()) {
            return;
        }
        if (exchange != done) {
            throw new IllegalStateException(done.command.verb() + " is not in flight in state " + state);
        }
        timers.stop(Timers.Kind.REPLY);
        timers.stop(Timers.Kind.EXCHANGE);
        strays.dropRest();
        exchange = null;
        pump();
    }

    /** The client is to log in in time, at each server anew; what it does meanwhile gives it no more time. */
    private void awaitLogin() {
        if (!timers.isRunning(Timers.Kind.LOGIN)) {
            timers.start(Timers.Kind.LOGIN, limits().loginTimeout(),
                    () -> close(CloseCause.LOGIN_TIMEOUT, "", Optional.of(Replies.LOGIN_TOO_SLOW)));
        }
    }

    /** The server is to answer in time. */
    void awaitReply() {
        timers.start(Timers.Kind.REPLY, limits().replyTimeout(),
                () -> close(CloseCause.SERVER_SILENT, "", Optional.of(Replies.SERVER_SILENT)));
    }

    /** Ends the session: cuts what runs, says the last word, closes both control connections. */
    void close(CloseCause why, String reason, Optional<FtpReply> lastWord) {
        if (state.isOver()) {
            return;
        }
        boolean polite = state.hasServer() && exchange == null && why != CloseCause.SERVER_LOST;
        become(SessionState.CLOSING);
        cause = why;
        detail = reason;
        timers.stopAll();
        queue.clear();
        Exchange cut = exchange;
        if (cut != null) {
            cut.onClosing(lastWord.isPresent());
        }
        lastWord.ifPresent(voice::lastWord);
        if (polite) {
            port.toServer(FtpCommand.of(FtpVerb.QUIT));
        }
        if (cut == null || !cut.relays()) {
            closed();
        }
    }

    private void closed() {
        exchange = null;
        if (plan != null) {
            plan.abort(port);
            plan = null;
        }
        become(SessionState.CLOSED);
        events.closed(server.address(), cause, detail);
        port.close();
    }

    // ---- the queue

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        while (exchange == null && state.takesCommands() && ending != Ending.SERVER_CLOSED
                && ending != Ending.SHUTDOWN && !timers.isRunning(Timers.Kind.PACE)) {
            FtpRequest next = queue.poll();
            if (next == null) {
                break;
            }
            handle(next);
        }
        pumping = false;
        endOrGoOn();
    }

    private void endOrGoOn() {
        if (state.isOver() || exchange != null || timers.isRunning(Timers.Kind.PACE)) {
            return;
        }
        switch (ending) {
            case SERVER_CLOSED -> close(CloseCause.SERVER_LOST, "", Optional.of(Replies.SERVER_LOST));
            case SHUTDOWN -> onShutdownDeadline();
            case CLIENT_INPUT_CLOSED -> {
                if (queue.isEmpty()) {
                    close(CloseCause.CLIENT_LOST, "", Optional.empty());
                }
            }
            case NONE -> {
                if (state.takesCommands()) {
                    awaitCommand();
                }
                pauseClientIfFull();
            }
        }
    }

    private void awaitCommand() {
        timers.start(Timers.Kind.IDLE, limits().idleTimeout(),
                () -> close(CloseCause.IDLE, "", Optional.of(Replies.IDLE)));
    }

    private void pauseClientIfFull() {
        if (!state.isOver() && queue.isFull() != clientPaused) {
            clientPaused = !clientPaused;
            port.pauseClient(clientPaused);
        }
    }

    private void handle(FtpRequest request) {
        if (request instanceof FtpCommand command) {
            voice.hearCommand();
            Verdict verdict = settings.filter().filter(command);
            if (verdict instanceof Verdict.Refuse refusal) {
                voice.answer(refusal.reply());
            } else {
                FtpCommand allowed = verdict instanceof Verdict.Replace replacement ? replacement.command() : command;
                CommandRules.of(allowed.verb()).apply(allowed, this);
            }
        } else if (request instanceof MalformedCommand malformed) {
            voice.answer(malformed);
        }
        if (exchange == null && !state.isOver()) {
            Duration delay = voice.delay();
            if (!delay.isZero()) {
                timers.start(Timers.Kind.PACE, delay, this::pump);
            }
        }
    }
}
