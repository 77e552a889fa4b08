package io.ftpalg.control;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.policy.ListenerProtocol;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Makes sessions of connections that another server than a {@link ListeningSocket} has accepted, such as one that reads a PROXY
 * header first. Constant; used on the event loop of each connection.
 */
public final class AcceptedChannels {
    private final Gateway gateway;
    private final IoEventLoopGroup loops;

    /** Makes it for a gateway that runs, or has run, on these event loops. */
    public AcceptedChannels(Gateway gateway, IoEventLoopGroup loops) {
        this.gateway = gateway;
        this.loops = loops;
    }

    /**
     * Adds the handlers of a control connection behind those that there are, and starts its session. Returns false if the client
     * is refused, with a reply, or gone.
     *
     * @param address the client's address, if it is not that of the peer
     * @throws IllegalArgumentException if the channel cannot be one of this gateway; nothing is changed, the message says why
     * @throws IllegalStateException if it cannot be any more, or not on this thread; nothing is changed, the message says why
     */
    public boolean accept(Channel channel, Optional<InetSocketAddress> address) {
        SocketChannel client = checked(channel);
        try {
            return accept(client, address);
        } catch (Error e) {
            gateway.sessions().failIfFatal(e);
            throw e;
        }
    }

    private boolean accept(SocketChannel client, Optional<InetSocketAddress> address) {
        InetSocketAddress peer = client.remoteAddress();
        if (!client.isActive() || peer == null) {
            client.close();
            return false;
        }
        gateway.transport().adopt(client);
        Optional<ControlEvents> received =
                ControlInitializer.receive(() -> gateway, client, NamedClient.of(address.orElse(peer)));
        received.ifPresent(events -> ControlInitializer.start(client, events));
        return received.isPresent();
    }

    private SocketChannel checked(Channel channel) {
        if (!(channel instanceof SocketChannel client)) {
            throw new IllegalArgumentException(
                    "accept needs a TCP connection, a SocketChannel, not a "
                            + channel.getClass().getSimpleName()
                            + ": FTP opens data connections beside it (in a test, connect to a ServerSocketChannel on loopback)");
        }
        if (gateway.protocol() != ListenerProtocol.FTP) {
            throw new IllegalStateException("the gateway's clients begin with " + gateway.protocol()
                    + ", and accept is for those that begin with FTP: use a gateway without protocol");
        }
        if (!client.isRegistered()) {
            throw new IllegalStateException(
                    "the channel is on no event loop yet: call accept from its ChannelInitializer, or later");
        }
        if (!isOfGateway(client.eventLoop())) {
            throw new IllegalArgumentException(
                    "the channel is on an event loop that the gateway does not use: give the same"
                            + " group to FtpAlgBuilder.eventLoops and to your server");
        }
        if (!client.eventLoop().inEventLoop()) {
            throw new IllegalStateException(
                    "accept is called on the channel's event loop only: use channel.eventLoop().execute(...)");
        }
        checkPipeline(client);
        return client;
    }

    private boolean isOfGateway(EventLoop loop) {
        for (EventExecutor own : loops) {
            if (own == loop) {
                return true;
            }
        }
        return false;
    }

    private static void checkPipeline(SocketChannel client) {
        if (client.pipeline().toMap().values().stream().anyMatch(ControlInitializer::isOfControl)) {
            throw new IllegalStateException("the channel was accepted before: it has a session, or was refused one");
        }
        if (client.pipeline().get(SslHandler.class) != null) {
            throw new IllegalStateException(
                    "the channel has TLS already, which the session would not know: hand it over before"
                            + " TLS begins, with acceptImplicitTls");
        }
        List<String> names = client.pipeline().names();
        HandlerNames.OF_CLIENT.stream().filter(names::contains).findFirst().ifPresent(name -> {
            throw new IllegalStateException("a handler of the channel is named " + name
                    + ", as one of the session: give it another name, or none");
        });
    }
}
