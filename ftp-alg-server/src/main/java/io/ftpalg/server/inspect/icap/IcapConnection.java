package io.ftpalg.server.inspect.icap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One connection to a service, for one exchange after another. On the event loop of the services. */
final class IcapConnection extends SimpleChannelInboundHandler<ByteBuf> implements IcapDecoder.Output {
    private final Channel channel;
    private final IcapDecoder decoder = new IcapDecoder();
    private @Nullable IcapReplies replies;
    private @Nullable Future<?> idleTimeout;
    private boolean used;
    private boolean reused;

    IcapConnection(Channel channel) {
        this.channel = channel;
    }

    /** Begins an exchange, whose replies these are. */
    void begin(IcapReplies receiver) {
        replies = receiver;
        reused = used;
        stopTimeout();
    }

    /** The exchange is over; the next one is not the first. */
    void idle(Future<?> timeout) {
        replies = null;
        used = true;
        idleTimeout = timeout;
    }

    /** Returns whether it had an exchange before this one: the service may have closed it. */
    boolean reused() {
        return reused;
    }

    boolean active() {
        return channel.isActive();
    }

    private void stopTimeout() {
        if (idleTimeout != null) {
            idleTimeout.cancel(false);
            idleTimeout = null;
        }
    }

    ChannelFuture send(ByteBuf bytes) {
        return channel.writeAndFlush(bytes);
    }

    /** Closes it; its exchange receives nothing more. */
    void close() {
        replies = null;
        stopTimeout();
        channel.close();
    }

    @Override
    public boolean open() {
        return replies != null;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            decoder.decode(bytes, this);
            // What is sent unasked, or behind the end of a reply, would be taken as the next one.
            if (bytes.isReadable()) {
                close();
            }
        } catch (IcapException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void head(IcapHead head, Encapsulated follows) {
        if (replies != null) {
            replies.onHead(head, follows);
        }
    }

    @Override
    public void http(Encapsulated.Kind kind, String startLine) {
        if (replies != null) {
            replies.onHttp(kind, startLine);
        }
    }

    @Override
    public void body(ByteBuf piece) {
        if (replies != null) {
            replies.onBody(piece);
        }
    }

    @Override
    public void end() {
        if (replies != null) {
            replies.onEnd();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail("reset the connection");
    }

    private void fail(String reason) {
        IcapReplies receiver = replies;
        close();
        if (receiver != null) {
            receiver.onFailure(reason);
        }
    }
}
