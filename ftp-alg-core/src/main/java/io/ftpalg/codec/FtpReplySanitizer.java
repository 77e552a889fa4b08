package io.ftpalg.codec;

import io.ftpalg.protocol.ReplyLine;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Makes replies safe to show on a terminal: each control byte, ESC among them, becomes {@code ?}. Has no state.
 *
 * <p>Stands behind a {@link FtpReplyDecoder} where clients want it; bytes from 0x80 up, which are text in some charset,
 * stay.
 */
@ChannelHandler.Sharable
public final class FtpReplySanitizer extends ChannelInboundHandlerAdapter {

    /** Makes a sanitizer. */
    public FtpReplySanitizer() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ctx.fireChannelRead(msg instanceof ReplyLine line ? sanitize(line) : msg);
    }

    private static ReplyLine sanitize(ReplyLine line) {
        String text = line.text();
        if (text.chars().noneMatch(FtpReplySanitizer::isControl)) {
            return line;
        }
        char[] safe = text.toCharArray();
        for (int i = 0; i < safe.length; i++) {
            if (isControl(safe[i])) {
                safe[i] = '?';
            }
        }
        return new ReplyLine(line.code(), line.position(), new String(safe));
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == 0x7F;
    }
}
