package io.ftpalg.server.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;

/** Reads the reply of clamd: one text that ends with NUL, or with the connection. Owned by its connection. */
final class ClamReply extends SimpleChannelInboundHandler<ByteBuf> {
    /** The largest reply that is read. */
    static final int MOST = 4096;

    /** Receives the reply, once. */
    interface Listener {
        void replied(String text);

        void failed(String reason);
    }

    private final Listener listener;
    private final StringBuilder text = new StringBuilder();
    private boolean done;

    ClamReply(Listener listener) {
        this.listener = listener;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        while (!done && bytes.isReadable()) {
            byte next = bytes.readByte();
            if (next == 0) {
                done = true;
                listener.replied(text.toString());
                ctx.close();
            } else if (text.length() == MOST) {
                fail(ctx, "clamd sent more than " + MOST + " bytes");
            } else {
                text.append(new String(new byte[] {next}, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, "clamd closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, "the connection to clamd failed");
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        if (!done) {
            done = true;
            listener.failed(reason);
        }
        ctx.close();
    }
}
