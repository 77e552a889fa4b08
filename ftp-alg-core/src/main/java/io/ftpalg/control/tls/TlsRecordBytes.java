package io.ftpalg.control.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts the bytes of a TLS record that has not come as a whole, which the TLS handler behind keeps (RFC 8446 section 5.1, RFC
 * 5246 section 6.2). Belongs to one control connection, in front of its TLS handler, on its loop.
 */
public final class TlsRecordBytes extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;

    private int received;
    private int length;

    /** Returns how many bytes of the last record are there, 0 if it is whole. */
    public int held() {
        return received;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof ByteBuf bytes) {
            count(bytes);
        }
        ctx.fireChannelRead(msg);
    }

    private void count(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (received < HEADER) {
                // The length stands in the last two bytes of the header, which may come one by one.
                length = length << 8 & 0xFFFF | bytes.getUnsignedByte(at);
                received++;
                at++;
            } else {
                int part = Math.min(HEADER + length - received, bytes.writerIndex() - at);
                received += part;
                at += part;
            }
            if (received >= HEADER && received == HEADER + length) {
                received = 0;
            }
        }
    }
}
