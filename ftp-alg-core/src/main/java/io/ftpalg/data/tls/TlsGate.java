package io.ftpalg.data.tls;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the SslHandler of a data connection: lets it read for its handshake and no further until payload may move,
 * keeps FIN from it while it shakes hands, and lets it report the error before it closes.
 *
 * <p>An SslHandler that receives FIN drops what it has not decoded yet; while a task of its handshake runs in another
 * thread that may be a whole upload. Part of one pipeline.
 */
final class TlsGate extends ChannelDuplexHandler {
    /** How long a task of the handshake may still run once FIN is there; after that the peer has given up. */
    static final long PATIENCE_MILLIS = 1_000;

    private final Future<?> handshake;
    private boolean open;
    private boolean passesFin;
    private @Nullable ChannelHandlerContext withheld;
    private @Nullable Future<?> patience;

    TlsGate(Future<?> handshake) {
        this.handshake = handshake;
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (open || !handshake.isDone()) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (passesFin || event != ChannelInputShutdownEvent.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (withheld == null) {
            withheld = ctx;
            patience = ctx.executor().schedule(this::passFin, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** An SslHandler that fails closes first and reports the error afterwards; the relay needs the reverse order. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.executor().execute(() -> ctx.close(promise));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        withheld = null;
        stopWaiting();
    }

    /** What came before FIN is decoded, as far as it can be. */
    void passFin() {
        passesFin = true;
        stopWaiting();
        ChannelHandlerContext ctx = withheld;
        withheld = null;
        if (ctx != null) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** From now on payload is read. */
    void open() {
        open = true;
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
        }
    }
}
