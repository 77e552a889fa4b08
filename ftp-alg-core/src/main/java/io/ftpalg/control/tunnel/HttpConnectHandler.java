package io.ftpalg.control.tunnel;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.http.HttpFile;
import io.ftpalg.control.http.HttpResponder;
import io.ftpalg.control.http.KeptConnection;
import io.ftpalg.control.http.UploadPump;
import io.ftpalg.control.tunnel.TunnelReplies.Refusal;
import io.ftpalg.http.FileRequest;
import io.ftpalg.http.HttpRefusal;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.HostPort;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP that asks for a connection by CONNECT (RFC 9110 section 9.3.6), or for a file by its ftp:// URL, and logs in where the gateway has users of its own
 * (RFC 7617): its requests, one after the other, each that of a {@link ClientTunnel}. One per connection, on its loop: what follows a
 * CONNECT is the tunnel's, and behind a response that is not whole the connection ends.
 */
final class HttpConnectHandler extends TunnelHandler implements KeptConnection {
    private final RequestDecoder decoder;
    private final HttpReplies replies;
    private @Nullable HttpRequest request;

    HttpConnectHandler(ClientTunnel tunnel, TunnelLogin login, RequestDecoder decoder, HttpReplies replies) {
        super(tunnel, login);
        this.decoder = decoder;
        this.replies = replies;
    }

    @Override
    protected void onMessage(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            replies.of(head);
        }
        if (message instanceof HttpObject read && read.decoderResult().isFailure()) {
            refuse(
                    read.decoderResult().cause() instanceof TooLongFrameException
                            ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                            : HttpResponseStatus.BAD_REQUEST,
                    "This is not a request of HTTP, or too large a one.");
        } else if (message instanceof HttpRequest head) {
            onHead(ctx, head);
        } else if (message instanceof LastHttpContent && request != null) {
            onRequest(ctx, request);
        }
    }

    /** With a body, or two lengths, the next server may see another end of the request than this one. */
    private void onHead(ChannelHandlerContext ctx, HttpRequest head) {
        if (head.protocolVersion().majorVersion() != 1) {
            refuse(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "This proxy has HTTP/1.1 and HTTP/1.0 only.");
        } else if (!head.method().equals(HttpMethod.CONNECT)) {
            onFile(ctx, head);
        } else if (head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            refuse(HttpResponseStatus.BAD_REQUEST, "CONNECT has no body.");
        } else {
            request = head;
        }
    }

    /** What follows on this connection is the body of this request, or nothing. */
    private void onFile(ChannelHandlerContext ctx, HttpRequest head) {
        FileRequest file;
        try {
            file = FileRequest.of(head.method().name(), head.uri(), head.headers()::getAll);
        } catch (HttpRefusal refusal) {
            refuse(HttpResponseStatus.valueOf(refusal.status()), refusal.text());
            return;
        }
        pause();
        UploadPump body = new UploadPump();
        ctx.pipeline().addAfter(HandlerNames.TUNNEL_DECODER, HandlerNames.TUNNEL_BODY, body);
        HttpResponder responder = new HttpResponder(tunnel.channel(), head, tunnel.limits(), this);
        Consumer<Optional<ProxyUser>> fetch = user -> tunnel.fetch(file.url().server(), user, session -> new HttpFile(
                        tunnel.channel(), tunnel.client(), file, body, responder, session)
                .start(tunnel.telnet()));
        if (login.isNeeded()) {
            logIn(ctx, head, fetch);
        } else {
            fetch.accept(Optional.empty());
        }
    }

    @Override
    public boolean mayContinue() {
        return decoder.hasWhole() && tunnel.mayContinue();
    }

    /** Not within what has brought the end of the response. */
    @Override
    public void next() {
        tunnel.channel().eventLoop().execute(this::awaitNext);
    }

    private void awaitNext() {
        ChannelHandlerContext ctx = tunnel.channel().pipeline().context(decoder);
        if (ctx == null || !tunnel.awaitNext(decoder::hasBegun)) {
            return;
        }
        ctx.pipeline().remove(HandlerNames.TUNNEL_BODY);
        TunnelPipelines.readSmallPieces(tunnel.channel());
        request = null;
        unpause();
        decoder.next();
        // What was received already is decoded, and then more is read.
        ChannelHandlerContext before = ctx.pipeline().context(HandlerNames.TUNNEL_ENCODER);
        before.fireChannelRead(Unpooled.EMPTY_BUFFER);
        before.fireChannelReadComplete();
    }

    private void onRequest(ChannelHandlerContext ctx, HttpRequest connect) {
        pause();
        // The port must be there: it is no URI, which has a default.
        Optional<HostPort> target = HostPort.parse(connect.uri(), 0);
        if (target.isEmpty()) {
            refuse(HttpResponseStatus.BAD_REQUEST, "CONNECT needs HOST:PORT.");
        } else if (login.isNeeded()) {
            logIn(ctx, connect, user -> tunnel.connect(target.get(), user));
        } else {
            tunnel.connect(target.get(), Optional.empty());
        }
    }

    private void logIn(ChannelHandlerContext ctx, HttpRequest head, Consumer<Optional<ProxyUser>> then) {
        Optional<BasicCredentials> credentials =
                BasicCredentials.of(head.headers().getAll(HttpHeaderNames.PROXY_AUTHORIZATION));
        if (credentials.isEmpty()) {
            refuseLogin(CloseCause.LOGIN_REFUSED);
            return;
        }
        tunnel.awaitLogin();
        login.check(credentials.get().user(), credentials.get().password(), new TunnelLogin.Result() {
            @Override
            public void known(ProxyUser user) {
                if (!ctx.isRemoved() && !tunnel.isOver()) {
                    then.accept(Optional.of(user));
                }
            }

            @Override
            public void refused(CloseCause cause) {
                refuseLogin(cause);
            }
        });
    }

    private void refuseLogin(CloseCause cause) {
        if (cause == CloseCause.USERS_UNAVAILABLE) {
            tunnel.refuse(Refusal.FAILED, cause);
            return;
        }
        FullHttpResponse reply = replies.refused(
                HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED, "This proxy needs a user and a password of its own.");
        reply.headers().set(HttpHeaderNames.PROXY_AUTHENTICATE, "Basic realm=\"FTP proxy\"");
        tunnel.refuse(Optional.of(reply), cause);
    }

    private void refuse(HttpResponseStatus status, String text) {
        tunnel.refuse(Optional.of(replies.refused(status, text)), CloseCause.BAD_REQUEST);
    }
}
