package io.ftpalg.control.tunnel;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.tunnel.TunnelReplies.Refusal;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;

/**
 * Replies to the request for a tunnel when its session sends its first reply, which is the server's greeting: only then there is a
 * server. Whatever is wrong with the server that the client named, it receives one reply of its own protocol, and no FTP. Behind the
 * encoders of one pipeline, until it has replied.
 */
public final class TunnelGreeting extends ChannelOutboundHandlerAdapter {
    private final TunnelReplies replies;
    private boolean refused;

    public TunnelGreeting(TunnelReplies replies) {
        this.replies = replies;
    }

    /** Replies now, where TLS begins before a greeting. */
    public void grant(ChannelHandlerContext ctx) {
        InetSocketAddress local = (InetSocketAddress) ctx.channel().localAddress();
        ctx.write(replies.granted(local), ctx.voidPromise());
        ctx.pipeline().remove(HandlerNames.TUNNEL_ENCODER);
        ctx.pipeline().remove(this);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof FtpReply) && !(message instanceof ReplyLine)) {
            ctx.write(message, promise);
        } else if (refused) {
            promise.trySuccess();
        } else if (message.equals(Replies.SERVICE_NOT_AVAILABLE)) {
            refused = true;
            ctx.write(replies.refused(Refusal.FAILED), promise);
        } else {
            grant(ctx);
            ctx.write(message, promise);
        }
    }
}
