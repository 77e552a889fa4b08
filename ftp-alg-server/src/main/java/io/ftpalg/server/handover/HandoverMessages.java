package io.ftpalg.server.handover;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.charset.StandardCharsets;

/**
 * The dialogue of two processes, by turns, in lines that end with LF. The new one begins; the connection may end at any time, and
 * before TAKEN nothing has changed then.
 *
 * <pre>
 * new: ftp-alg-handover 1
 * old: sockets N                or: refused REASON
 * new: send
 * old: N descriptors, each with one byte
 * new: taken                    when it listens on them
 * old: released                 when it listens nowhere any more
 * </pre>
 */
final class HandoverMessages {
    static final String HELLO = "ftp-alg-handover 1";
    static final String SOCKETS = "sockets ";
    static final String REFUSED = "refused ";
    static final String SEND = "send";
    static final String TAKEN = "taken";
    static final String RELEASED = "released";
    static final int LONGEST_LINE = 512;
    static final int MOST_SOCKETS = 1024;

    private HandoverMessages() {}

    static ChannelFuture write(Channel to, String line) {
        return to.writeAndFlush(Unpooled.copiedBuffer(line + '\n', StandardCharsets.US_ASCII));
    }
}
