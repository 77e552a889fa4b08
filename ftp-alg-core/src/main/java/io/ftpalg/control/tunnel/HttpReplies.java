package io.ftpalg.control.tunnel;

import io.ftpalg.http.Page;
import io.ftpalg.http.TextForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Replies of HTTP to CONNECT (RFC 9110 section 9.3.6), and to requests for files that are refused before they have a session. Each that
 * refuses ends the connection. One for each connection, on its loop.
 */
final class HttpReplies implements TunnelReplies {
    private static final HttpResponseStatus ESTABLISHED = new HttpResponseStatus(200, "Connection established");

    private TextForm form = TextForm.HTML;
    private HttpMethod method = HttpMethod.GET;

    /** What follows is a reply to this request. */
    void of(HttpRequest request) {
        method = request.method();
        form = TextForm.of(request.headers().getAll(HttpHeaderNames.ACCEPT));
    }

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
            case FAILED ->
                method.equals(HttpMethod.CONNECT)
                        ? refused(HttpResponseStatus.BAD_GATEWAY, "The FTP server is not available, try again later.")
                        : refused(
                                HttpResponseStatus.SERVICE_UNAVAILABLE,
                                "The proxy cannot serve this request now, try again later.");
            case TIMEOUT -> refused(HttpResponseStatus.GATEWAY_TIMEOUT, "The FTP server did not reply in time.");
        };
    }

    /** Returns the reply with this status, and a line for people. */
    FullHttpResponse refused(HttpResponseStatus status, String text) {
        String page = Page.text(status.code(), List.of(text), form);
        ByteBuf body = Unpooled.copiedBuffer(method.equals(HttpMethod.HEAD) ? "" : page, StandardCharsets.UTF_8);
        FullHttpResponse reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        Page.head(status.code(), form).headers().forEach(header -> reply.headers()
                .set(header.name(), header.value()));
        reply.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, page.getBytes(StandardCharsets.UTF_8).length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return reply;
    }
}
