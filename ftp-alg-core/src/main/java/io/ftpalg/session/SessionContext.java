package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.protocol.FtpReply;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a session, for rules and exchanges: none of the parts uses this class or an exchange, so that each can be read
 * alone. Owned by the session.
 */
final class SessionContext {
    private final InetSocketAddress listener;
    private final SessionSettings settings;
    private final SessionActions port;
    private final SessionLifecycle lifecycle = new SessionLifecycle();
    private final ClientPresence clientPresence = new ClientPresence();
    private final Protection protection = new Protection();
    private final Timers timers;
    private final SessionEvents events;
    private final ClientReplies clientReplies;
    private final CommandQueue queue;
    private final InFlight inFlight;
    private final ServerReplies replies;
    private final PendingDataConnection data;
    private final Login login;
    private final ProxyLogin proxyLogin;
    private final ServerConnection server;
    private final PreLoginCommands prelude = new PreLoginCommands();
    private final ClientHost host = new ClientHost();

    SessionContext(
            long id,
            InetSocketAddress client,
            InetSocketAddress listener,
            SessionSettings settings,
            SessionActions port) {
        this.listener = listener;
        this.settings = settings;
        this.port = port;
        Limits limits = settings.limits();
        ServerAddress serverAddress = new ServerAddress();
        this.timers = new Timers(port);
        this.events = new SessionEvents(settings.listener(), id, client, port);
        this.clientReplies = new ClientReplies(lifecycle, port, clientPresence, limits.badCommands());
        this.queue = new CommandQueue(limits.pipelinedCommands(), limits.pipelinedBytes());
        this.inFlight = new InFlight(lifecycle, timers);
        this.replies = new ServerReplies(
                lifecycle, timers, limits, clientPresence, clientReplies, events, serverAddress, inFlight);
        this.data = new PendingDataConnection(port, timers, limits.dataIdleTimeout(), events, serverAddress);
        this.login = new Login(lifecycle, timers, settings, events, protection, serverAddress);
        this.proxyLogin = new ProxyLogin(settings);
        this.server = new ServerConnection(
                port, lifecycle, timers, limits, events, replies, login, data, protection, serverAddress, inFlight);
    }

    // ---- the state, and the command in flight

    SessionLifecycle lifecycle() {
        return lifecycle;
    }

    SessionState state() {
        return lifecycle.state();
    }

    /** Takes the step, if the table has it. */
    void become(SessionState next) {
        lifecycle.become(next);
    }

    /** Ends the session: cuts what runs, sends the last reply, closes both control connections. */
    void close(CloseCause why, String detail, Optional<FtpReply> lastReply) {
        lifecycle.close(why, detail, lastReply);
    }

    InFlight commands() {
        return inFlight;
    }

    /** Opens the exchange of the command in hand. */
    void open(Exchange next) {
        inFlight.open(next);
    }

    /** Another exchange continues with the command in flight. */
    void replace(Exchange by) {
        inFlight.replace(by);
    }

    /** The command in flight is answered. */
    void finish(Exchange done) {
        inFlight.finish(done);
    }

    /** Returns the exchange of the command that is not answered yet, if there is one. */
    @Nullable
    Exchange inFlight() {
        return inFlight.exchange();
    }

    // ---- what is known of the client

    /** Returns the session's number, unique in the gateway. */
    long id() {
        return events.session();
    }

    InetSocketAddress client() {
        return events.client();
    }

    /** Returns what is known to whoever chooses the server. */
    RouteRequest request() {
        return RouteRequest.of(client(), listener)
                .withProxyUser(proxyLogin.known())
                .withHost(host.name());
    }

    /** Forgets who the client is, and what it sent before there was a server. */
    void forgetClient() {
        proxyLogin.forget();
        prelude.forget();
        host.forget();
    }

    ClientPresence clientPresence() {
        return clientPresence;
    }

    /** Returns how the client's connections are protected. */
    Protection protection() {
        return protection;
    }

    ProxyLogin proxyLogin() {
        return proxyLogin;
    }

    PreLoginCommands prelude() {
        return prelude;
    }

    ClientHost host() {
        return host;
    }

    /** Returns the requests that wait for their dispatch. */
    CommandQueue queue() {
        return queue;
    }

    ClientReplies clientReplies() {
        return clientReplies;
    }

    // ---- the server

    ServerConnection server() {
        return server;
    }

    ServerReplies replies() {
        return replies;
    }

    Login login() {
        return login;
    }

    PendingDataConnection data() {
        return data;
    }

    // ---- what all parts use

    SessionSettings settings() {
        return settings;
    }

    Limits limits() {
        return settings.limits();
    }

    SessionActions port() {
        return port;
    }

    SessionEvents events() {
        return events;
    }

    Timers timers() {
        return timers;
    }
}
