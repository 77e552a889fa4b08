package io.ftpalg.control.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Replies of HTTP to CONNECT (RFC 9110 section 9.3.6). Each that refuses ends the connection. */
final class HttpReplies implements TunnelReplies {
    private static final HttpResponseStatus ESTABLISHED = new HttpResponseStatus(200, "Connection established");

    /** A tunnel begins behind the header, so that there is no length. */
    @Override
    public Object granted(InetSocketAddress address) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, ESTABLISHED, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public Object refused(Refusal why) {
        return switch (why) {
            case NOT_ALLOWED ->
                refused(
                        HttpResponseStatus.FORBIDDEN,
                        "This proxy does not allow this target: it connects to FTP servers.");
            case FAILED -> refused(HttpResponseStatus.BAD_GATEWAY, "The FTP server is not available, try again later.");
            case TIMEOUT -> refused(HttpResponseStatus.GATEWAY_TIMEOUT, "The FTP server did not reply in time.");
        };
    }

    /** Returns the reply with this status, and a line for people. */
    static FullHttpResponse refused(HttpResponseStatus status, String text) {
        ByteBuf body = Unpooled.copiedBuffer(text + "\n", StandardCharsets.US_ASCII);
        FullHttpResponse reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        reply.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=us-ascii")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return reply;
    }
}
