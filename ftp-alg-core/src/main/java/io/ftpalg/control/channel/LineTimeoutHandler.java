package io.ftpalg.control.channel;

import io.ftpalg.codec.FtpLineDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports by {@link #EXPIRED} that a command line was begun and not ended in time, however many bytes trickle in (slowloris).
 * Time in which the gateway does not read from the client does not count. Has its own byte stream only; used on the
 * channel's loop.
 */
public final class LineTimeoutHandler extends ChannelInboundHandlerAdapter {
    /** The user event that is fired once for each late line. */
    public static final Object EXPIRED = new Object();

    /** The time is counted in so many parts, each only if the client was read from at its end. */
    private static final int PARTS = 8;

    private final FtpLineDecoder decoder;
    private final long timeoutNanos;
    private final long partNanos;
    private @Nullable Future<?> waiting;

    public LineTimeoutHandler(FtpLineDecoder decoder, Duration timeout) {
        this.decoder = decoder;
        this.timeoutNanos = timeout.toNanos();
        this.partNanos = Math.max(1, timeoutNanos / PARTS);
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
            await(ctx, timeoutNanos);
        }
        ctx.fireChannelReadComplete();
    }

    private void await(ChannelHandlerContext ctx, long left) {
        long since = ctx.executor().ticker().nanoTime();
        waiting = ctx.executor()
                .schedule(
                        () -> {
                            waiting = null;
                            long counted = ctx.channel().config().isAutoRead()
                                    ? ctx.executor().ticker().nanoTime() - since
                                    : 0;
                            if (counted < left) {
                                await(ctx, left - counted);
                            } else {
                                ctx.fireUserEventTriggered(EXPIRED);
                            }
                        },
                        Math.min(left, partNanos),
                        TimeUnit.NANOSECONDS);
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
