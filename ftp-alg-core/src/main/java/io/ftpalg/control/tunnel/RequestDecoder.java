package io.ftpalg.control.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes one request of HTTP at a time: what a client has sent behind it stays bytes, less than one read of them, until {@link #next}.
 * So pipelined requests cost no more than that, and what follows a CONNECT is passed on undecoded when this handler is removed. One for
 * each connection, on its loop.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private enum State {
        /** Nothing of a request was received. */
        IDLE,
        /** Some of it was. */
        RECEIVING,
        /** All of it was. */
        WHOLE,
        /** It was malformed. */
        BROKEN
    }

    private State state = State.IDLE;

    RequestDecoder(HttpDecoderConfig limits) {
        super(limits);
    }

    /** Returns whether anything of a request was received, since the last one. */
    boolean hasBegun() {
        return state != State.IDLE;
    }

    /** Returns whether the request, its body included, was received to its end. */
    boolean hasWhole() {
        return state == State.WHOLE;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) throws Exception {
        if (state == State.WHOLE || state == State.BROKEN && !bytes.isReadable()) {
            return;
        }
        if (state == State.IDLE && bytes.isReadable()) {
            state = State.RECEIVING;
        }
        super.decode(ctx, bytes, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent last) {
            state = last.decoderResult().isSuccess() ? State.WHOLE : State.BROKEN;
        }
    }

    /** From the next read on the next request is decoded. */
    void next() {
        state = State.IDLE;
    }
}
