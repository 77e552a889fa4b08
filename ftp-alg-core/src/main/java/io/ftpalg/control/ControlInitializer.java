package io.ftpalg.control;

import io.ftpalg.codec.FtpCommandDecoder;
import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.channel.LineTimeoutHandler;
import io.ftpalg.control.channel.LingeringClose;
import io.ftpalg.control.shared.Admission;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.OriginalDestination;
import io.ftpalg.control.tunnel.TunnelPipelines;
import io.ftpalg.haproxy.ProxyHeader;
import io.ftpalg.haproxy.ProxyHeaderHandler;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets accepted clients in, or turns them away, and builds the pipelines of their control connections, top to bottom. */
public final class ControlInitializer extends ChannelInitializer<SocketChannel> {
    private static final Logger logger = LoggerFactory.getLogger(ControlInitializer.class);

    private final Supplier<Gateway> receiver;

    /** Makes the initializer of accepted clients, which belong to the gateway that is the receiver in that moment. */
    public ControlInitializer(Supplier<Gateway> receiver) {
        this.receiver = receiver;
    }

    @Override
    protected void initChannel(SocketChannel client) {
        InetSocketAddress address = client.remoteAddress();
        if (address == null) {
            // Reset between the kernel's accept and ours.
            client.close();
            return;
        }
        Gateway gateway = receiver.get();
        boolean isBalancer = gateway.proxyProtocol()
                .filter(balancers -> balancers.isFrom(address.getAddress()))
                .isPresent();
        if (isBalancer) {
            awaitHeader(gateway, client, address);
        } else {
            receive(receiver, client, NamedClient.of(address));
        }
    }

    /** The client is known once the balancer has named it. */
    private void awaitHeader(Gateway gateway, SocketChannel balancer, InetSocketAddress address) {
        Admission admission = gateway.admission();
        if (admission.needsDescriptorOf(balancer, System.nanoTime())) {
            report(gateway, address, CloseCause.NO_SOCKET);
            reset(balancer);
        } else if (admission.enterAwaited()) {
            balancer.pipeline()
                    .addLast(new ProxyHeaderHandler(
                            gateway.proxyProtocol().orElseThrow().required(),
                            gateway.limits().get(Limit.Time.PROXY_HEADER_TIMEOUT),
                            new HeaderReceiver(gateway, balancer, address)));
        } else {
            report(gateway, address, CloseCause.SESSION_LIMIT);
            reset(balancer);
        }
    }

    /** Makes the session of the client that a balancer names. */
    private final class HeaderReceiver implements ProxyHeaderHandler.Receiver {
        private final Gateway gateway;
        private final SocketChannel balancer;
        private final InetSocketAddress address;

        private HeaderReceiver(Gateway gateway, SocketChannel balancer, InetSocketAddress address) {
            this.gateway = gateway;
            this.balancer = balancer;
            this.address = address;
        }

        @Override
        public void onHeader(ProxyHeader header) {
            NamedClient named = new NamedClient(header.client().orElse(address), header.destination());
            receive(receiver, balancer, named)
                    .ifPresentOrElse(events -> start(balancer, events), () -> TunnelPipelines.start(balancer));
        }

        @Override
        public void onMissing() {
            report(gateway, address, CloseCause.NO_PROXY_HEADER);
        }

        @Override
        public void onBroken(String detail) {
            logger.debug("PROXY header of {}: {}", address, detail);
            report(gateway, address, CloseCause.BAD_PROXY_HEADER);
        }

        @Override
        public void onOver() {
            gateway.admission().leaveAwaited();
        }
    }

    /** Starts the session of a channel that may have become active, and been read, before. */
    static void start(SocketChannel client, ControlEvents events) {
        // As when it becomes active, which other handlers may have seen already.
        client.pipeline().context(LineTimeoutHandler.class).fireChannelActive();
        // It may have been accepted without reading.
        events.onWritabilityChanged();
        if (client.isInputShutdown()) {
            // Behind what other handlers have read and pass on.
            client.eventLoop().execute(events::onClientInputClosed);
        }
    }

    /** Tells whether this is a handler of a client that was received, whatever became of it. */
    static boolean isOfControl(ChannelHandler handler) {
        return handler instanceof ClientHandler
                || handler instanceof DiscardingHandler
                || handler instanceof TransparentHandler;
    }

    /** Lets the client in, and returns what its session receives; empty if it is refused. */
    static Optional<ControlEvents> receive(Supplier<Gateway> receiver, SocketChannel client, NamedClient named) {
        InetSocketAddress address = named.address();
        Gateway gateway = receiver.get();
        if (gateway.admission().needsDescriptorOf(client, System.nanoTime())) {
            report(gateway, address, CloseCause.NO_SOCKET);
            reset(client);
            return Optional.empty();
        }
        while (!gateway.sessions().enter()) {
            // It ended in between: there is another, unless it has no successor.
            Gateway successor = receiver.get();
            if (successor.equals(gateway)) {
                refuse(gateway, client, address, refusal(gateway, CloseCause.SHUTDOWN));
                return Optional.empty();
            }
            gateway = successor;
        }
        return admit(gateway, client, named);
    }

    /** An accepted client that gets no pipeline is closed by Netty. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        receiver.get().sessions().failIfFatal(cause);
        super.exceptionCaught(ctx, cause);
    }

    private static Optional<ControlEvents> admit(Gateway gateway, SocketChannel client, NamedClient named) {
        if (gateway.protocol() != ListenerProtocol.FTP) {
            admitRequest(gateway, client, named);
            return Optional.empty();
        }
        InetSocketAddress address = named.address();
        Optional<InetSocketAddress> destination;
        Optional<Refusal> refusal;
        try {
            destination = gateway.interception().flatMap(how -> OriginalDestination.of(client, how.mode()));
            boolean intercepted = gateway.interception().isEmpty() || destination.isPresent();
            refusal = refusal(gateway, client.remoteAddress(), address, intercepted);
        } catch (RuntimeException | Error e) {
            gateway.sessions().leave();
            throw e;
        }
        if (refusal.isPresent()) {
            gateway.sessions().leave();
            refuse(gateway, client, address, refusal.get());
            return Optional.empty();
        }
        return Optional.of(addSession(gateway, client, named, destination, Optional.empty()));
    }

    /** Begins with a client that asks for its server by another protocol, unless it is turned away: then it gets no reply. */
    private static void admitRequest(Gateway gateway, SocketChannel client, NamedClient named) {
        InetSocketAddress address = named.address();
        Optional<CloseCause> cause;
        try {
            cause = gateway.admission()
                    .turnAway(client.remoteAddress())
                    .or(() -> gateway.gate().refuse(address).map(reply -> CloseCause.REFUSED_BY_GATE))
                    .or(() -> gateway.admission().enterRequest(address));
        } catch (RuntimeException | Error e) {
            gateway.sessions().leave();
            throw e;
        }
        if (cause.isPresent()) {
            gateway.sessions().leave();
            report(gateway, address, cause.get());
            reset(client);
        } else {
            TunnelPipelines.begin(gateway, client, address, new TunnelSessions(client, named));
        }
    }

    /** Adds the handlers of a session to those that there are, for a client that was counted in; it is not started. */
    static ControlEvents addSession(
            Gateway gateway,
            SocketChannel client,
            NamedClient named,
            Optional<InetSocketAddress> destination,
            Optional<EarlyTarget> tunnel) {
        Limits limits = gateway.limits();
        client.config().setRecvByteBufAllocator(ControlReads.ALLOCATOR);
        ControlReads.limit(client, limits.controlBuffer());
        SessionDriver driver = new SessionDriver(client, named, destination, tunnel, gateway);
        ControlEvents events = driver.events();
        events.onLeave(() -> {
            gateway.admission().leave(named.address());
            gateway.sessions().leave();
        });
        FtpCommandDecoder decoder =
                new FtpCommandDecoder(limits.commandLine(), limits.telnetOptions(), gateway.telnet());
        client.pipeline()
                .addLast(HandlerNames.DECODER, decoder)
                .addLast(HandlerNames.ENCODER, new FtpEncoder(gateway.telnet()))
                .addLast(HandlerNames.LINE_TIMEOUT, new LineTimeoutHandler(decoder, limits.lineTimeout()))
                .addLast(HandlerNames.SESSION, new ClientHandler(events));
        return events;
    }

    /** Why a client is refused, and its reply. */
    private record Refusal(CloseCause cause, FtpReply reply) {}

    /**
     * Counts the client in, unless there is something against it; the peer may be a proxy that names the client.
     *
     * @param intercepted whether it came as the clients of this gateway are to
     */
    private static Optional<Refusal> refusal(
            Gateway gateway, InetSocketAddress peer, InetSocketAddress client, boolean intercepted) {
        return gateway.admission()
                .turnAway(peer)
                .or(() -> intercepted ? Optional.empty() : Optional.of(CloseCause.NOT_REDIRECTED))
                .map(cause -> refusal(gateway, cause))
                .or(() -> gateway.gate().refuse(client).map(reply -> new Refusal(CloseCause.REFUSED_BY_GATE, reply)))
                .or(() -> gateway.admission().enter(client, System.nanoTime()).map(cause -> refusal(gateway, cause)));
    }

    private static Refusal refusal(Gateway gateway, CloseCause cause) {
        return new Refusal(
                cause,
                switch (cause) {
                    case SHUTDOWN -> Replies.SHUTTING_DOWN;
                    case LOOP -> Replies.SERVICE_NOT_AVAILABLE;
                    case NOT_REDIRECTED -> Replies.NOT_REDIRECTED;
                    default -> gateway.settings().texts().tooManySessions().orElse(Replies.TOO_MANY_SESSIONS);
                });
    }

    private static void refuse(Gateway gateway, SocketChannel client, InetSocketAddress address, Refusal refusal) {
        report(gateway, address, refusal.cause());
        if (!gateway.admission().enterRefused(address)) {
            reset(client);
            return;
        }
        client.closeFuture().addListener(closed -> gateway.admission().leaveRefused(address));
        client.config().setAllowHalfClosure(false);
        client.pipeline()
                .addLast(HandlerNames.ENCODER, new FtpEncoder(false))
                .addLast(HandlerNames.DISCARD, new DiscardingHandler());
        client.write(refusal.reply(), client.voidPromise());
        // A client that talks first would be reset, and might not read why, if its words were left unread.
        LingeringClose.of(client, gateway.limits().closeGrace());
    }

    private static void report(Gateway gateway, InetSocketAddress client, CloseCause cause) {
        gateway.settings().listener().sessionRefused(new AlgListener.SessionRefused(client, cause));
    }

    /** Closes without a reply, and leaves nothing in the kernel either. */
    private static void reset(SocketChannel client) {
        client.config().setSoLinger(0);
        client.close();
    }

    /** Ignores all that follows: what the peer sends, and how it ends. */
    private static final class DiscardingHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ReferenceCountUtil.release(bytes);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
