package io.ftpalg.session.exchange;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.session.base.ClientPresence;
import io.ftpalg.session.base.ClientReplies;
import io.ftpalg.session.base.CommandQueue;
import io.ftpalg.session.base.Login;
import io.ftpalg.session.base.PendingDataConnection;
import io.ftpalg.session.base.Protection;
import io.ftpalg.session.base.ProxyLogin;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.ftpalg.session.base.ServerAddress;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SessionEvents;
import io.ftpalg.session.base.SessionLifecycle;
import io.ftpalg.session.base.SessionSettings;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.base.WorkingDirectory;
import io.ftpalg.session.server.ServerConnection;
import io.ftpalg.session.server.ServerReplies;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a session, for rules and exchanges: none of the parts uses this class or an exchange, so that each can be read
 * alone. Owned by the session.
 */
public final class SessionContext {
    private final InetSocketAddress listener;
    private final Optional<InetSocketAddress> originalDestination;
    private final Optional<EarlyTarget> tunnel;
    private final SessionSettings settings;
    private final SessionActions port;
    private final SessionLifecycle lifecycle = new SessionLifecycle();
    private final ClientPresence clientPresence = new ClientPresence();
    private final Protection protection = new Protection();
    private final WorkingDirectory directory = new WorkingDirectory();
    private final RestartPoint restart = new RestartPoint();
    private final RejectedDownload rejected = new RejectedDownload();
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
    private TransferPermit permit = TransferPermit.ANY;

    public SessionContext(
            long id,
            InetSocketAddress client,
            InetSocketAddress listener,
            Optional<InetSocketAddress> originalDestination,
            Optional<EarlyTarget> tunnel,
            SessionSettings settings,
            SessionActions port) {
        this.listener = listener;
        this.originalDestination = originalDestination;
        this.tunnel = tunnel;
        this.settings = settings;
        this.port = port;
        Limits limits = settings.limits();
        ServerAddress serverAddress = new ServerAddress();
        this.timers = new Timers(port);
        this.events = new SessionEvents(settings.listener(), id, client, port);
        this.clientReplies = new ClientReplies(lifecycle, port, clientPresence, events, limits.badCommands());
        this.queue = new CommandQueue(limits.pipelinedCommands(), limits.pipelinedBytes());
        this.inFlight = new InFlight(lifecycle, timers);
        this.replies = new ServerReplies(
                lifecycle, timers, limits, clientPresence, clientReplies, events, serverAddress, inFlight);
        this.data = new PendingDataConnection(port, timers, limits.dataIdleTimeout(), events, serverAddress);
        this.login = new Login(lifecycle, timers, settings, events, protection, serverAddress, directory);
        this.proxyLogin = new ProxyLogin(settings, tunnel);
        this.server = new ServerConnection(
                port, lifecycle, timers, limits, events, replies, login, data, protection, serverAddress, inFlight);
    }

    // ---- the state, and the command in flight

    public SessionLifecycle lifecycle() {
        return lifecycle;
    }

    public SessionState state() {
        return lifecycle.state();
    }

    /** Takes the step, if the table has it. */
    public void become(SessionState next) {
        lifecycle.become(next);
    }

    /** Ends the session: cuts what runs, sends the last reply, closes both control connections. */
    public void close(CloseCause why, String detail, Optional<FtpReply> lastReply) {
        lifecycle.close(why, detail, lastReply);
    }

    public InFlight commands() {
        return inFlight;
    }

    /** Opens the exchange of the command in hand. */
    public void open(Exchange next) {
        inFlight.open(next);
    }

    /** Another exchange continues with the command in flight. */
    public void replace(Exchange by) {
        inFlight.replace(by);
    }

    /** The command in flight is done. */
    public void finish(Exchange done) {
        inFlight.finish(done);
    }

    /** Returns the exchange of the command in flight, if there is one. */
    @Nullable
    public Exchange inFlight() {
        return inFlight.exchange();
    }

    // ---- the client

    /** Returns the session's number, unique in the gateway. */
    public long id() {
        return events.session();
    }

    public InetSocketAddress client() {
        return events.client();
    }

    /** Returns the address that the client connected to, if that is not the gateway. */
    public Optional<InetSocketAddress> originalDestination() {
        return originalDestination;
    }

    /** Returns the state of the session as extensions see it. */
    public FilterContext filterContext() {
        return new FilterContext(
                id(),
                client(),
                listener,
                proxyLogin.known(),
                login.known(),
                state() == SessionState.READY,
                server.routeIfAny(),
                Optional.ofNullable(server.address()),
                protection.details(),
                directory.path(),
                Optional.empty(),
                permit);
    }

    /** Keeps what the filter permits the command that is about to be carried out. */
    public void permit(TransferPermit permitted) {
        permit = permitted;
    }

    /** Returns whether the client chose the server before the session began: by connecting to it, or by a tunnel to it. */
    public boolean clientChose() {
        return originalDestination.isPresent() || tunnel.isPresent();
    }

    /** Returns the request that a router gets. */
    public RouteRequest request() {
        return RouteRequest.of(client(), listener)
                .withOriginalDestination(originalDestination)
                .withTarget(tunnel.map(EarlyTarget::target))
                .withProxyUser(proxyLogin.known())
                .withHost(host.name());
    }

    /** Discards the client's user, and what it sent before there was a server. */
    public void forgetClient() {
        proxyLogin.forget();
        prelude.forget();
        host.forget();
    }

    public ClientPresence clientPresence() {
        return clientPresence;
    }

    /** Returns how the client's connections are protected. */
    public Protection protection() {
        return protection;
    }

    public ProxyLogin proxyLogin() {
        return proxyLogin;
    }

    public PreLoginCommands prelude() {
        return prelude;
    }

    public ClientHost host() {
        return host;
    }

    /** Returns the requests that wait for their dispatch. */
    public CommandQueue queue() {
        return queue;
    }

    public ClientReplies clientReplies() {
        return clientReplies;
    }

    // ---- the server

    public ServerConnection server() {
        return server;
    }

    public ServerReplies replies() {
        return replies;
    }

    public Login login() {
        return login;
    }

    /** Returns the working directory there. */
    public WorkingDirectory directory() {
        return directory;
    }

    /** Returns where the next transfer begins in its file. */
    public RestartPoint restart() {
        return restart;
    }

    /** Returns the download that was rejected before. */
    public RejectedDownload rejected() {
        return rejected;
    }

    public PendingDataConnection data() {
        return data;
    }

    // ---- what all parts use

    public SessionSettings settings() {
        return settings;
    }

    public Limits limits() {
        return settings.limits();
    }

    public SessionActions port() {
        return port;
    }

    public SessionEvents events() {
        return events;
    }

    public Timers timers() {
        return timers;
    }
}
