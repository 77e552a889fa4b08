package io.ftpalg.codec;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.TelnetMode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes {@link FtpCommand}, {@link FtpReply} and {@link ReplyLine}; other messages pass. Has no state: one serves
 * all.
 *
 * <p>Each message becomes one buffer, so that a whole reply leaves in one write: middleboxes read the reply to PASV
 * from one packet. None of the three can hold a byte that ends its line early, so nothing is checked here.
 */
@ChannelHandler.Sharable
public final class FtpEncoder extends MessageToByteEncoder<Object> {
    private static final int CODE_AND_LINE_END = 6;

    private final boolean doubles;

    /** Makes an encoder with {@link TelnetMode#AUTO}. */
    public FtpEncoder() {
        this(TelnetMode.AUTO);
    }

    /**
     * Makes an encoder.
     *
     * @param telnet whether a byte 0xFF is sent doubled (RFC 854)
     */
    public FtpEncoder(boolean telnet) {
        this(TelnetMode.of(telnet));
    }

    /**
     * Makes an encoder.
     *
     * @param telnet how a byte 0xFF is sent: doubled if {@link TelnetMode#ON}, else as it is
     */
    public FtpEncoder(TelnetMode telnet) {
        super(Object.class);
        doubles = telnet == TelnetMode.ON;
    }

    @Override
    public boolean acceptOutboundMessage(Object msg) {
        return msg instanceof FtpCommand || msg instanceof ReplyLine || msg instanceof FtpReply;
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, Object msg, boolean preferDirect) {
        int size = sizeOf(msg);
        return preferDirect ? ctx.alloc().ioBuffer(size) : ctx.alloc().heapBuffer(size);
    }

    private static int sizeOf(Object msg) {
        if (msg instanceof FtpCommand command) {
            return command.size();
        }
        if (msg instanceof ReplyLine line) {
            return CODE_AND_LINE_END + line.text().length();
        }
        int size = 0;
        for (String text : ((FtpReply) msg).lines()) {
            size += CODE_AND_LINE_END + text.length();
        }
        return size;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Object msg, ByteBuf out) {
        if (msg instanceof FtpCommand command) {
            encode(command, out);
        } else if (msg instanceof ReplyLine line) {
            encode(line, out);
        } else {
            encode((FtpReply) msg, out);
        }
    }

    private void encode(FtpCommand command, ByteBuf out) {
        writeText(command.name(), out);
        if (command.separated()) {
            out.writeByte(' ');
            writeText(command.argument(), out);
        }
        writeLineEnd(out);
    }

    private void encode(ReplyLine line, ByteBuf out) {
        switch (line.position()) {
            case ONLY, LAST -> writeCode(line.code(), ' ', out);
            case FIRST -> writeCode(line.code(), '-', out);
            case MIDDLE -> {}
        }
        writeText(line.text(), out);
        writeLineEnd(out);
    }

    private void encode(FtpReply reply, ByteBuf out) {
        List<String> lines = reply.lines();
        int last = lines.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i == last) {
                writeCode(reply.code(), ' ', out);
            } else if (i == 0) {
                writeCode(reply.code(), '-', out);
            }
            writeText(lines.get(i), out);
            writeLineEnd(out);
        }
    }

    private static void writeCode(int code, char sign, ByteBuf out) {
        out.writeInt(('0' + code / 100) << 24 | ('0' + code / 10 % 10) << 16 | ('0' + code % 10) << 8 | sign);
    }

    private void writeText(String text, ByteBuf out) {
        int start = 0;
        if (doubles) {
            for (int at = text.indexOf(TelnetInput.IAC); at >= 0; at = text.indexOf(TelnetInput.IAC, start)) {
                out.writeCharSequence(text.substring(start, at + 1), StandardCharsets.ISO_8859_1);
                out.writeByte(TelnetInput.IAC);
                start = at + 1;
            }
        }
        out.writeCharSequence(start == 0 ? text : text.substring(start), StandardCharsets.ISO_8859_1);
    }

    private static void writeLineEnd(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }
}
