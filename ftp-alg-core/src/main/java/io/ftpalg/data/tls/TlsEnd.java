package io.ftpalg.data.tls;

import io.ftpalg.data.channel.HoldingHandler;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * A connection of a {@code BufferRelay} under TLS: its handshake, what counts as its peer's end, how our end is sent.
 *
 * <p>The peer's end is its close_notify (FIN may wait for ours); our end is close_notify, and FIN once that has left. A
 * sender's close_notify gets its reply at once, and it never gets one before: in TLS 1.2 it would have to stop sending (RFC
 * 5246, 7.2.1). Owned by its relay, on the session's loop.
 * <pre>
 *   pipeline: TlsGate | DeferredSessionTickets | SslHandler | CloseNotifyFilter | Events | HoldingHandler (until payload may move) | RelayHandler
 * </pre>
 */
public final class TlsEnd implements RelayEnd {
    /** The relay of a connection under TLS; called on its loop. */
    public interface Listener {
        /** Returns whether the relay has ended, and nothing is of interest any more. */
        boolean ended();

        /** TLS of a side is there. */
        void handshaken();

        void handshakeFailed(Side side, TlsFailure failure);

        /** What a side sent after its handshake cannot be decrypted, or is an alert. */
        void tlsBroken(Side side, Throwable cause);

        /** Reading from or writing to a side failed, below TLS. */
        void broken(Side side, Throwable cause);

        /** FIN came without close_notify: returns false if it ends more than discarded data, and so the relay. */
        boolean allowsEndWithoutNotice(Side from);
    }

    /** Bytes that are encrypted into one buffer; smaller pieces are joined up to it. */
    private static final int WRAP_SIZE = 64 << 10;

    private final Listener relay;
    private final EventLoop loop;
    private final Side side;
    private final boolean sends;
    private final SocketChannel socket;
    private final LegTls tls;
    private final SslHandler ssl;
    private final TlsGate gate;
    private final DeferredSessionTickets tickets = new DeferredSessionTickets();
    private boolean ready;
    private boolean inputEnded;

    public TlsEnd(Listener relay, EventLoop loop, Side side, boolean sends, SocketChannel socket, LegTls tls) {
        this.relay = relay;
        this.loop = loop;
        this.side = side;
        this.sends = sends;
        this.socket = socket;
        this.tls = tls;
        this.ssl = tls.handler(socket.alloc());
        this.gate = new TlsGate(ssl.handshakeFuture());
    }

    @Override
    public void start(ChannelHandler handler) {
        ssl.setWrapDataSize(WRAP_SIZE);
        ChannelPipeline pipeline = socket.pipeline();
        ChannelHandlerContext early = pipeline.context(HoldingHandler.class);
        pipeline.addLast(gate);
        if (sends && !ssl.engine().getUseClientMode()) {
            pipeline.addLast(tickets);
        }
        tls.observer().ifPresent(pipeline::addLast);
        pipeline.addLast(ssl, new CloseNotifyFilter(ssl), new Events(), new HoldingHandler(), handler);
        // In a later turn, when the handler has sent its alert, or decoded what came behind the handshake.
        ssl.handshakeFuture().addListener((Future<Channel> done) -> loop.execute(() -> handshaken(done)));
        if (early != null) {
            HoldingHandler.release(early);
        }
        // The handler reads on by itself, but only from the first message on.
        socket.read();
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void open() {
        gate.open();
    }

    @Override
    public Future<? super Void> shutOutput() {
        Promise<Void> shut = loop.newPromise();
        if (!sends) {
            ssl.closeOutbound().addListener(notified -> {
                if (notified.isSuccess()) {
                    shutBehindAll(shut);
                } else {
                    shut.setFailure(notified.cause());
                }
            });
        }
        return shut;
    }

    /** The future of close_notify is done too early if the engine had another record to send first; this one is not. */
    private void shutBehindAll(Promise<Void> shut) {
        socket.pipeline().firstContext().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                PromiseNotifier.cascade(socket.shutdownOutput(), shut);
            } else {
                shut.setFailure(flushed.cause());
            }
        });
    }

    private void handshaken(Future<Channel> done) {
        if (relay.ended()) {
            return;
        }
        if (!done.isSuccess()) {
            failed(done.cause());
            return;
        }
        Optional<TlsFailure> refusal = tls.refusal(ssl);
        if (refusal.isPresent()) {
            relay.handshakeFailed(side, refusal.get());
            return;
        }
        ready = true;
        gate.passFin();
        relay.handshaken();
    }

    private void failed(Throwable cause) {
        if (isOfTheSocket(cause) || cause.getCause() != null && isOfTheSocket(cause.getCause())) {
            relay.broken(side, cause);
        } else {
            relay.handshakeFailed(side, TlsErrors.of(cause));
        }
    }

    private static boolean isOfTheSocket(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof SSLException);
    }

    private boolean isHandshaking() {
        return !ssl.handshakeFuture().isSuccess();
    }

    /** Translates events of an SslHandler into those of a connection in the clear. */
    private final class Events extends ChannelInboundHandlerAdapter {
        private boolean decoded;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            decoded = true;
            ctx.fireChannelRead(msg);
        }

        /** OpenSSL's engine keeps the failure of a record to itself until it is used again. */
        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (!decoded && !inputEnded && !isHandshaking()) {
                ctx.flush();
            }
            decoded = false;
            ctx.fireChannelReadComplete();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == SslCloseCompletionEvent.SUCCESS) {
                onEnd(ctx, true);
            } else if (event == ChannelInputShutdownEvent.INSTANCE) {
                onEnd(ctx, false);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
            if (!(reason instanceof SSLException)) {
                relay.broken(side, reason);
            } else if (!isHandshaking()) {
                relay.tlsBroken(side, reason);
            }
        }

        private void onEnd(ChannelHandlerContext ctx, boolean notified) {
            if (!notified && !isHandshaking()) {
                // A record that could not be decrypted may be noticed by the engine only.
                ctx.flush();
            }
            if (inputEnded || relay.ended()) {
                return;
            }
            inputEnded = true;
            tickets.release();
            if (isHandshaking()) {
                relay.handshakeFailed(side, TlsFailure.other("the peer closed the connection in the handshake"));
            } else if (notified || !tls.strictEnd() || relay.allowsEndWithoutNotice(side)) {
                if (sends) {
                    ssl.closeOutbound();
                }
                ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            }
        }
    }
}
