package io.ftpalg.control;

import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.channel.ReplyOrder;
import io.ftpalg.control.channel.ServerReads;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.policy.Limits;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;

/** Builds the pipeline of the control connection to one session's server, top to bottom. On the session's loop. */
final class ServerInitializer extends ChannelInitializer<SocketChannel> {
    private final Gateway gateway;
    private final ControlEvents events;
    private final ReplyOrder order;
    private final Optional<SentProxyHeader> header;

    /**
     * Makes it for one connection.
     *
     * @param events receives what happens on it
     * @param order that of the connection's commands and replies
     * @param header what it begins with, before TLS too, if there is a PROXY header
     */
    ServerInitializer(Gateway gateway, ControlEvents events, ReplyOrder order, Optional<SentProxyHeader> header) {
        this.gateway = gateway;
        this.events = events;
        this.order = order;
        this.header = header;
    }

    @Override
    protected void initChannel(SocketChannel server) {
        Limits limits = gateway.limits();
        header.ifPresent(bytes -> server.writeAndFlush(bytes.buffer()));
        server.config()
                .setRecvByteBufAllocator(
                        gateway.transport().readsWhatIsThere()
                                ? new ServerReads(ControlReads.LARGEST_READ, order)
                                : ControlReads.ALLOCATOR);
        ControlReads.limit(server, limits.controlBuffer());
        server.pipeline()
                .addLast(
                        HandlerNames.DECODER,
                        new FtpReplyDecoder(
                                limits.replyLine(), limits.replyLines(), limits.replyBytes(), gateway.telnet()))
                .addLast(HandlerNames.ENCODER, new FtpEncoder(gateway.telnet()))
                .addLast(HandlerNames.SESSION, new ServerHandler(events, order));
        events.onServerPipeline(server);
    }
}
