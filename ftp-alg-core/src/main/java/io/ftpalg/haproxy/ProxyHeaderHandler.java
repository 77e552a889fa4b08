package io.ftpalg.haproxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Awaits the PROXY header of a connection, the first handler of its pipeline, and then removes itself; the bytes behind the
 * header go to the handlers behind it. Has its own byte stream only; on the channel's loop.
 */
public final class ProxyHeaderHandler extends ByteToMessageDecoder {
    private final boolean required;
    private final Duration timeout;
    private final Receiver receiver;
    private final ProxyHeaderReader reader = new ProxyHeaderReader();
    private Step step = Step.FIRST_BYTES;
    private @Nullable Future<?> deadline;

    private enum Step {
        FIRST_BYTES,
        HEADER,
        PASSED,
        ENDED
    }

    /** Receives the result of the header: one call of the first three, unless the peer closes before, and the last. */
    public interface Receiver {
        /** The header is read; handlers that are added in this call receive what is behind it. */
        void onHeader(ProxyHeader header);

        /** There is none, although one is required; the connection is being closed. */
        void onMissing();

        /** It is broken, too long or too late; the connection is being closed. */
        void onBroken(String detail);

        /** No header is awaited any more. */
        default void onOver() {}
    }

    /**
     * Makes it.
     *
     * @param required whether a connection without a header is closed; otherwise it is its own ({@link ProxyHeader#LOCAL}), once its
     *     first bytes show that, or when none have come in time
     * @param timeout the time until the header is complete
     */
    public ProxyHeaderHandler(boolean required, Duration timeout, Receiver receiver) {
        this.required = required;
        this.timeout = timeout;
        this.receiver = receiver;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> onLate(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (step == Step.FIRST_BYTES) {
            switch (ProxyHeaderReader.start(in)) {
                case HEADER -> step = Step.HEADER;
                case OTHER -> onNone(ctx);
                case UNDECIDED -> {}
            }
        }
        if (step == Step.HEADER) {
            readHeader(ctx, in);
        }
        if (step == Step.ENDED) {
            in.skipBytes(in.readableBytes());
        }
    }

    private void readHeader(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            Optional<ProxyHeader> header = reader.read(in);
            if (header.isPresent()) {
                pass(ctx, header.get());
            }
        } catch (ProxyHeaderException e) {
            reject(ctx, String.valueOf(e.getMessage()));
        }
    }

    private void onNone(ChannelHandlerContext ctx) {
        if (required) {
            end(ctx);
            receiver.onMissing();
        } else {
            pass(ctx, ProxyHeader.LOCAL);
        }
    }

    private void pass(ChannelHandlerContext ctx, ProxyHeader header) {
        step = Step.PASSED;
        receiver.onHeader(header);
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    private void reject(ChannelHandlerContext ctx, String detail) {
        end(ctx);
        receiver.onBroken(detail);
    }

    private void end(ChannelHandlerContext ctx) {
        step = Step.ENDED;
        ctx.close();
    }

    private void onLate(ChannelHandlerContext ctx) {
        if (step == Step.HEADER || step == Step.FIRST_BYTES && actualReadableBytes() > 0) {
            reject(ctx, "not complete in time");
        } else if (step == Step.FIRST_BYTES) {
            onNone(ctx);
        }
    }

    /** A balancer that only tries whether the port is open. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && step != Step.PASSED) {
            end(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(ctx);
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
        reader.close();
        receiver.onOver();
    }
}
