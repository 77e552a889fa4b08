package io.ftpalg.control.tunnel;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.tunnel.TunnelReplies.Refusal;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import java.util.Optional;

/**
 * A client of SOCKS 5 (RFC 1928), which logs in where the gateway has users of its own (RFC 1929): its requests, as those of a
 * {@link ClientTunnel}. One per connection, on its loop.
 */
final class Socks5Handler extends TunnelHandler {
    private Optional<ProxyUser> user = Optional.empty();

    Socks5Handler(ClientTunnel tunnel, TunnelLogin login) {
        super(tunnel, login);
    }

    @Override
    protected void onMessage(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Socks5Message read) || read.decoderResult().isFailure()) {
            refuse(CloseCause.BAD_REQUEST);
        } else if (message instanceof Socks5InitialRequest offer) {
            onMethods(ctx, offer);
        } else if (message instanceof Socks5PasswordAuthRequest password) {
            onPassword(ctx, password);
        } else if (message instanceof Socks5CommandRequest request) {
            onRequest(ctx, request);
        }
    }

    private void onMethods(ChannelHandlerContext ctx, Socks5InitialRequest offer) {
        Socks5AuthMethod method = login.isNeeded() ? Socks5AuthMethod.PASSWORD : Socks5AuthMethod.NO_AUTH;
        if (!offer.authMethods().contains(method)) {
            tunnel.refuse(
                    Optional.of(new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED)),
                    login.isNeeded() ? CloseCause.LOGIN_REFUSED : CloseCause.BAD_REQUEST);
            return;
        }
        ctx.writeAndFlush(new DefaultSocks5InitialResponse(method), ctx.voidPromise());
        next(ctx, login.isNeeded() ? new Socks5PasswordAuthRequestDecoder() : new Socks5CommandRequestDecoder());
    }

    private void onPassword(ChannelHandlerContext ctx, Socks5PasswordAuthRequest request) {
        pause();
        next(ctx, new PendingBytes());
        tunnel.awaitLogin();
        login.check(request.username(), Secret.of(request.password()), new TunnelLogin.Result() {
            @Override
            public void known(ProxyUser known) {
                if (!ctx.isRemoved() && !tunnel.isOver()) {
                    onKnown(ctx, known);
                }
            }

            @Override
            public void refused(CloseCause cause) {
                tunnel.refuse(
                        Optional.of(new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.FAILURE)), cause);
            }
        });
    }

    private void onKnown(ChannelHandlerContext ctx, ProxyUser known) {
        user = Optional.of(known);
        tunnel.awaitRequest();
        ctx.writeAndFlush(new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.SUCCESS), ctx.voidPromise());
        next(ctx, new Socks5CommandRequestDecoder());
        resume(ctx);
    }

    /** The next decoder receives what the last one has not read. */
    private static void next(ChannelHandlerContext ctx, ChannelHandler decoder) {
        ctx.pipeline().replace(HandlerNames.TUNNEL_DECODER, HandlerNames.TUNNEL_DECODER, decoder);
    }

    private void onRequest(ChannelHandlerContext ctx, Socks5CommandRequest request) {
        pause();
        next(ctx, new PendingBytes());
        if (request.type().equals(Socks5CommandType.BIND)) {
            tunnel.bind(user);
        } else if (!request.type().equals(Socks5CommandType.CONNECT)) {
            tunnel.refuse(
                    Optional.of(Socks5Replies.refused(Socks5CommandStatus.COMMAND_UNSUPPORTED)),
                    CloseCause.BAD_REQUEST);
        } else {
            Optional<HostPort> target = target(request);
            target.ifPresentOrElse(
                    named -> tunnel.connect(named, user),
                    () -> tunnel.refuse(
                            Optional.of(new Socks5Replies().refused(Refusal.NOT_ALLOWED)),
                            CloseCause.TARGET_DENIED,
                            request.dstAddr() + ":" + request.dstPort()));
        }
    }

    /** A text that is neither a name nor an address, such as 127.1, is no target. */
    private static Optional<HostPort> target(Socks5CommandRequest request) {
        try {
            return Optional.of(new HostPort(request.dstAddr(), request.dstPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
