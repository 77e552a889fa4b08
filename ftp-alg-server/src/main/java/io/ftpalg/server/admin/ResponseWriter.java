package io.ftpalg.server.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the responses of one connection, and lets the next request come, or ends the connection. On its event loop. */
final class ResponseWriter {
    /** How long what a refused client still sends is read, so that it receives the response and no reset. */
    private static final long LINGER_MILLIS = 1000;

    private static final Map<String, String> PROTECTION = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "x-frame-options",
            "DENY",
            "referrer-policy",
            "no-referrer",
            "cross-origin-resource-policy",
            "same-origin",
            "cross-origin-opener-policy",
            "same-origin",
            "cache-control",
            "no-store");

    private final AdminEndpoint endpoint;
    private boolean ending;
    private @Nullable ChannelEventStream stream;

    ResponseWriter(AdminEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Returns whether what the client sends now has no response any more. */
    boolean isEnding() {
        return ending;
    }

    /** Sends a response, and reads the next request if the connection stays open. */
    void write(ChannelHandlerContext ctx, AdminResponse response, boolean keepAlive) {
        if (response instanceof AdminResponse.Events events) {
            stream(ctx, events);
            return;
        }
        AdminResponse.Whole whole = (AdminResponse.Whole) response;
        ending = !keepAlive || ending;
        ChannelFuture sent = send(ctx, whole);
        sent.addListener(done -> {
            if (!done.isSuccess() || !keepAlive) {
                ctx.close();
            } else {
                ctx.read();
            }
        });
    }

    /** Sends a response to a request that was not read to its end. */
    void last(ChannelHandlerContext ctx, AdminResponse response) {
        ending = true;
        send(ctx, (AdminResponse.Whole) response);
        ctx.channel().config().setAutoRead(true);
        ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private ChannelFuture send(ChannelHandlerContext ctx, AdminResponse.Whole whole) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(whole.status()), Unpooled.wrappedBuffer(whole.body()));
        HttpHeaders headers = response.headers();
        PROTECTION.forEach(headers::set);
        whole.headers().forEach(headers::set);
        headers.set(HttpHeaderNames.CONTENT_TYPE, whole.contentType());
        HttpUtil.setContentLength(response, whole.body().length);
        if (ending) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture sent = ctx.writeAndFlush(response);
        var late = ctx.executor().schedule(() -> ctx.close(), AdminLimits.WRITE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        sent.addListener(done -> late.cancel(false));
        return sent;
    }

    private void stream(ChannelHandlerContext ctx, AdminResponse.Events events) {
        if (!endpoint.admitStream(ctx.channel())) {
            write(
                    ctx,
                    AdminResponse.error(
                            503, "there are " + AdminLimits.STREAMS + " event streams already: close some of them"),
                    false);
            return;
        }
        ending = true;
        DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        PROTECTION.forEach(head.headers()::set);
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpUtil.setTransferEncodingChunked(head, true);
        ctx.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        ChannelEventStream started = new ChannelEventStream(ctx.channel());
        stream = started;
        started.start();
        // The end of the connection is noticed by reading; what a client sends is dropped.
        ctx.read();
        events.begin().accept(started);
    }

    void onWritabilityChanged(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.onWritabilityChanged(ctx.channel().isWritable());
        }
    }
}
