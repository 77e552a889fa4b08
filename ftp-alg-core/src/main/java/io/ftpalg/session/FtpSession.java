package io.ftpalg.session;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.route.Route;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.ExtensionException;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SessionSettings;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.login.FixedServerOpening;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One FTP conversation between a client and a server: the state machine of the gateway (RFC 959 section 6).
 *
 * <p>Owned by its driver and called on one event loop only. Every {@code on} method is an event; actions go to the
 * {@link SessionActions}. Each command of the client gets exactly one final reply, in order, one at a time is in flight, and a
 * refused command never reaches the server.
 */
public final class FtpSession {
    private static final Logger logger = LoggerFactory.getLogger(FtpSession.class);

    private final SessionContext context;
    private final InetSocketAddress listener;
    private final SessionFilters filters;
    private final CommandDispatcher dispatcher;
    private final LoginEvents loginEvents;
    private final DataEvents dataEvents;
    private final TlsEvents tls;

    /**
     * Makes a session; nothing happens before {@link #start}.
     *
     * @param id unique in the gateway
     * @param client the client's end of its control connection
     * @param listener the gateway's end of it
     */
    public FtpSession(
            long id,
            InetSocketAddress client,
            InetSocketAddress listener,
            SessionSettings settings,
            SessionActions port) {
        this(id, client, listener, Optional.empty(), Optional.empty(), settings, port);
    }

    /**
     * Makes a session whose client may not know of the gateway, or have named its server before.
     *
     * @param originalDestination the address that the client connected to then
     * @param tunnel what it asked for before
     */
    public FtpSession(
            long id,
            InetSocketAddress client,
            InetSocketAddress listener,
            Optional<InetSocketAddress> originalDestination,
            Optional<EarlyTarget> tunnel,
            SessionSettings settings,
            SessionActions port) {
        this.listener = listener;
        this.context = new SessionContext(id, client, listener, originalDestination, tunnel, settings, port);
        this.filters = new SessionFilters(context);
        this.dispatcher = new CommandDispatcher(context, filters);
        SessionTermination closing = new SessionTermination(context);
        this.loginEvents = new LoginEvents(context.commands());
        this.dataEvents = new DataEvents(context, closing);
        this.tls = new TlsEvents(context);
        context.commands().dispatchBy(dispatcher);
        context.lifecycle().closeBy(closing);
    }

    /** The client is connected. */
    public void start() {
        filters.begin();
        context.events().opened(listener);
        context.proxyLogin().known().ifPresent(context.events()::proxyAuthenticated);
        context.login().await();
        if (context.settings().clientTls().implicit()) {
            context.port().startTls(Side.CLIENT);
        } else {
            FixedServerOpening.begin(context);
        }
    }

    // ---- the main path: a request waits for its dispatch, its rule replies or opens an exchange, and that finishes

    /** The client sent a line. */
    public void onClientRequest(FtpRequest request) {
        if (!isOver()) {
            context.events().command(request);
            dispatcher.take(request);
        }
    }

    private boolean isOver() {
        return context.state().isOver();
    }

    private void close(CloseCause why, String detail, Optional<FtpReply> lastReply) {
        context.close(why, detail, lastReply);
    }

    // ---- events: the client

    /** The client's line has not ended in time. */
    public void onClientLineTimeout() {
        close(CloseCause.LINE_TIMEOUT, "", Optional.of(Replies.LINE_TOO_SLOW));
    }

    /** A control connection takes more to send again, or takes no more: nothing is dispatched until both do. */
    public void onWritabilityChanged() {
        if (!isOver()) {
            dispatcher.onWritabilityChanged();
        }
    }

    /** The client will send no more; what it sent before still gets replies. */
    public void onClientInputClosed() {
        if (!isOver()) {
            dispatcher.onInputClosed();
        }
    }

    /** The client's control connection is gone; may be called again. */
    public void onClientClosed(String reason) {
        if (!isOver()) {
            dispatcher.onClientGone(reason);
        }
    }

    /** Returns whether an upload that the client has sent completely is still being passed on, although the client is gone. */
    public boolean continuesWithoutClient() {
        return !isOver() && context.clientPresence().isGone();
    }

    // ---- events: the server

    /** The router found the server. */
    public void onRoute(Route route) {
        context.server().onRoute(route);
    }

    /** The router sends this login nowhere; the reason is for the log only. */
    public void onRouteRefused(String reason) {
        context.server().onRouteRefused(reason);
    }

    /** The router found no server; the reason is for the log only. */
    public void onRouteFailed(String reason) {
        context.server().onRouteFailed(reason);
    }

    /** Returns who receives the results of {@link SessionActions#authenticate}. */
    public LoginEvents loginEvents() {
        return loginEvents;
    }

    /** The server's control connection is there. */
    public void onServerConnected(InetSocketAddress remote) {
        context.server().onConnected(remote);
    }

    /** No control connection could be made; the reason is for the log only. */
    public void onServerUnreachable(CloseCause why, String reason) {
        context.server().onUnreachable(why, reason);
    }

    /** The server sent a line of a reply. */
    public void onServerLine(ReplyLine line) {
        context.server().onLine(line);
    }

    /** The server sent a line of a reply that began before the last command to it was sent: no reply to that command. */
    public void onEarlyServerLine(ReplyLine line) {
        context.server().onEarlyLine(line);
    }

    /** Bytes from this side were passed on unseen, some or many. */
    public void onPassed(Side from) {
        Exchange inFlight = context.inFlight();
        if (inFlight != null) {
            inFlight.onPassed(from);
        }
    }

    /** The server's control connection is gone. */
    public void onServerClosed(String reason) {
        if (context.server().onClosed(reason)) {
            dispatcher.onServerClosed();
        }
    }

    /** The server sent what is not FTP. */
    public void onServerGarbage() {
        context.server().onGarbage();
    }

    /** Returns the receiver of TLS events. */
    public TlsEvents tls() {
        return tls;
    }

    // ---- events: data, and what peers did

    /** Returns the receiver of events of data connections. */
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
        return dispatcher.held();
    }

    /** The gateway is being stopped: a running transfer may finish. */
    public void onShutdown() {
        dispatcher.onShutdown();
    }

    /** The gateway is being stopped, and waits no longer. */
    public void onShutdownDeadline() {
        dispatcher.endForShutdown();
    }

    /** An operator ends this session; who it was is for the log only. */
    public void onEndedByOperator(String by) {
        close(CloseCause.ENDED_BY_OPERATOR, by, Optional.of(Replies.ENDED_BY_OPERATOR));
    }

    /** Returns how it is now. */
    public SessionSnapshot snapshot() {
        return SessionSnapshots.of(context, listener);
    }

    /** A defect, of the gateway or of an object of the embedder: this session ends, the others live. */
    public void onInternalError(Throwable error) {
        if (!(error instanceof ExtensionException)) {
            logger.error("{} failed in state {}", context.id(), context.state(), error);
        }
        close(CloseCause.INTERNAL_ERROR, error.toString(), Optional.of(Replies.INTERNAL_ERROR));
    }

    /** Returns its parts. */
    SessionContext context() {
        return context;
    }
}
