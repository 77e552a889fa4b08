package io.ftpalg.data.tunnel;

import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Secret;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5ClientEncoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks a SOCKS5 proxy for one BIND, by Netty's codec, and leaves the channel to the data connection, with the bytes that came right
 * behind the proxy's second reply. Owned by whoever dialled the channel, which is not read by itself; on its loop, until it is closed.
 */
public final class SocksBindHandler extends ChannelInboundHandlerAdapter {
    private static final String DECODER = "socks-bind-decoder";
    private static final String ENCODER = "socks-bind-encoder";

    /** Receives the outcome: the port, then the connection; or a failure in place of each, as the last. */
    public interface Receiver {
        /** The proxy waits for the server there. */
        void onListening(InetSocketAddress port);

        /** The server has connected. */
        void onConnected(InetSocketAddress peer);

        /** Another than the server has connected; the connection is to be closed. */
        void onUnexpectedPeer(InetSocketAddress peer);

        /** There will be no connection; the channel is to be closed. */
        void onFailed(DataFailure failure, String detail);
    }

    private enum Step {
        REQUEST,
        LISTENING,
        OVER
    }

    private final SocksBind bind;
    private final Receiver receiver;
    private final Future<?> deadline;
    private Step step = Step.REQUEST;

    private SocksBindHandler(Channel channel, SocksBind bind, Duration timeout, Receiver receiver) {
        this.bind = bind;
        this.receiver = receiver;
        this.deadline = channel.eventLoop()
                .schedule(() -> fail("BIND: no reply in time"), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Begins on a channel that is connected to the proxy.
     *
     * @param timeout the time until the proxy listens; for how long the server is awaited is the owner's concern
     */
    public static void begin(Channel channel, SocksBind bind, Duration timeout, Receiver receiver) {
        SocksBindHandler handler = new SocksBindHandler(channel, bind, timeout, receiver);
        channel.pipeline()
                .addFirst(handler)
                .addFirst(ENCODER, Socks5ClientEncoder.DEFAULT)
                .addFirst(DECODER, new Socks5InitialResponseDecoder());
        channel.closeFuture().addListener(closed -> handler.deadline.cancel(false));
        List<Socks5AuthMethod> methods = bind.proxy().user().isPresent()
                ? List.of(Socks5AuthMethod.NO_AUTH, Socks5AuthMethod.PASSWORD)
                : List.of(Socks5AuthMethod.NO_AUTH);
        handler.send(channel.pipeline().context(handler), new DefaultSocks5InitialRequest(methods));
    }

    private void send(ChannelHandlerContext ctx, Socks5Message request) {
        ctx.writeAndFlush(request);
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (step == Step.OVER || !(message instanceof Socks5Message reply)) {
            ctx.fireChannelRead(message);
        } else if (reply.decoderResult().isFailure()) {
            fail("its reply is not SOCKS5");
        } else if (reply instanceof Socks5InitialResponse chosen) {
            onMethod(ctx, chosen.authMethod());
        } else if (reply instanceof Socks5PasswordAuthResponse checked) {
            onPassword(ctx, checked.status());
        } else if (reply instanceof Socks5CommandResponse done) {
            onReply(ctx, done);
        }
    }

    private void onMethod(ChannelHandlerContext ctx, Socks5AuthMethod method) {
        if (method.equals(Socks5AuthMethod.NO_AUTH)) {
            request(ctx);
        } else if (method.equals(Socks5AuthMethod.PASSWORD)
                && bind.proxy().user().isPresent()) {
            decodeNext(ctx, new Socks5PasswordAuthResponseDecoder());
            send(
                    ctx,
                    new DefaultSocks5PasswordAuthRequest(
                            bind.proxy().user().get(),
                            bind.proxy().password().map(Secret::reveal).orElse("")));
        } else {
            fail("unexpected authMethod: " + method);
        }
    }

    private void onPassword(ChannelHandlerContext ctx, Socks5PasswordAuthStatus status) {
        if (status.equals(Socks5PasswordAuthStatus.SUCCESS)) {
            request(ctx);
        } else {
            fail("authStatus: " + status);
        }
    }

    private void request(ChannelHandlerContext ctx) {
        InetSocketAddress server = bind.server();
        decodeNext(ctx, new Socks5CommandResponseDecoder());
        send(
                ctx,
                new DefaultSocks5CommandRequest(
                        Socks5CommandType.BIND,
                        server.isUnresolved() ? Socks5AddressType.DOMAIN : type(server.getAddress()),
                        server.isUnresolved() ? server.getHostString() : IpLiteral.format(server.getAddress()),
                        server.getPort()));
    }

    private static Socks5AddressType type(InetAddress address) {
        return IpLiteral.canonical(address) instanceof Inet6Address ? Socks5AddressType.IPv6 : Socks5AddressType.IPv4;
    }

    private void onReply(ChannelHandlerContext ctx, Socks5CommandResponse reply) {
        if (!reply.status().equals(Socks5CommandStatus.SUCCESS)) {
            fail("BIND: status: " + reply.status());
        } else if (step == Step.REQUEST) {
            bind.port(host(reply), reply.bndPort())
                    .ifPresentOrElse(
                            port -> onPort(ctx, port),
                            () -> fail("BIND: no address for the server: " + host(reply) + ':' + reply.bndPort()));
        } else {
            onPeer(ctx, bind.peer(host(reply), reply.bndPort()));
        }
    }

    private static String host(Socks5CommandResponse reply) {
        return reply.bndAddr() == null ? "" : reply.bndAddr();
    }

    private void onPort(ChannelHandlerContext ctx, InetSocketAddress port) {
        step = Step.LISTENING;
        deadline.cancel(false);
        receiver.onListening(port);
        // It may have the second reply already.
        decodeNext(ctx, new Socks5CommandResponseDecoder());
    }

    private void onPeer(ChannelHandlerContext ctx, InetSocketAddress peer) {
        step = Step.OVER;
        if (!bind.mayConnect(peer)) {
            receiver.onUnexpectedPeer(peer);
            return;
        }
        // What the decoder has read behind the reply passes by this handler, to those of the data connection.
        ctx.pipeline().remove(DECODER);
        ctx.pipeline().remove(ENCODER);
        ctx.pipeline().remove(this);
        receiver.onConnected(peer);
    }

    private static void decodeNext(ChannelHandlerContext ctx, ChannelHandler decoder) {
        ctx.pipeline().replace(DECODER, DECODER, decoder);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (step == Step.OVER) {
            ctx.fireChannelReadComplete();
        } else {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (step != Step.OVER && event == ChannelInputShutdownEvent.INSTANCE) {
            fail("BIND: disconnected");
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("BIND: disconnected");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(SocketErrors.reason(cause));
    }

    private void fail(String fact) {
        if (step == Step.OVER) {
            return;
        }
        DataFailure failure = step == Step.REQUEST ? DataFailure.NO_SOCKET : DataFailure.NOT_CONNECTED;
        step = Step.OVER;
        deadline.cancel(false);
        receiver.onFailed(failure, bind.name() + ": " + fact);
    }
}
