package io.ftpalg.control.http;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.channel.LingeringClose;
import io.ftpalg.http.HttpDates;
import io.ftpalg.http.ResponseHead;
import io.ftpalg.policy.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Sends the response to one request. The connection ends behind it, unless the client keeps it (HTTP/1.1), the request was read whole,
 * and the response says where its own end is. On its loop.
 */
public final class HttpResponder {
    private static final String VIA = "1.1 ftp-alg";
    /** What clients of HTTP/1.0 proxies still send (RFC 9110 appendix B.1). */
    private static final String PROXY_CONNECTION = "Proxy-Connection";

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final SocketChannel channel;
    private final Limits limits;
    private final boolean head;
    private final boolean old;
    private final boolean continues;
    private final boolean persistent;
    private final KeptConnection connection;
    private Runnable sent = () -> {};
    private boolean delimited;
    private boolean kept;

    public HttpResponder(SocketChannel channel, HttpRequest request, Limits limits, KeptConnection connection) {
        this.channel = channel;
        this.limits = limits;
        this.head = request.method().name().equals("HEAD");
        this.old = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        this.continues = HttpUtil.is100ContinueExpected(request);
        this.persistent = !old
                && HttpUtil.isKeepAlive(request)
                && !request.headers().containsValue(PROXY_CONNECTION, HttpHeaderValues.CLOSE, true);
        this.connection = connection;
    }

    KeptConnection connection() {
        return connection;
    }

    Limits limits() {
        return limits;
    }

    /** Sets what runs once a response was sent behind which the connection stays. */
    void whenSent(Runnable then) {
        sent = then;
    }

    SocketChannel channel() {
        return channel;
    }

    /** The body of the request is read now. */
    void mayContinue() {
        if (continues) {
            channel.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    /** Sends a response that is whole. */
    public void respond(ResponseHead what, String text) {
        ByteBuf body = Unpooled.copiedBuffer(head ? "" : text, StandardCharsets.UTF_8);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(what.status()), body);
        delimited = true;
        addHeaders(response, what);
        if (!head && what.status() != NO_CONTENT && what.status() != NOT_MODIFIED) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        end(response);
    }

    /** Sends the head; pieces follow, and {@link #end}, or {@link #cut}. */
    void begin(ResponseHead what) {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(what.status()));
        delimited = what.length().isPresent() || !old;
        addHeaders(response, what);
        if (what.length().isEmpty() && !old) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        channel.writeAndFlush(response, channel.voidPromise());
    }

    private void addHeaders(HttpResponse response, ResponseHead what) {
        response.headers()
                .set(HttpHeaderNames.DATE, HttpDates.format(Instant.now()))
                .set(HttpHeaderNames.VIA, VIA);
        kept = persistent && delimited && connection.mayContinue();
        if (!kept) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        what.headers().forEach(each -> response.headers().add(each.name(), each.value()));
        what.length().ifPresent(bytes -> response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes));
    }

    void write(ByteBuf piece) {
        channel.write(new DefaultHttpContent(piece), channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /** Ends the response that was begun. */
    void end() {
        end(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** The last is sent before the connection is closed, however slowly it is read. */
    private void end(Object last) {
        var stalled = channel.eventLoop()
                .schedule(() -> channel.close(), limits.stallTimeout().toNanos(), TimeUnit.NANOSECONDS);
        ChannelFutureListener closed = future -> stalled.cancel(false);
        channel.closeFuture().addListener(closed);
        channel.writeAndFlush(last).addListener(written -> {
            if (kept && written.isSuccess()) {
                stalled.cancel(false);
                channel.closeFuture().removeListener(closed);
                sent.run();
            } else {
                LingeringClose.of(channel, limits.closeGrace());
            }
        });
    }

    /** Ends the connection so that the client notices that the response is not whole: where nothing else shows that, by a reset. */
    void cut() {
        ChannelHandlerContext encoder = channel.pipeline().context(HandlerNames.TUNNEL_ENCODER);
        if (delimited && encoder != null) {
            var late = channel.eventLoop()
                    .schedule(() -> channel.close(), limits.closeGrace().toNanos(), TimeUnit.NANOSECONDS);
            channel.closeFuture().addListener(closed -> late.cancel(false));
            // Not by the encoder, which would make it a piece of the body.
            encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> channel.close());
        } else {
            if (channel.isOpen()) {
                channel.config().setSoLinger(0);
            }
            channel.close();
        }
    }
}
