package io.ftpalg.control.tunnel;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.channel.LingeringClose;
import io.ftpalg.control.http.OwnSession;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.LiveSession;
import io.ftpalg.control.shared.TunnelPorts;
import io.ftpalg.control.shared.TunnelReceiver;
import io.ftpalg.control.shared.Tunnels.AwaitingConnection;
import io.ftpalg.control.shared.Tunnels.AwaitingSession;
import io.ftpalg.control.tunnel.TunnelReplies.Refusal;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client that asks for another one, by whatever protocol: it becomes the control connection of a session, the data
 * connection of one that awaits it, or is refused. Owned by its handler, on the connection's loop.
 */
final class ClientTunnel implements LiveSession {
    /** Where servers begin with TLS, by custom. */
    private static final int IMPLICIT_TLS_PORT = 990;

    private final SocketChannel channel;
    private final InetSocketAddress client;
    private final Gateway gateway;
    private final TunnelReplies replies;
    private final SessionOpener opener;
    private @Nullable Future<?> timeout;
    private TunnelPorts<AwaitingConnection>.@Nullable Place place;
    private boolean over;
    private boolean left;

    /**
     * Makes it for a connection that was counted in, as one of the gateway and as a request.
     *
     * @param client the client's address
     */
    ClientTunnel(
            SocketChannel channel,
            InetSocketAddress client,
            Gateway gateway,
            TunnelReplies replies,
            SessionOpener opener) {
        this.channel = channel;
        this.client = client;
        this.gateway = gateway;
        this.replies = replies;
        this.opener = opener;
    }

    InetSocketAddress client() {
        return client;
    }

    boolean isOver() {
        return over;
    }

    Limits limits() {
        return gateway.limits();
    }

    /** The connection is there. */
    void start() {
        channel.closeFuture().addListener(closed -> onClosed());
        gateway.sessions().add(this);
        awaitRequest();
    }

    /** The client is to ask within its time, from now on. */
    void awaitRequest() {
        await(limits().get(Limit.Time.REQUEST_TIMEOUT), () -> refuse(Optional.empty(), CloseCause.REQUEST_TIMEOUT));
    }

    /** The client's login is being checked. */
    void awaitLogin() {
        await(limits().loginTimeout(), () -> refuse(Optional.empty(), CloseCause.LOGIN_TIMEOUT));
    }

    private void await(Duration time, Runnable expired) {
        cancel();
        timeout = channel.eventLoop().schedule(expired, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    // ---- requests

    /** The client asks for a connection to this server, or to this data port. */
    void connect(HostPort asked, Optional<ProxyUser> user) {
        Optional<AwaitingSession> session = gateway.tunnels()
                .sessions()
                .claim(client.getAddress(), asked.port(), waiting -> waiting.isFor(asked, user));
        if (session.isPresent()) {
            handOver(
                    replies.granted(channel.localAddress()),
                    session.get().loop(),
                    session.get().receiver());
            return;
        }
        boolean implicitTls = asked.port() == IMPLICIT_TLS_PORT;
        Gateway opened = implicitTls && hasTls() ? gateway.implicitTls() : gateway;
        if (implicitTls && !hasTls()) {
            refuse(Optional.of(replies.refused(Refusal.NOT_ALLOWED)), CloseCause.TARGET_DENIED, asked.toString());
        } else if (mayOpen(asked, user)) {
            end();
            opener.open(opened, new EarlyTarget(asked, user), replies);
        }
    }

    /** The client asks for a file of this server: what fetches it gets a session, unless the client is refused. */
    void fetch(HostPort server, Optional<ProxyUser> user, Consumer<OwnSession> fetcher) {
        if (mayOpen(server, user)) {
            // The connection stays, and counts, until the response is read; its session counts beside it.
            over = true;
            cancel();
            gateway.sessions().enter();
            fetcher.accept(new OwnSession() {
                @Override
                public void open(SocketChannel control) {
                    opener.openOwn(gateway, control, new EarlyTarget(server, user));
                }

                @Override
                public Optional<TunnelReceiver> dataConnection(int port) {
                    Optional<String> name = user.map(ProxyUser::name);
                    return gateway.tunnels()
                            .sessions()
                            .claim(
                                    client.getAddress(),
                                    port,
                                    waiting -> waiting.loop() == channel.eventLoop()
                                            && waiting.user().equals(name))
                            .map(AwaitingSession::receiver);
                }
            });
        }
    }

    /** Counts a session in, or refuses the client. */
    private boolean mayOpen(HostPort asked, Optional<ProxyUser> user) {
        RouteRequest request = RouteRequest.of(client, channel.localAddress())
                .withTarget(Optional.of(asked))
                .withProxyUser(user);
        if (!gateway.settings().router().mayRoute(request)) {
            refuse(Optional.of(replies.refused(Refusal.NOT_ALLOWED)), CloseCause.TARGET_DENIED, asked.toString());
            return false;
        }
        Optional<CloseCause> turnedAway = gateway.admission().enter(client, System.nanoTime());
        turnedAway.ifPresent(cause -> refuse(Refusal.FAILED, cause));
        return turnedAway.isEmpty();
    }

    TelnetMode telnet() {
        return gateway.telnet();
    }

    SocketChannel channel() {
        return channel;
    }

    private boolean hasTls() {
        return gateway.settings().clientTls().control() != TlsUse.OFF;
    }

    /** The client waits for a server to connect to it: a session of its own asks for that by the port that it is told. */
    void bind(Optional<ProxyUser> user) {
        PassivePorts ports = gateway.data().ports().passive(gateway.sockets().passivePorts());
        AwaitingConnection waiting =
                new AwaitingConnection(user.map(ProxyUser::name), (peer, loop, receiver) -> channel.eventLoop()
                        .execute(() -> give(peer, loop, receiver)));
        place = gateway.tunnels()
                .connections()
                .open(client.getAddress(), ports, waiting)
                .orElse(null);
        if (place == null) {
            refuse(Refusal.FAILED, CloseCause.SESSION_LIMIT);
            return;
        }
        // The address that PORT may name.
        channel.writeAndFlush(
                replies.granted(new InetSocketAddress(client.getAddress(), place.port())), channel.voidPromise());
        await(
                limits().dataIdleTimeout().plus(limits().dataAcceptTimeout()),
                () -> refuse(Refusal.TIMEOUT, CloseCause.REQUEST_TIMEOUT));
    }

    private void give(InetSocketAddress peer, EventLoop loop, TunnelReceiver receiver) {
        if (over) {
            loop.execute(() -> receiver.lost(new IllegalStateException("the client waits no more")));
        } else {
            handOver(replies.granted(peer), loop, receiver);
        }
    }

    // ---- ends

    private void handOver(Object granted, EventLoop loop, TunnelReceiver receiver) {
        end();
        new TunnelHandover(channel, granted, loop, receiver).start();
        gateway.sessions().leave();
    }

    void refuse(Refusal why, CloseCause cause) {
        refuse(Optional.of(replies.refused(why)), cause);
    }

    void refuse(Optional<Object> reply, CloseCause cause) {
        refuse(reply, cause, "");
    }

    /**
     * Refuses the client, with a last reply if it may have one; does nothing once the request was answered.
     *
     * @param detail what the log adds, in the client's own words
     */
    void refuse(Optional<Object> reply, CloseCause cause, String detail) {
        if (over) {
            return;
        }
        over = true;
        cancel();
        gateway.settings().listener().sessionRefused(new AlgListener.SessionRefused(client, cause, detail));
        reply.ifPresent(last -> channel.write(last, channel.voidPromise()));
        channel.pipeline().remove(HandlerNames.TUNNEL_DECODER);
        LingeringClose.of(channel, limits().closeGrace());
    }

    private void onClosed() {
        if (!left) {
            end();
            gateway.sessions().leave();
        }
    }

    /** It is no request any more. */
    private void end() {
        over = true;
        left = true;
        cancel();
        if (place != null) {
            place.close();
        }
        gateway.admission().leaveRequest(client);
        gateway.sessions().remove(this);
    }

    @Override
    public void shutdown() {
        try {
            channel.eventLoop().execute(() -> refuse(Refusal.FAILED, CloseCause.SHUTDOWN));
        } catch (RejectedExecutionException e) {
            // The loop ends, and its channels with it.
        }
    }

    @Override
    public void shutdownNow() {
        channel.close();
    }
}
