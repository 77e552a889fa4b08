package io.ftpalg.codec;

import io.ftpalg.protocol.TelnetMode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Frames the lines of a control connection, with Telnet commands taken out; belongs to one channel and lives on its
 * loop.
 *
 * <p>A line ends with CRLF or a bare LF, and is the same however its bytes were cut into segments. Lines reach the next
 * handler one at a time: the one behind a line that makes that handler call {@link #discardBuffered()} was not parsed.
 * Memory is bounded by the line limit; an unfinished line is lost when the channel closes or the decoder is removed.
 */
public abstract class FtpLineDecoder extends ByteToMessageDecoder {
    private final LineBuffer line;
    private final TelnetInput telnetInput;
    private final TelnetMode telnet;

    FtpLineDecoder(int maxLine, int telnetOptions, TelnetMode telnet) {
        line = new LineBuffer(maxLine);
        telnetInput = new TelnetInput(telnetOptions);
        this.telnet = telnet;
    }

    static int requireAtLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ", not " + value);
        }
        return value;
    }

    /** Adds what the line means to {@code out}: one message, or none. */
    abstract void decodeLine(ChannelHandlerContext ctx, LineBuffer line, List<Object> out);

    /** Returns whether the next byte of this line is one of a name or a text, in which 0xFF may be a byte like others. */
    abstract boolean isText(LineBuffer line);

    /** Takes what is no line at the start of the connection, or waits for more of it; returns whether it did either. */
    boolean takeOpening(ByteBuf in, List<Object> out) {
        return false;
    }

    /** Returns whether the rest of the input is of no use. */
    boolean isBroken() {
        return false;
    }

    /**
     * Returns how many received bytes are not parsed yet, and drops them. Before a TLS upgrade this must be 0: what was
     * sent in the clear behind the command (or the reply) that started it must not be read as if it were protected.
     */
    public final int discardBuffered() {
        int discarded = actualReadableBytes() + line.received() + telnetInput.held();
        internalBuffer().skipBytes(actualReadableBytes());
        line.reset();
        telnetInput.reset();
        return discarded;
    }

    /** Returns whether a line has begun that has not ended yet. */
    public final boolean hasPartialLine() {
        int unread = actualReadableBytes();
        // Of an opening that is not decided yet, an empty line has ended.
        return !line.isEmpty()
                || unread > 0 && internalBuffer().getByte(internalBuffer().writerIndex() - 1) != '\n';
    }

    /** Returns how many bytes of memory an unfinished line takes. */
    public final int held() {
        return line.capacity() + actualReadableBytes();
    }

    @Override
    protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (isBroken()) {
            in.skipBytes(in.readableBytes());
        } else if (!takeOpening(in, out) && (takeWhole(in) || takeByteByByte(ctx, in))) {
            try {
                decodeLine(ctx, line, out);
            } finally {
                line.next();
            }
        }
    }

    private boolean takeWhole(ByteBuf in) {
        if (!line.isEmpty() || telnetInput.held() > 0) {
            return false;
        }
        int size = in.bytesBefore((byte) '\n');
        return size >= 0 && line.takeWhole(in, size, telnet == TelnetMode.OFF ? 0 : TelnetInput.IAC);
    }

    private boolean takeByteByByte(ChannelHandlerContext ctx, ByteBuf in) {
        int end = in.forEachByte(b -> !take(ctx, b & 0xFF));
        in.readerIndex(end < 0 ? in.writerIndex() : end + 1);
        return end >= 0;
    }

    private boolean take(ChannelHandlerContext ctx, int b) {
        int data = isData(b) ? b : telnetInput.take(ctx, b);
        return data != TelnetInput.NOTHING && line.take(data);
    }

    private boolean isData(int b) {
        return switch (telnet) {
            case OFF -> true;
            case ON -> false;
            case AUTO -> b == TelnetInput.IAC && telnetInput.held() == 0 && isText(line);
        };
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        telnetInput.flush(ctx);
        super.channelReadComplete(ctx);
    }
}
