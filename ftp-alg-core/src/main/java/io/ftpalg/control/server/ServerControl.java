package io.ftpalg.control.server;

import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.control.channel.LingeringClose;
import io.ftpalg.control.channel.ReplyOrder;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.Interception;
import io.ftpalg.data.tunnel.SocksBind;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.session.FtpSession;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session's control connection to its server: routed, connected, left or lost. Owned by the driver, on the session's
 * loop.
 *
 * <p>A session has at most two of them open, however often it changes servers: the current one, or the attempt to connect it,
 * and the one that was left last. The addresses of one server that race in {@link ServerConnector} are one attempt.
 */
public final class ServerControl {
    private static final Duration QUIT_GRACE = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final ClientEnds client;
    private final EventLoop loop;
    private final FtpSession session;
    private final Consumer<Runnable> run;
    private @Nullable SocketChannel channel;
    private ReplyOrder order = new ReplyOrder();
    /** The connection that was left last; null once another has been left and this one was closed for it. */
    private @Nullable SocketChannel leaving;

    private @Nullable ServerConnector connector;
    private SocketSettings sockets;
    private boolean foreignAddress;
    private ServerTls tls = ServerTls.OFF;
    private Via via = Via.NONE;
    private Optional<SentProxyHeader> header = Optional.empty();
    private Optional<SendProxy> dataHeaders = Optional.empty();
    /** The server as a proxy is asked for it. */
    private @Nullable InetSocketAddress target;
    /** The number of the attempt that looks up its proxy. */
    private int attempt;

    /**
     * Makes it, without a server.
     *
     * @param client the client's ends, which servers may receive
     * @param run runs an event of the session, guarded
     */
    public ServerControl(
            Gateway gateway, ClientEnds client, EventLoop loop, FtpSession session, Consumer<Runnable> run) {
        this.gateway = gateway;
        this.client = client;
        this.sockets = gateway.sockets();
        this.loop = loop;
        this.session = session;
        this.run = run;
    }

    public void route(RouteRequest request) {
        CompletionStage<Route> routing;
        try {
            routing = gateway.settings().router().route(request, gateway.names().on(loop));
        } catch (RuntimeException e) {
            routing = CompletableFuture.failedStage(e);
        }
        routing.whenComplete((route, failure) -> loop.execute(() -> run.accept(() -> onRouted(route, failure))));
    }

    private void onRouted(@Nullable Route route, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (route != null) {
            session.onRoute(route);
        } else if (cause instanceof RouteRefusedException) {
            session.onRouteRefused(String.valueOf(cause.getMessage()));
        } else {
            if (cause != null) {
                gateway.sessions().failIfFatal(cause);
            }
            session.onRouteFailed(String.valueOf(cause == null ? "no route" : cause.getMessage()));
        }
    }

    /**
     * Connects to this server of the route.
     *
     * @param pipeline builds the pipeline of the connection, whose commands and replies have this order
     * @param connected runs when there is a connection, before the session is notified
     */
    public void connect(
            Route route,
            RouteServer server,
            Function<ReplyOrder, ChannelInitializer<SocketChannel>> pipeline,
            Runnable connected) {
        sockets = route.sockets().orElse(gateway.sockets());
        foreignAddress = sockets.sourceAddress().isEmpty()
                && gateway.interception().filter(Interception::spoofClient).isPresent();
        if (foreignAddress) {
            sockets = sockets.withSourceAddress(
                    IpLiteral.canonical(client.client().getAddress()));
        }
        tls = server.tls();
        via = server.via();
        header = route.sendProxy().map(how -> client.header(how, session.tls().client()));
        dataHeaders = route.sendProxy().filter(SendProxy::data);
        InetSocketAddress first = server.addresses().get(0);
        target = first;
        ReplyOrder commandsAndReplies = new ReplyOrder();
        order = commandsAndReplies;
        ChannelInitializer<SocketChannel> initializer = pipeline.apply(commandsAndReplies);
        if (!via.isTunnel()) {
            race(server.addresses(), initializer, connected);
            return;
        }
        int mine = ++attempt;
        if (mayBeThisHost(first) && gateway.ownListener().test(first)) {
            loop.execute(() -> run.accept(() -> session.onServerUnreachable(
                    CloseCause.LOOP, IpLiteral.format(first) + ": a listener of this gateway")));
            return;
        }
        FirstProxy.addresses(via, gateway.names().on(loop))
                .whenComplete((proxies, failure) -> loop.execute(() -> run.accept(() -> {
                    if (mine != attempt) {
                        return;
                    }
                    if (proxies == null) {
                        session.onServerUnreachable(CloseCause.SERVER_UNREACHABLE, reason(failure));
                    } else {
                        race(proxies, initializer, connected);
                    }
                })));
    }

    /** A name is looked up elsewhere, and a loopback address is the proxy's. */
    private static boolean mayBeThisHost(InetSocketAddress server) {
        return !server.isUnresolved() && !server.getAddress().isLoopbackAddress();
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : Objects.requireNonNull(failure);
        return String.valueOf(cause.getMessage());
    }

    private void race(
            List<InetSocketAddress> addresses, ChannelInitializer<SocketChannel> initializer, Runnable connected) {
        Via through = via;
        InetSocketAddress server = Objects.requireNonNull(target);
        connector = new ServerConnector(
                gateway,
                loop,
                gateway.transport()::controlSockets,
                addresses,
                sockets,
                foreignAddress,
                address -> through.isTunnel() ? Optional.of(new Tunnel(through, address, server)) : Optional.empty(),
                initializer,
                new ServerConnector.Outcome() {
                    @Override
                    public void onConnected(SocketChannel winner) {
                        connector = null;
                        channel = winner;
                        connected.run();
                        run.accept(() -> session.onServerConnected(address()));
                    }

                    @Override
                    public void onUnreachable(CloseCause cause, String detail) {
                        connector = null;
                        run.accept(() -> session.onServerUnreachable(cause, detail));
                    }
                });
        connector.start();
    }

    /** Writes a command, if there is a server; it is sent by {@link #flush}. */
    public void write(FtpCommand command) {
        if (channel != null) {
            order.written();
            channel.write(command, channel.voidPromise());
        }
    }

    /** Sends what was written. */
    public void flush() {
        SocketChannel flushed = channel;
        if (flushed != null) {
            flushed.flush();
            // The flush itself may find that the server is gone.
            if (order.isWaiting() && is(flushed)) {
                order.sent(isInMidLine(flushed));
            }
        }
    }

    private static boolean isInMidLine(SocketChannel server) {
        FtpReplyDecoder decoder = server.pipeline().get(FtpReplyDecoder.class);
        return decoder != null && decoder.hasPartialLine();
    }

    /** Leaves the server, or the attempt to reach one. */
    public void disconnect() {
        attempt++;
        if (connector != null) {
            connector.cancel();
            connector = null;
        }
        if (channel != null) {
            if (leaving != null) {
                // A client that logs in again and again would have as many open as fit into the grace.
                leaving.close();
            }
            leaving = channel;
            channel = null;
            LingeringClose.of(leaving, QUIT_GRACE);
        }
    }

    /** It is a server, and not this gateway, which would wait for its own greeting for ever. */
    public void onSpoke(Channel speaker) {
        gateway.admission().disconnected((InetSocketAddress) speaker.localAddress());
    }

    public void onGone() {
        channel = null;
    }

    public boolean is(Channel other) {
        return channel == other;
    }

    @Nullable
    public SocketChannel channel() {
        return channel;
    }

    public SocketChannel connected() {
        return Objects.requireNonNull(channel, "no server");
    }

    /** Returns the server's end of the connection: behind a proxy its name, not resolved, or the address that the proxy was asked for. */
    public InetSocketAddress address() {
        return via.isTunnel() ? Objects.requireNonNull(target) : connected().remoteAddress();
    }

    /** Returns the way to another port behind the proxy that the server was reached by, or nothing if there is none. */
    public Optional<Tunnel> tunnelTo(InetSocketAddress other) {
        return via.isTunnel() ? Optional.of(new Tunnel(via, connected().remoteAddress(), other)) : Optional.empty();
    }

    /** Returns what the proxy is asked for so that the server can connect, if it is one that can accept connections. */
    public Optional<SocksBind> bindAtProxy() {
        TunnelProxy last = via.tunnels().get(via.tunnels().size() - 1);
        InetSocketAddress server = address();
        return last.protocol() != TunnelProxy.Protocol.SOCKS5
                ? Optional.empty()
                : Optional.of(new SocksBind(
                        last,
                        via.tunnels().size() == 1
                                ? Optional.of(connected().remoteAddress().getAddress())
                                : IpLiteral.parse(last.address().host()),
                        server,
                        host -> gateway.settings().dataPeers().mayConnect(host, server.getAddress())));
    }

    /** Returns the way to the last proxy, if there are others before it. */
    public Optional<Tunnel> tunnelToLastProxy() {
        int before = via.tunnels().size() - 1;
        return before == 0
                ? Optional.empty()
                : Optional.of(new Tunnel(
                        new Via(via.tunnels().subList(0, before)),
                        connected().remoteAddress(),
                        RouteServer.throughProxy(via.tunnels().get(before).address())));
    }

    /** Returns whether the server is behind a proxy. */
    public boolean isBehindProxy() {
        return via.isTunnel();
    }

    /**
     * Returns the local address of data connections to this host. That of the control connection may be one from which only
     * its own peer can be reached.
     */
    public InetAddress sourceAddress(InetAddress host) {
        return sockets.sourceAddress()
                .orElseGet(() ->
                        IpLiteral.sameHost(host, connected().remoteAddress().getAddress())
                                ? connected().localAddress().getAddress()
                                : IpLiteral.of(new byte[host.getAddress().length]));
    }

    /** Returns whether the local address of connections to the server is the client's. */
    public boolean hasForeignAddress() {
        return foreignAddress;
    }

    /** Returns what the sockets of the session are like: as the route has it, before there is one as the gateway has it. */
    public SocketSettings sockets() {
        return sockets;
    }

    /** Returns what the control connection begins with, if it begins with a PROXY header. */
    public Optional<SentProxyHeader> header() {
        return header;
    }

    /** Returns whether data connections to the server begin with a header too. */
    public boolean hasDataHeaders() {
        return dataHeaders.isPresent();
    }

    /** Returns what a data connection to this port of the server begins with, likewise. */
    public Optional<SentProxyHeader> dataHeader(int port) {
        return dataHeaders.map(
                how -> client.towards(port).header(how, session.tls().client()));
    }

    /** Returns how the server's side is to be protected. */
    public ServerTls tls() {
        return tls;
    }
}
