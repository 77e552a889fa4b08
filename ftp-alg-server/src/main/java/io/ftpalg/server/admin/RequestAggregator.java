package io.ftpalg.server.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;

/** Gathers a request with its body; one whose body is too long is passed on without it, as a request that could not be decoded. */
final class RequestAggregator extends HttpObjectAggregator {

    RequestAggregator() {
        super(AdminLimits.BODY);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        HttpRequest request = (HttpRequest) oversized;
        DefaultFullHttpRequest refused = new DefaultFullHttpRequest(
                request.protocolVersion(), request.method(), request.uri(), Unpooled.EMPTY_BUFFER);
        refused.setDecoderResult(DecoderResult.failure(new BodyTooLongException()));
        ctx.fireChannelRead(refused);
    }

    /** The body of a request is longer than {@link AdminLimits#BODY}. */
    static final class BodyTooLongException extends TooLongFrameException {
        private static final long serialVersionUID = 1L;

        BodyTooLongException() {
            super("body");
        }
    }
}
