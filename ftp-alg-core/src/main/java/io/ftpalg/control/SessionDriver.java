package io.ftpalg.control;

import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.ProxyUser;
import io.ftpalg.policy.ProxyUsers;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.policy.RouteServer;
import io.ftpalg.policy.TlsFailure;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.SessionActions;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's actions as Netty calls, and their results as events: the only class that knows both. Everything runs on the
 * loop of the client's channel; what is called from elsewhere says so.
 */
final class SessionDriver implements SessionActions {
    private static final Logger logger = LoggerFactory.getLogger(SessionDriver.class);

    private final SocketChannel client;
    private final EventLoop loop;
    private final Gateway gateway;
    private final InetSocketAddress clientAddress;
    private final InetSocketAddress listenerAddress;
    private final FtpSession session;
    private final DataLegs data;
    private final ControlTls tls;
    private final ServerControl server;
    private final ControlReads reads;
    private final SessionMemory memory;
    private boolean flushing;
    private boolean writabilityChanged;
    private boolean closed;
    private boolean started;
    private boolean left;
    private Runnable onLeave = () -> {};

    SessionDriver(SocketChannel client, Gateway gateway) {
        this.client = client;
        this.loop = client.eventLoop();
        this.gateway = gateway;
        this.clientAddress = client.remoteAddress();
        this.listenerAddress = client.localAddress();
        long id = gateway.sessions().nextId();
        this.session = new FtpSession(id, clientAddress, listenerAddress, gateway.settings(), this);
        this.server = new ServerControl(gateway, loop, session, this::run);
        this.reads = new ControlReads(client, server);
        this.memory = new SessionMemory(gateway, client, server, session, reads, this::closeForMemory);
        this.data = new DataLegs(
                session,
                gateway.data().on(loop),
                gateway.data().ports(),
                gateway.limits(),
                gateway.settings().dataPeers(),
                this::run);
        this.tls = new ControlTls(session, gateway, loop, id, this::run);
    }

    FtpSession session() {
        assert loop.inEventLoop();
        return session;
    }

    // ---- events that need more than the session

    void start() {
        started = true;
        gateway.sessions().add(this);
        session.start();
    }

    /** The session counts as long as it holds connections: an upload may continue after its client is gone. */
    private void onClientClosed() {
        if (started) {
            run(() -> session.onClientClosed(""));
            onWritabilityChanged();
        }
        if (!session.continuesWithoutClient()) {
            leave();
        }
    }

    private void leave() {
        if (!left) {
            left = true;
            gateway.sessions().remove(this);
            tls.close();
            memory.close();
            onLeave.run();
        }
    }

    /**
     * Runs the action once, when the client's connection is closed and no upload continues without it. Handlers that close it
     * report why after that: the session is notified in a later turn of the loop that it is closed.
     */
    void onLeave(Runnable action) {
        onLeave = action;
        client.closeFuture().addListener(closing -> {
            try {
                loop.execute(this::onClientClosed);
            } catch (RejectedExecutionException e) {
                // The loop is being shut down: nobody reports any more.
                onClientClosed();
            }
        });
    }

    void onClientInputClosed() {
        if (closed) {
            client.close();
        } else {
            session.onClientInputClosed();
        }
    }

    /** TLS said its end on the client's control connection: asked for by CCC, or as the end of the connection. */
    void onClientTlsEnded() {
        if (tls.isStopping()) {
            run(() -> tls.onStopped(client));
        } else {
            onClientInputClosed();
        }
    }

    /** What came on the connection of this side was not TLS, or broken. */
    void onTlsBroken(Side side, TlsFailure failure) {
        run(() -> session.tls().onFailed(side, failure));
    }

    void onClientGone(String reason) {
        session.onClientClosed(reason);
    }

    /** A control connection takes more to send again, or takes no more. */
    void onWritabilityChanged() {
        reads.update();
        memory.measure();
        if (!writabilityChanged) {
            writabilityChanged = true;
            // It is often a write of the session that changes it.
            enter(() -> {
                writabilityChanged = false;
                session.onWritabilityChanged();
            });
        }
    }

    ServerControl server() {
        return server;
    }

    SessionMemory memory() {
        return memory;
    }

    /** Ends the session because of what it holds; may be called from any thread. What a client does not read is not kept. */
    private void closeForMemory() {
        enter(() -> {
            boolean stalled = !client.isWritable();
            session.onControlMemoryExceeded();
            if (stalled) {
                client.close();
            }
        });
    }

    void onServerGone(String reason) {
        server.onGone();
        onWritabilityChanged();
        tls.forgetServer();
        session.onServerClosed(reason);
    }

    /** Asks the session to end; may be called from any thread. */
    void shutdown() {
        enter(session::onShutdown);
    }

    /** Ends the session; may be called from any thread. */
    void shutdownNow() {
        enter(session::onShutdownDeadline);
    }

    /** Runs an event of the session in a later turn of its loop; of no session, if the loop has ended. */
    private void enter(Runnable event) {
        try {
            loop.execute(() -> run(event));
        } catch (RejectedExecutionException e) {
            logger.debug("the event loop has ended, and its sessions with it");
        }
    }

    private void run(Runnable event) {
        try {
            event.run();
        } catch (Throwable e) {
            onInternalError(e);
        }
    }

    /** A fault of this program, or of the JVM: it ends the session, whatever it is, and perhaps the gateway. */
    void onInternalError(Throwable error) {
        try {
            session.onInternalError(error);
        } catch (Throwable again) {
            // There may be no memory even for the reply.
            client.close();
        } finally {
            gateway.sessions().failIfFatal(error);
        }
    }

    // ---- actions: control

    @Override
    public void toClient(FtpReply reply) {
        client.write(reply, client.voidPromise());
        flushSoon();
    }

    @Override
    public void toClient(ReplyLine line) {
        client.write(line, client.voidPromise());
        flushSoon();
    }

    @Override
    public void toServer(FtpCommand command) {
        server.write(command);
        flushSoon();
    }

    @Override
    public void toServerUrgently(FtpCommand command) {
        SocketChannel channel = server.channel();
        if (channel != null && gateway.telnet() != TelnetMode.OFF && !ControlTls.isOn(channel)) {
            TelnetSynch.send(channel, command, gateway.urgentRing());
        } else {
            toServer(command);
        }
    }

    /** Several writes of one turn of the loop leave in one system call a peer. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            loop.execute(() -> {
                flushing = false;
                client.flush();
                server.flush();
                memory.measure();
            });
        }
    }

    @Override
    public void route(RouteRequest request) {
        server.route(request);
    }

    @Override
    public void authenticate(String name, Secret password) {
        Optional<ProxyUsers> users = gateway.settings().login().users();
        if (users.isEmpty()) {
            enter(session.loginEvents()::onNotAuthenticated);
            return;
        }
        CompletionStage<Optional<ProxyUser>> answer;
        try {
            answer = users.get().authenticate(name, password, clientAddress);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        answer.whenComplete((user, failure) -> enter(() -> {
            if (failure != null) {
                session.loginEvents().onUnavailable(String.valueOf(failure.getMessage()));
            } else {
                user.ifPresentOrElse(session.loginEvents()::onAuthenticated, session.loginEvents()::onNotAuthenticated);
            }
        }));
    }

    @Override
    public void connectServer(Route route, RouteServer to) {
        server.connect(route, to, this, reads);
    }

    @Override
    public void disconnectServer() {
        tls.forgetServer();
        server.disconnect();
        onWritabilityChanged();
    }

    @Override
    public void pauseClient(boolean paused) {
        reads.pauseClient(paused);
    }

    @Override
    public boolean isWritable(Side side) {
        SocketChannel channel = side == Side.CLIENT ? client : server.channel();
        return channel == null || ControlReads.isWritable(channel);
    }

    // ---- actions: TLS

    @Override
    public void startTls(Side side) {
        if (side == Side.CLIENT) {
            tls.startClient(client, listenerAddress, clientAddress);
        } else {
            tls.startServer(server.connected(), server.tls());
        }
    }

    @Override
    public void stopClientTls() {
        tls.stop(client);
    }

    @Override
    public void goTransparent() {
        reads.end();
        TransparentHandler.join(client, server.connected(), session);
    }

    // ---- actions: data

    @Override
    public void listen(Side side) {
        if (side == Side.CLIENT) {
            data.listen(side, listenerAddress, clientAddress, server.sockets());
        } else {
            SocketChannel connected = server.connected();
            data.listen(side, connected.localAddress(), connected.remoteAddress(), server.sockets());
        }
    }

    @Override
    public void dial(Side side, InetSocketAddress address) {
        if (isOwn(address)) {
            // It was agreed before the gateway opened that port.
            enter(() -> session.dataEvents()
                    .onFailed(side, DataFailure.NOT_ACCEPTED, Optional.empty(), "a listener of this gateway"));
            return;
        }
        InetSocketAddress own = side == Side.CLIENT
                ? new InetSocketAddress(
                        ownAddress(address.getAddress()),
                        server.sockets().activeSourcePort().orElse(0))
                : new InetSocketAddress(server.sourceAddress(address.getAddress()), 0);
        data.dial(side, own, address, server.sockets());
    }

    /** Data go to clients from the address that they know; another host that one named may be of another family. */
    private InetAddress ownAddress(InetAddress host) {
        InetAddress known = IpLiteral.canonical(listenerAddress.getAddress());
        int length = IpLiteral.canonical(host).getAddress().length;
        return known.getAddress().length == length ? listenerAddress.getAddress() : IpLiteral.of(new byte[length]);
    }

    @Override
    public void watchData(Side side) {
        data.watch(side);
    }

    @Override
    public boolean isOwn(InetSocketAddress address) {
        return gateway.data().ports().isOpen(address) || gateway.ownListener().test(address);
    }

    @Override
    public Set<DataSyntax> unusableSyntaxes(InetSocketAddress to) {
        return gateway.data().unusable().of(to);
    }

    @Override
    public void syntaxWorked(InetSocketAddress to, DataSyntax syntax) {
        gateway.data().unusable().worked(to, syntax);
    }

    @Override
    public void syntaxFailed(InetSocketAddress to, DataSyntax syntax, boolean timedOut) {
        gateway.data().unusable().failed(to, syntax, timedOut);
    }

    @Override
    public void closeData(Side side) {
        data.close(side);
    }

    @Override
    public void abortData(Side side) {
        data.abort(side);
    }

    @Override
    public void relay(Optional<Side> sender, Set<Side> underTls) {
        data.relay(sender, underTls, tls);
    }

    @Override
    public void abortRelay() {
        data.abortRelay();
    }

    @Override
    public void abortRelaySoon() {
        data.abortRelaySoon();
    }

    @Override
    public void cutUploadUnlessSent() {
        data.cutUploadUnlessSent();
    }

    // ---- actions: time and end

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        var scheduled = loop.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        closed = true;
        reads.end();
        disconnectServer();
        if (client.isOpen()) {
            LingeringClose.of(client, gateway.limits().closeGrace());
        } else {
            leave();
        }
    }
}
