package io.ftpalg.session.server;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.Login;
import io.ftpalg.session.base.PendingCommand;
import io.ftpalg.session.base.PendingDataConnection;
import io.ftpalg.session.base.Protection;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.ServerAddress;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SessionEvents;
import io.ftpalg.session.base.SessionLifecycle;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.base.Timers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session's way to its server: routed, connected, greeted, lost; and what was learned of that server since. Owned by the
 * session; the server's replies after its greeting are for {@link ServerReplies}.
 */
public final class ServerConnection {

    /** Receives the steps of connecting to a server. */
    public interface Opening {
        /** The server will greet later (120). */
        void onDelay(FtpReply reply);

        /** The server greeted (220); commands can be sent. */
        void onGreeting(FtpReply greeting);

        /** There is no server; the greeting is there if it was the server that refused. */
        void onFailed(CloseCause cause, String detail, Optional<FtpReply> greeting);
    }

    private static final Logger logger = LoggerFactory.getLogger(ServerConnection.class);

    private final SessionActions port;
    private final SessionLifecycle lifecycle;
    private final Timers timers;
    private final Limits limits;
    private final SessionEvents events;
    private final ServerReplies replies;
    private final Login login;
    private final PendingDataConnection data;
    private final PendingCommand.Source commands;
    private final ServerAddress address;
    private ReplyGatherer greeting = new ReplyGatherer();
    private final ServerProtection tls;
    private @Nullable Opening opening;
    private @Nullable AtFtpProxy atProxy;
    private long connectingAt;
    private final ServerChoice choice;
    private final ServerSyntaxes syntaxes;

    public ServerConnection(
            SessionActions port,
            SessionLifecycle lifecycle,
            Timers timers,
            Limits limits,
            SessionEvents events,
            ServerReplies replies,
            Login login,
            PendingDataConnection data,
            Protection client,
            ServerAddress address,
            PendingCommand.Source commands) {
        this.port = port;
        this.lifecycle = lifecycle;
        this.timers = timers;
        this.limits = limits;
        this.events = events;
        this.replies = replies;
        this.login = login;
        this.data = data;
        this.commands = commands;
        this.address = address;
        this.choice = new ServerChoice(port::nanoTime);
        this.tls = new ServerProtection(port, lifecycle, client, choice);
        this.syntaxes = new ServerSyntaxes(port, address);
    }

    /** Leaves the present server, if any, and looks for the one of this request. */
    public void open(RouteRequest request, Opening owner) {
        if (lifecycle.state().hasServer()) {
            port.toServer(FtpCommand.of(FtpVerb.QUIT));
            port.disconnectServer();
        }
        forget();
        opening = owner;
        lifecycle.become(SessionState.ROUTING);
        replies.reset();
        login.await();
        port.route(request);
    }

    /** Leaves the present server; which one is next is yet to be named. */
    public void disconnect() {
        port.toServer(FtpCommand.of(FtpVerb.QUIT));
        port.disconnectServer();
        forget();
        replies.reset();
        lifecycle.become(SessionState.NO_SERVER);
        login.await();
    }

    /** The session has no use for its server any more. */
    public void leave() {
        choice.leave();
    }

    private void forget() {
        choice.forget();
        atProxy = null;
        syntaxes.reset();
        tls.reset();
        login.reset();
        data.reset();
        greeting = new ReplyGatherer();
        address.set(null);
    }

    public void onRoute(Route found) {
        if (lifecycle.state() == SessionState.ROUTING) {
            choice.found(found);
            lifecycle.become(SessionState.CONNECTING);
            connect(found);
        }
    }

    public void onRouteRefused(String reason) {
        if (lifecycle.state() == SessionState.ROUTING) {
            events.rejected(Reason.TARGET_DENIED, Side.CLIENT, events.client());
            fail(CloseCause.TARGET_DENIED, reason);
        }
    }

    /** The client broke no rule: it gets the same reply, and no rejection is reported. */
    public void onRouteFailed(String reason) {
        if (lifecycle.state() == SessionState.ROUTING) {
            fail(CloseCause.SERVER_UNREACHABLE, reason);
        }
    }

    public void onUnreachable(CloseCause cause, String reason) {
        if (lifecycle.state() == SessionState.CONNECTING) {
            if (cause == CloseCause.NO_SOCKET) {
                choice.leave(); // It is not that server's fault.
            }
            failOrTryNext(cause, reason, Optional.empty());
        }
    }

    /** Until a server has greeted, the next one can replace it. */
    private void failOrTryNext(CloseCause cause, String detail, Optional<FtpReply> refusal) {
        timers.stop(Timers.Kind.REPLY);
        // Without an opening it failed before, and the session waits to send the client that reply.
        if (opening == null || !choice.hasNext()) {
            fail(cause, detail, refusal);
            return;
        }
        choice.failed(address.orNull(), detail);
        logger.debug("{} tries the next server: {}", events.session(), detail);
        greeting = new ReplyGatherer();
        tls.reset();
        if (lifecycle.state() == SessionState.GREETING) {
            port.disconnectServer();
        }
        address.set(null);
        lifecycle.become(SessionState.CONNECTING);
        connect(route());
    }

    private void connect(Route to) {
        connectingAt = port.nanoTime();
        port.connectServer(to, choice.next());
    }

    public void onConnected(InetSocketAddress remote) {
        if (lifecycle.state() != SessionState.CONNECTING) {
            return;
        }
        address.set(remote);
        events.serverConnected(remote, connectingAt);
        lifecycle.become(SessionState.GREETING);
        timers.start(
                Timers.Kind.REPLY,
                limits.greetingTimeout(),
                () -> failOrTryNext(CloseCause.SERVER_UNREACHABLE, "no greeting in time", Optional.empty()));
        if (server().tls().implicit()) {
            port.startTls(Side.SERVER);
        }
    }

    public void onLine(ReplyLine line) {
        if (lifecycle.state() == SessionState.GREETING) {
            greeting.add(line).ifPresent(this::onGreeting);
        } else if (lifecycle.state() == SessionState.SECURING) {
            if (atProxy == null) {
                tls.onLine(line);
            } else {
                atProxy.onLine(line);
            }
        } else if (!lifecycle.state().isOver()) {
            replies.onLine(line);
        }
    }

    /** A reply does not belong to a command that was sent after it began, whatever its code. */
    public void onEarlyLine(ReplyLine line) {
        if (lifecycle.state() == SessionState.SECURING) {
            replies.reject(line);
        } else if (!lifecycle.state().isOver()) {
            replies.onEarlyLine(line);
        }
    }

    private void onGreeting(FtpReply reply) {
        Opening owner = opening;
        if (owner == null) {
            return; // It failed before, and the session waits to send the client that reply.
        }
        if (reply.isPreliminary()) {
            owner.onDelay(reply);
            return;
        }
        timers.stop(Timers.Kind.REPLY);
        if (!reply.isPositive()) {
            failOrTryNext(CloseCause.SERVER_REFUSED, "the server greeted with " + reply.code(), Optional.of(reply));
            return;
        }
        if (tls.isToBeSecured()) {
            secure(owner, reply);
        } else {
            begin(owner, reply);
        }
    }

    /** An FTP proxy learns of the server, or of the gateway's user there, before the client's login. */
    private void begin(Opening owner, FtpReply greets) {
        Optional<FtpProxyLogin> login = proxyLogin();
        if (login.isEmpty() || login.get().before().isEmpty()) {
            ready(owner, greets);
            return;
        }
        if (lifecycle.state() != SessionState.SECURING) {
            lifecycle.become(SessionState.SECURING);
        }
        timers.start(
                Timers.Kind.REPLY,
                limits.greetingTimeout(),
                () -> fail(CloseCause.SERVER_REFUSED, "the FTP proxy sent no reply in time"));
        atProxy = new AtFtpProxy(
                port, login.get(), () -> ready(owner, greets), detail -> fail(CloseCause.SERVER_REFUSED, detail));
        atProxy.start();
    }

    private Optional<FtpProxyLogin> proxyLogin() {
        return server().behind().flatMap(named -> server().via().ftp().map(proxy -> new FtpProxyLogin(proxy, named)));
    }

    /** Returns a command of the client's login as the server is sent it: to an FTP proxy with the server's name. */
    public FtpCommand loginCommand(FtpCommand command) {
        return proxyLogin().map(login -> login.translate(command)).orElse(command);
    }

    /** Returns the reply to an FTP proxy that wants its own password by ACCT (332), if it does. */
    public Optional<FtpCommand> proxyAccount() {
        return proxyLogin().flatMap(FtpProxyLogin::account);
    }

    private void ready(Opening owner, FtpReply greets) {
        atProxy = null;
        opening = null;
        timers.stop(Timers.Kind.REPLY);
        lifecycle.become(SessionState.LOGIN);
        choice.ready();
        owner.onGreeting(greets);
    }

    private void secure(Opening owner, FtpReply greets) {
        lifecycle.become(SessionState.SECURING);
        timers.start(Timers.Kind.REPLY, limits.greetingTimeout(), () -> failAtTls(TlsFailure.other("no TLS in time")));
        tls.secure(new ServerSecuring.Outcome() {
            @Override
            public void onServerSecured() {
                begin(owner, greets);
            }

            @Override
            public void onServerRefusesTls(String reason) {
                if (server().tls().mode() == ServerTls.Mode.AUTO) {
                    begin(owner, greets);
                } else {
                    failAtTls(new TlsFailure(TlsFailure.Kind.REFUSED, reason));
                }
            }
        });
    }

    /** The control connection failed at TLS. */
    public void onTlsFailed(TlsFailure failure) {
        PendingCommand inFlight = commands.pending();
        if (opening != null) {
            failAtTls(failure);
        } else if (lifecycle.state().hasServer() && inFlight != null) {
            reportTls(failure);
            inFlight.onServerTlsFailed(failure.detail());
        } else if (lifecycle.state().hasServer() || lifecycle.state() == SessionState.TRANSPARENT) {
            reportTls(failure);
            lifecycle.close(CloseCause.TLS_FAILED, failure.detail(), Optional.of(Replies.SERVER_LOST));
        }
        // Else it failed before, and the session waits to send the client that reply.
    }

    /** Returns how the server's side is protected. */
    public ServerProtection tls() {
        return tls;
    }

    /** The control connection is gone; returns whether the command in flight does not need it any more. */
    public boolean onClosed(String reason) {
        PendingCommand inFlight = commands.pending();
        if (lifecycle.state() == SessionState.GREETING) {
            failOrTryNext(CloseCause.SERVER_UNREACHABLE, "closed before it greeted", Optional.empty());
        } else if (lifecycle.state() == SessionState.SECURING && atProxy != null) {
            fail(CloseCause.SERVER_UNREACHABLE, "the FTP proxy closed the connection before the login");
        } else if (lifecycle.state() == SessionState.SECURING) {
            failAtTls(TlsFailure.other("closed before TLS"));
        } else if (inFlight != null && inFlight.onServerClosed()) {
            return true;
        } else {
            lifecycle.close(CloseCause.SERVER_LOST, reason, Optional.of(Replies.SERVER_LOST));
        }
        return false;
    }

    public void onGarbage() {
        if (opening != null && lifecycle.state() == SessionState.GREETING) {
            failOrTryNext(CloseCause.SERVER_NOT_FTP, "not an FTP greeting", Optional.empty());
        } else if (opening != null) {
            fail(CloseCause.SERVER_NOT_FTP, "not FTP, before TLS");
        } else {
            lifecycle.close(CloseCause.SERVER_NOT_FTP, "", Optional.of(Replies.SERVER_NOT_FTP));
        }
    }

    /** Reports that the control connection to the server cannot be under TLS. */
    public void reportTls(TlsFailure failure) {
        events.tlsFailed(Side.SERVER, false, connectedAddress(), failure);
    }

    private void failAtTls(TlsFailure failure) {
        if (opening != null) {
            reportTls(failure);
        }
        fail(CloseCause.TLS_FAILED, failure.detail());
    }

    private void fail(CloseCause cause, String detail) {
        fail(cause, detail, Optional.empty());
    }

    /** The way to the server ended before it could be used. */
    private void fail(CloseCause cause, String detail, Optional<FtpReply> refusal) {
        timers.stop(Timers.Kind.REPLY);
        Opening owner = opening;
        if (owner != null) {
            opening = null;
            tls.giveUp();
            String all = choice.withFailures(address.orNull(), detail);
            choice.failed(detail);
            owner.onFailed(cause, all, refusal);
        }
    }

    /** Returns how long the client may be idle. */
    public Duration idleTimeout() {
        return choice.idleTimeout().orElse(limits.idleTimeout());
    }

    /** Returns the server of the route that the session is with. */
    RouteServer server() {
        return choice.server();
    }

    public Route route() {
        return choice.route();
    }

    /** Returns the route, once the router found one. */
    public Optional<Route> routeIfAny() {
        return choice.routeIfAny();
    }

    /** Returns the address of the server's end of the control connection, once there is one. */
    @Nullable
    public InetSocketAddress address() {
        return address.orNull();
    }

    public InetSocketAddress connectedAddress() {
        return address.get();
    }

    /** Returns how to agree a data port with the server, best first, without what did not work before. */
    public List<DataSyntax> candidates(DataSyntax client) {
        return syntaxes.candidates(route().dataMode(), client, server().via().isTunnel());
    }

    public ServerSyntaxes syntaxes() {
        return syntaxes;
    }
}
