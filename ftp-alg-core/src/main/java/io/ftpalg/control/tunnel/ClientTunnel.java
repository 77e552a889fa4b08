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
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client that asks for another one, by whatever protocol: it becomes the control connection of a session, the data
 * connection of one that awaits it, or is refused. Owned by its handler, on the connection's loop.
 */
final class ClientTunnel implements LiveSession {
    /** Where servers begin with TLS, by custom. */
    private static final int IMPLICIT_TLS_PORT = 990;

    private static final String IMPLICIT_TLS_REMEDY = " (TLS begins there: set upstream-tls.mode, and tls for CONNECT)";

    private final SocketChannel channel;
    private final InetSocketAddress client;
    private final Gateway gateway;
    private final TunnelReplies replies;
    private final SessionOpener opener;
    private final RequestTimeout timeout;
    private TunnelPorts<AwaitingConnection>.@Nullable Place place;
    private State state = State.ASKING;
    private BooleanSupplier asks = () -> true;
    private int requests;

    private enum State {
        /** Its request is received, and checked. */
        ASKING,
        /** A file is sent or received; another request may follow. */
        RESPONDING,
        /** It was refused, and reads why. */
        REFUSED,
        /** It is no request any more. */
        LEFT
    }

    /** Makes it for a connection that was counted in, as one of the gateway and as a request. */
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
        this.timeout = new RequestTimeout(channel.eventLoop());
    }

    InetSocketAddress client() {
        return client;
    }

    SocketChannel channel() {
        return channel;
    }

    boolean isOver() {
        return state != State.ASKING;
    }

    Limits limits() {
        return gateway.limits();
    }

    void start() {
        channel.closeFuture().addListener(closed -> onClosed());
        gateway.sessions().add(this);
        awaitRequest();
    }

    /** The client is to ask within its time, from now on. */
    void awaitRequest() {
        timeout.start(limits().get(Limit.Time.REQUEST_TIMEOUT), () -> refuse(CloseCause.REQUEST_TIMEOUT));
    }

    /** The client's login is being checked. */
    void awaitLogin() {
        timeout.start(limits().loginTimeout(), () -> refuse(CloseCause.LOGIN_TIMEOUT));
    }

    /** The client asks for a connection to this server, or to this data port. */
    void connect(HostPort asked, Optional<ProxyUser> user) {
        Optional<AwaitingSession> session = gateway.tunnels()
                .sessions()
                .claim(client.getAddress(), asked.port(), waiting -> waiting.isFor(asked, user));
        if (session.isPresent()) {
            AwaitingSession waiting = session.get();
            handOver(replies.granted(channel.localAddress()), waiting.loop(), waiting.receiver());
            return;
        }
        boolean implicitTls = asked.port() == IMPLICIT_TLS_PORT;
        boolean hasTls = gateway.settings().clientTls().control() != TlsUse.OFF;
        Gateway opened = implicitTls && hasTls ? gateway.implicitTls() : gateway;
        if (implicitTls && !hasTls) {
            deny(asked);
        } else if (mayOpen(asked, user)) {
            end();
            opener.open(opened, new EarlyTarget(asked, user), replies);
        }
    }

    /** The client asks for a file of this server: what fetches it gets a session, unless the client is refused. */
    void fetch(HostPort server, Optional<ProxyUser> user, Consumer<OwnSession> fetcher) {
        if (mayOpen(server, user)) {
            // The connection stays, and counts, until the response is read; its session counts beside it.
            state = State.RESPONDING;
            requests++;
            timeout.cancel();
            gateway.sessions().enter();
            fetcher.accept(new FetchSession(
                    gateway, client.getAddress(), channel.eventLoop(), new EarlyTarget(server, user), opener));
        }
    }

    /** Returns whether another request may follow the response that is sent now. */
    boolean mayContinue() {
        return state == State.RESPONDING
                && requests < limits().get(Limit.Count.REQUESTS_PER_CONNECTION)
                && gateway.sessions().isOpen();
    }

    /** The response was sent, and the client may ask again within its time, unless false is returned; begun is whether it has. */
    boolean awaitNext(BooleanSupplier begun) {
        if (state != State.RESPONDING) {
            return false;
        }
        state = State.ASKING;
        asks = begun;
        if (channel.isInputShutdown() || !gateway.sessions().isOpen()) {
            endUnlessAsked(CloseCause.SHUTDOWN);
            return false;
        }
        timeout.start(limits().get(Limit.Time.NEXT_REQUEST_TIMEOUT), () -> endUnlessAsked(CloseCause.REQUEST_TIMEOUT));
        return true;
    }

    /** Only a client that has not finished its request is refused something. */
    private void endUnlessAsked(CloseCause cause) {
        if (state == State.ASKING && !asks.getAsBoolean()) {
            close();
        } else {
            refuse(Refusal.FAILED, cause);
        }
    }

    /** Counts a session in, or refuses the client. */
    private boolean mayOpen(HostPort asked, Optional<ProxyUser> user) {
        RouteRequest request = RouteRequest.of(client, channel.localAddress())
                .withTarget(Optional.of(asked))
                .withProxyUser(user);
        if (!gateway.settings().router().mayRoute(request)) {
            deny(asked);
            return false;
        }
        Optional<CloseCause> turnedAway = gateway.admission().enter(client, System.nanoTime());
        turnedAway.ifPresent(cause -> refuse(Refusal.FAILED, cause));
        return turnedAway.isEmpty();
    }

    private void deny(HostPort asked) {
        String detail = asked.port() == IMPLICIT_TLS_PORT ? asked + IMPLICIT_TLS_REMEDY : asked.toString();
        refuse(Optional.of(replies.refused(Refusal.NOT_ALLOWED)), CloseCause.TARGET_DENIED, detail);
    }

    TelnetMode telnet() {
        return gateway.telnet();
    }

    /** The client waits for a server to connect to it: a session of its own asks for that by the port in the reply. */
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
        timeout.start(
                limits().dataIdleTimeout().plus(limits().dataAcceptTimeout()),
                () -> refuse(Refusal.TIMEOUT, CloseCause.REQUEST_TIMEOUT));
    }

    private void give(InetSocketAddress peer, EventLoop loop, TunnelReceiver receiver) {
        if (!isOver()) {
            handOver(replies.granted(peer), loop, receiver);
        } else {
            loop.execute(() -> receiver.lost(new IllegalStateException("the client waits no more")));
        }
    }

    private void handOver(Object granted, EventLoop loop, TunnelReceiver receiver) {
        end();
        new TunnelHandover(channel, granted, loop, receiver).start();
        gateway.sessions().leave();
    }

    /** Refuses the client without a reply. */
    void refuse(CloseCause cause) {
        refuse(Optional.empty(), cause);
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
        if (isOver()) {
            return;
        }
        gateway.settings().listener().sessionRefused(new AlgListener.SessionRefused(client, cause, detail));
        reply.ifPresent(last -> channel.write(last, channel.voidPromise()));
        close();
    }

    private void close() {
        state = State.REFUSED;
        timeout.cancel();
        channel.pipeline().remove(HandlerNames.TUNNEL_DECODER);
        LingeringClose.of(channel, limits().closeGrace());
    }

    private void onClosed() {
        if (state != State.LEFT) {
            end();
            gateway.sessions().leave();
        }
    }

    /** It is no request any more. */
    private void end() {
        state = State.LEFT;
        timeout.cancel();
        if (place != null) {
            place.close();
        }
        gateway.admission().leaveRequest(client);
        gateway.sessions().remove(this);
    }

    @Override
    public void shutdown() {
        try {
            channel.eventLoop().execute(() -> endUnlessAsked(CloseCause.SHUTDOWN));
        } catch (RejectedExecutionException e) {
            // The loop ends, and its channels with it.
        }
    }

    @Override
    public void shutdownNow() {
        channel.close();
    }
}
