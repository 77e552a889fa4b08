package io.ftpalg.control.tls;

import io.ftpalg.codec.FtpLineDecoder;
import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.data.tls.CloseNotifyFilter;
import io.ftpalg.data.tls.LegTls;
import io.ftpalg.data.tls.TlsErrors;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.SessionSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * The TLS of one session: on both control connections, and for its data connections by {@link SessionDataTls}. Owned by the
 * driver, on the session's loop.
 */
public final class ControlTls {
    private final FtpSession session;
    private final SessionSettings settings;
    private final GatewayTls contexts;
    private final EventLoop loop;
    private final Consumer<Runnable> run;
    private final SessionDataTls data;
    private final Map<Side, Future<?>> deadlines = new EnumMap<>(Side.class);
    private int servers;
    private boolean stopping;

    /**
     * Makes it; nothing is under TLS yet.
     *
     * @param id unique among the sessions of the gateway
     * @param run runs an event of the session, and reports to it if that fails
     */
    public ControlTls(
            FtpSession session,
            SessionSettings settings,
            GatewayTls contexts,
            EventLoop loop,
            long id,
            Consumer<Runnable> run) {
        this.session = session;
        this.settings = settings;
        this.contexts = contexts;
        this.loop = loop;
        this.run = run;
        this.data = new SessionDataTls(session, settings, contexts.handshakes(), id);
    }

    // ---- control connections

    /**
     * Starts TLS as the client's server; what was written before leaves in the clear.
     *
     * @param listener the gateway's end of the connection
     * @param address the client's end of it
     */
    public void startClient(SocketChannel client, InetSocketAddress listener, InetSocketAddress address) {
        if (contexts.clients().isEmpty()) {
            fail(Side.CLIENT, TlsFailure.other("the gateway has no certificate"));
            return;
        }
        if (hasBytesInTheClear(client, Side.CLIENT)) {
            return;
        }
        client.flush();
        limitTime(Side.CLIENT, "no TLS handshake in time");
        ResumptionWatch watch = new ResumptionWatch(false);
        // Behind handlers of an embedder's server, which may have read what they pass on.
        client.pipeline()
                .addBefore(HandlerNames.DECODER, null, new TlsRecordBytes())
                .addBefore(HandlerNames.DECODER, null, watch)
                .addBefore(
                        HandlerNames.DECODER,
                        HandlerNames.TLS_HELLO,
                        new ClientHelloHandler(
                                name -> contexts.clients().get().choose(name, listener, address), (context, name) -> {
                                    data.onClientContext(context);
                                    SslHandler handler = context.newHandler(client.alloc(), contexts.handshakes());
                                    client.pipeline()
                                            .addAfter(HandlerNames.TLS_HELLO, null, new CloseNotifyFilter(handler))
                                            .replace(HandlerNames.TLS_HELLO, HandlerNames.TLS, handler);
                                    await(handler, Side.CLIENT, watch, name);
                                }));
    }

    /**
     * Starts TLS as the client of the server at this address or of this name; what was written before leaves in the clear.
     */
    public void startServer(SocketChannel channel, ServerTls tls, InetSocketAddress server) {
        if (contexts.servers().isEmpty()) {
            fail(Side.SERVER, TlsFailure.other("the gateway has no TLS context for servers"));
            return;
        }
        if (hasBytesInTheClear(channel, Side.SERVER)) {
            return;
        }
        channel.flush();
        String name = tls.name()
                .orElseGet(
                        () -> server.isUnresolved() ? server.getHostString() : IpLiteral.format(server.getAddress()));
        SslContext context;
        try {
            context = contexts.servers().get().choose(tls);
        } catch (RuntimeException e) {
            fail(Side.SERVER, TlsErrors.of(e));
            return;
        }
        limitTime(Side.SERVER, "no TLS handshake in time");
        SslHandler handler = data.serverHandler(tls, name, context, channel.alloc());
        ResumptionWatch watch = new ResumptionWatch(true);
        channel.pipeline().addFirst(watch).addFirst(new TlsRecordBytes());
        channel.pipeline()
                .addAfter(channel.pipeline().context(watch).name(), HandlerNames.TLS, handler)
                .addAfter(HandlerNames.TLS, null, new CloseNotifyFilter(handler));
        await(handler, Side.SERVER, watch, Optional.of(name).filter(host -> IpLiteral.parse(host)
                .isEmpty()));
    }

    /** Ends TLS on the client's control connection, behind what was written before. */
    public void stop(SocketChannel client) {
        SslHandler handler = client.pipeline().get(SslHandler.class);
        if (handler != null) {
            stopping = true;
            limitTime(Side.CLIENT, "no end of TLS in time");
            client.flush();
            handler.closeOutbound();
        }
    }

    /** Returns whether TLS is to end on the client's control connection, and the client has not ended it yet. */
    public boolean isStopping() {
        return stopping;
    }

    /** The client ended TLS, having been asked to: what it sends behind that is in the clear. */
    public void onStopped(SocketChannel client) {
        stopping = false;
        stopTime(Side.CLIENT);
        client.pipeline().remove(SslHandler.class);
        client.pipeline().remove(CloseNotifyFilter.class);
        client.pipeline().remove(TlsRecordBytes.class);
        session.tls().onCleared();
    }

    public static boolean isOn(SocketChannel channel) {
        return channel.pipeline().get(HandlerNames.TLS) != null
                || channel.pipeline().get(HandlerNames.TLS_HELLO) != null;
    }

    /** Drops what was received and not parsed yet; returns whether there was any. */
    public static boolean discardsBytes(SocketChannel channel) {
        return ((FtpLineDecoder) channel.pipeline().get(HandlerNames.DECODER)).discardBuffered() > 0;
    }

    private boolean hasBytesInTheClear(SocketChannel channel, Side side) {
        boolean some = discardsBytes(channel);
        if (some) {
            later(() -> session.tls().onInjection(side));
        }
        return some;
    }

    /** One time for hello, certificate and handshake, so that no step can be drawn out. */
    private void limitTime(Side side, String late) {
        stopTime(side);
        deadlines.put(
                side,
                loop.schedule(
                        () -> run.accept(() -> session.tls().onFailed(side, TlsFailure.other(late))),
                        timeout().toNanos(),
                        TimeUnit.NANOSECONDS));
    }

    private void stopTime(Side side) {
        Future<?> deadline = deadlines.remove(side);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void await(SslHandler handler, Side side, ResumptionWatch watch, Optional<String> name) {
        handler.setHandshakeTimeoutMillis(0);
        int asked = servers;
        handler.handshakeFuture().addListener(done -> {
            if (hasLeft(side, asked)) {
                return;
            }
            stopTime(side);
            if (done.isSuccess()) {
                SSLSession made = handler.engine().getSession();
                if (side == Side.SERVER) {
                    data.onServerSession(made);
                }
                // At once: what came in the same segment is heard next, and must count as protected.
                run.accept(() -> session.tls().onSecured(side, SslSessions.details(made, watch, name)));
            } else {
                fail(side, TlsErrors.of(done.cause()));
            }
        });
    }

    /** Notifies the session later, unless it has another server by then: the end of a connection is reported at once. */
    private void fail(Side side, TlsFailure failure) {
        int asked = servers;
        later(() -> {
            if (!hasLeft(side, asked)) {
                session.tls().onFailed(side, failure);
            }
        });
    }

    private boolean hasLeft(Side side, int asked) {
        return side == Side.SERVER && servers != asked;
    }

    private void later(Runnable event) {
        loop.execute(() -> run.accept(event));
    }

    /** Returns whether TLS is what failed in a pipeline. */
    public static boolean isFailure(Throwable failure) {
        return failure instanceof SSLException
                || failure instanceof TooLongFrameException
                || failure instanceof DecoderException && failure.getCause() instanceof SSLException;
    }

    // ---- data connections

    /** Returns the TLS of the next data connection with this side, whose control connection has been under TLS. */
    public LegTls leg(Side side) {
        return data.leg(side);
    }

    private Duration timeout() {
        return settings.limits().tlsHandshakeTimeout();
    }

    /** The server is another one from now on. */
    public void forgetServer() {
        stopTime(Side.SERVER);
        servers++;
        data.forgetServer();
    }

    /** The session is over: what it might have resumed is of no use to any other. */
    public void close() {
        stopTime(Side.CLIENT);
        forgetServer();
    }
}
