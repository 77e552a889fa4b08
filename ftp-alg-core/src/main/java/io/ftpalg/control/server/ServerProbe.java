package io.ftpalg.control.server;

import io.ftpalg.codec.FtpCodecException;
import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.control.channel.LingeringClose;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.data.tunnel.TunnelErrors;
import io.ftpalg.data.tunnel.TunnelInitializer;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.RouterContext.Probe;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One health check of one server: connects, waits for its greeting if configured, and closes. Without an owner once begun; runs
 * on one event loop until its connection is closed, which its timeout sees to.
 *
 * <p>It is no session: admission neither counts it nor remembers its end, which a client on this host may have next.
 */
final class ServerProbe {
    /** For the server's reply to QUIT, and its end. */
    private static final Duration QUIT_GRACE = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final EventLoop loop;
    private final Probe how;
    private final Duration timeout;
    private final Optional<SentProxyHeader> header;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    private ServerProbe(
            Gateway gateway, EventLoop loop, Probe how, Duration timeout, Optional<SentProxyHeader> header) {
        this.gateway = gateway;
        this.loop = loop;
        this.how = how;
        this.timeout = timeout;
        this.header = header;
    }

    /** Checks the server; the outcome comes on the loop, cancelled if there is no free socket. */
    static CompletableFuture<Void> of(
            Gateway gateway,
            EventLoop loop,
            InetSocketAddress server,
            Probe how,
            Duration timeout,
            Optional<InetAddress> source,
            Via via,
            Optional<SendProxy> sendProxy) {
        return of(gateway, loop, gateway.transport()::controlSockets, server, how, timeout, source, via, sendProxy);
    }

    /** Checks the server with such a socket. */
    static CompletableFuture<Void> of(
            Gateway gateway,
            EventLoop loop,
            Function<InetAddress, ChannelFactory<SocketChannel>> families,
            InetSocketAddress server,
            Probe how,
            Duration timeout,
            Optional<InetAddress> source,
            Via via,
            Optional<SendProxy> sendProxy) {
        ServerProbe probe = new ServerProbe(gateway, loop, how, timeout, sendProxy.map(ClientEnds::headerOfCheck));
        if (via.isTunnel()) {
            loop.execute(() -> probe.startThrough(via, families, server, source));
        } else {
            loop.execute(() ->
                    probe.start(families.apply(source.orElse(server.getAddress())), server, source, Optional.empty()));
        }
        return probe.outcome;
    }

    /** Checks the server through the first address of the proxy that the source can reach. */
    private void startThrough(
            Via via,
            Function<InetAddress, ChannelFactory<SocketChannel>> families,
            InetSocketAddress server,
            Optional<InetAddress> source) {
        FirstProxy.addresses(via, gateway.names().on(loop))
                .whenComplete((proxies, failure) -> loop.execute(() -> {
                    if (proxies == null) {
                        fail(SocketErrors.rootMessage(Objects.requireNonNull(failure)));
                        return;
                    }
                    InetSocketAddress proxy =
                            ServerConnector.reachable(proxies, source).get(0);
                    start(
                            families.apply(source.orElse(proxy.getAddress())),
                            proxy,
                            source,
                            Optional.of(new TunnelInitializer(new Tunnel(via, proxy, server), timeout)));
                }));
    }

    private void start(
            ChannelFactory<SocketChannel> sockets,
            InetSocketAddress server,
            Optional<InetAddress> source,
            Optional<TunnelInitializer> tunnel) {
        if (gateway.ownListener().test(server)) {
            fail(server + " is a listener of this gateway");
            return;
        }
        SocketChannel socket;
        try {
            socket = sockets.newChannel();
        } catch (RuntimeException e) {
            // The gateway's own shortage is no result for the server.
            outcome.cancel(false);
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> socket)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Transport.connectMillis(timeout.toNanos()));
        source.ifPresent(own -> bootstrap.localAddress(new InetSocketAddress(own, 0)));
        ChannelFuture connecting = tunnel.map(proxies -> proxies.connect(bootstrap))
                .orElseGet(() -> bootstrap.handler(greeting()).connect(server));
        ScheduledFuture<?> deadline = loop.schedule(
                () -> {
                    fail("no result within " + timeout.toMillis() + " ms");
                    socket.close();
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        outcome.whenComplete((well, failure) -> deadline.cancel(false));
        connecting.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess() && tunnel.isPresent()) {
                tunnel.get().result().addListener(through -> onTunnel(socket, tunnel.get(), through));
            } else {
                if (done.isSuccess()) {
                    sendHeader(socket);
                }
                onConnected(socket, done, failure -> String.valueOf(failure.getMessage()));
            }
        });
    }

    private void sendHeader(SocketChannel channel) {
        header.ifPresent(bytes -> channel.writeAndFlush(bytes.buffer()));
    }

    private ChannelInitializer<SocketChannel> greeting() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                Limits limits = gateway.limits();
                channel.pipeline()
                        .addLast(new FtpReplyDecoder(
                                limits.replyLine(), limits.replyLines(), limits.replyBytes(), gateway.telnet()))
                        .addLast(new FtpEncoder(gateway.telnet()))
                        .addLast(new GreetingHandler());
            }
        };
    }

    private void onTunnel(SocketChannel channel, TunnelInitializer tunnel, Future<?> through) {
        if (through.isSuccess()) {
            sendHeader(channel);
            channel.pipeline().addLast(greeting());
            tunnel.passOn(channel);
        }
        onConnected(channel, through, TunnelErrors::reason);
    }

    private void onConnected(SocketChannel channel, Future<?> connecting, Function<Throwable, String> reason) {
        if (!connecting.isSuccess()) {
            fail(reason.apply(connecting.cause()));
        } else if (outcome.isDone()) {
            channel.close();
        } else if (how == Probe.TCP) {
            leave(channel);
            outcome.complete(null);
        }
    }

    private void fail(String reason) {
        outcome.completeExceptionally(new IOException(reason));
    }

    /** A server that is closed upon in the midst of its greeting would log an error each time. */
    private static void leave(SocketChannel channel) {
        LingeringClose.of(channel, QUIT_GRACE);
    }

    /** Waits for the greeting, and ignores what comes after it. */
    private final class GreetingHandler extends ChannelInboundHandlerAdapter {
        private static final int READY_SOON = 120;
        private static final int READY = 220;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof ReplyLine line)) {
                ReferenceCountUtil.release(message);
            } else if (!outcome.isDone() && line.ends() && line.code() != READY_SOON) {
                onGreeting((SocketChannel) ctx.channel(), line);
            }
        }

        private void onGreeting(SocketChannel channel, ReplyLine line) {
            channel.write(FtpCommand.of(FtpVerb.QUIT), channel.voidPromise());
            leave(channel);
            if (line.code() == READY) {
                outcome.complete(null);
            } else {
                fail("its greeting is " + line.wire());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            fail("it closed the connection before its greeting");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(cause instanceof FtpCodecException ? "its greeting is not FTP" : String.valueOf(cause.getMessage()));
            ctx.close();
        }
    }
}
