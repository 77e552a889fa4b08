package io.ftpalg.control;

import io.ftpalg.codec.FtpLineDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells by {@link #EXPIRED} that a command line was begun and not ended in time, however many bytes trickle in (slowloris).
 * Knows its own byte stream only; lives on the channel's loop.
 */
final class LineTimeoutHandler extends ChannelInboundHandlerAdapter {
    /** The user event that is fired once for each late line. */
    static final Object EXPIRED = new Object();

    private final FtpLineDecoder decoder;
    private final Duration timeout;
    private @Nullable Future<?> waiting;

    LineTimeoutHandler(FtpLineDecoder decoder, Duration timeout) {
        this.decoder = decoder;
        this.timeout = timeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object line) {
        stop();
        ctx.fireChannelRead(line);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!decoder.hasPartialLine()) {
            stop();
        } else if (waiting == null) {
            waiting = ctx.executor().schedule(() -> {
                waiting = null;
                ctx.fireUserEventTriggered(EXPIRED);
            }, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void stop() {
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
    }
}
