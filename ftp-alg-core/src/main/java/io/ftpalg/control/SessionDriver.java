package io.ftpalg.control;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.policy.ServerTls;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.SessionPort;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One session's wishes as Netty calls, and their results as events: the only class that knows both. Everything runs on the
 * loop of the client's channel; what is called from elsewhere says so.
 */
final class SessionDriver implements SessionPort {
    private static final Duration QUIT_GRACE = Duration.ofSeconds(1);

    private final SocketChannel client;
    private final EventLoop loop;
    private final Gateway gateway;
    private final InetSocketAddress clientAddress;
    private final InetSocketAddress listenerAddress;
    private final FtpSession session;
    private final DataLegs data;
    private final SessionTls tls;
    private @Nullable SocketChannel server;
    private @Nullable ServerConnector connector;
    private Optional<InetAddress> serverSource = Optional.empty();
    private ServerTls serverTls = ServerTls.OFF;
    private boolean flushing;
    private boolean closed;

    SessionDriver(SocketChannel client, Gateway gateway) {
        this.client = client;
        this.loop = client.eventLoop();
        this.gateway = gateway;
        this.clientAddress = client.remoteAddress();
        this.listenerAddress = client.localAddress();
        long id = gateway.sessions().nextId();
        this.session = new FtpSession(id, clientAddress, listenerAddress, gateway.settings(), this);
        this.data = new DataLegs(session, gateway.data().on(loop), gateway.limits());
        this.tls = new SessionTls(session, gateway, loop, id);
    }

    FtpSession session() {
        assert loop.inEventLoop();
        return session;
    }

    // ---- events that need more than the session

    void start() {
        client.closeFuture().addListener(gone -> {
            gateway.sessions().remove(this);
            tls.close();
        });
        gateway.sessions().add(this);
        session.start();
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
    void onTlsBroken(Side side, String reason) {
        run(() -> session.onTlsFailed(side, reason));
    }

    void onClientGone(String reason) {
        session.onClientClosed(reason);
    }

    /** A client that does not read its replies keeps the server from sending more. */
    void onClientWritability(boolean writable) {
        if (server != null) {
            server.config().setAutoRead(writable);
        }
    }

    boolean isServer(Channel channel) {
        return channel == server;
    }

    /** It is a server, and not this gateway, which would wait for its own greeting for ever. */
    void onServerSpoke(Channel channel) {
        gateway.admission().disconnected((InetSocketAddress) channel.localAddress());
    }

    void onServerGone(String reason) {
        server = null;
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

    /** Runs an event of the session in a later turn of its loop. */
    private void enter(Runnable event) {
        loop.execute(() -> run(event));
    }

    private void run(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            session.onInternalError(e);
        }
    }

    // ---- wishes: control

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
        if (server != null) {
            server.write(command, server.voidPromise());
            flushSoon();
        }
    }

    @Override
    public void toServerUrgently(FtpCommand command) {
        if (server != null && gateway.telnet() && !SessionTls.isOn(server)) {
            TelnetSynch.send(server, command, gateway.urgentRing());
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
                if (server != null) {
                    server.flush();
                }
            });
        }
    }

    @Override
    public void route(Optional<String> login) {
        RouteRequest request = new RouteRequest(clientAddress, listenerAddress, login);
        CompletionStage<Route> routing;
        try {
            routing = gateway.settings().router().route(request, gateway.names().on(loop));
        } catch (RuntimeException e) {
            routing = CompletableFuture.failedStage(e);
        }
        routing.whenComplete((route, failure) -> enter(() -> {
            if (route != null) {
                session.onRoute(route);
            } else {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause() : failure;
                session.onRouteRefused(String.valueOf(cause == null ? "no route" : cause.getMessage()));
            }
        }));
    }

    @Override
    public void connectServer(Route route) {
        serverSource = route.sourceAddress();
        serverTls = route.tls();
        connector = new ServerConnector(gateway, loop, route, ControlInitializer.server(this, gateway),
                new ServerConnector.Outcome() {
                    @Override
                    public void onConnected(SocketChannel connected) {
                        connector = null;
                        server = connected;
                        connected.config().setAutoRead(client.isWritable());
                        run(() -> session.onServerConnected(connected.remoteAddress()));
                    }

                    @Override
                    public void onUnreachable(CloseCause cause, String detail) {
                        connector = null;
                        run(() -> session.onServerUnreachable(cause, detail));
                    }
                });
        connector.start();
    }

    @Override
    public void disconnectServer() {
        if (connector != null) {
            connector.cancel();
            connector = null;
        }
        if (server != null) {
            SocketChannel leaving = server;
            server = null;
            tls.forgetServer();
            LingeringClose.of(leaving, QUIT_GRACE);
        }
    }

    @Override
    public void pauseClient(boolean paused) {
        client.config().setAutoRead(!paused);
    }

    // ---- wishes: TLS

    @Override
    public void startTls(Side side) {
        if (side == Side.CLIENT) {
            tls.startClient(client, listenerAddress);
        } else {
            tls.startServer(connectedServer(), serverTls);
        }
    }

    @Override
    public void stopClientTls() {
        tls.stop(client);
    }

    @Override
    public void goTransparent() {
        TransparentHandler.join(client, connectedServer(), session);
    }

    // ---- wishes: data

    @Override
    public void listen(Side side) {
        if (side == Side.CLIENT) {
            data.listen(side, listenerAddress, clientAddress);
        } else {
            SocketChannel connected = connectedServer();
            data.listen(side, connected.localAddress(), connected.remoteAddress());
        }
    }

    @Override
    public void dial(Side side, InetSocketAddress address) {
        InetSocketAddress own = side == Side.CLIENT
                ? new InetSocketAddress(listenerAddress.getAddress(), gateway.activeSourcePort().orElse(0))
                : new InetSocketAddress(serverSource.orElse(connectedServer().localAddress().getAddress()), 0);
        data.dial(side, own, address);
    }

    private SocketChannel connectedServer() {
        return Objects.requireNonNull(server, "no server");
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

    // ---- wishes: time and end

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
        disconnectServer();
        LingeringClose.of(client, gateway.limits().closeGrace());
    }
}
