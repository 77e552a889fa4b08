package io.ftpalg.codec;

import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import io.ftpalg.protocol.TelnetMode;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/**
 * Decodes what a server sends: {@link ReplyLine}s, each as it arrives. Belongs to one channel and lives on its loop.
 *
 * <p>Lenient where a server errs and the meaning stays: an over-long line is cut, a NUL left out, a CR inside a line
 * becomes {@code ?}, lines of a reply beyond its limits are dropped except the last one. Lines that belong to no reply
 * are skipped, each with a {@link JunkLine} event; too many in a row (50 before the first reply, then 5) throw {@link FtpCodecException.TooManyJunkLines}
 * once, and end it.
 */
public final class FtpReplyDecoder extends FtpLineDecoder {
    private static final int MAX_JUNK_LINES = 5;
    /** Some servers show a banner before their greeting that is no reply, such as a file of the operator's. */
    private static final int MAX_LINES_BEFORE_GREETING = 50;

    private static final int CODE_LENGTH = 3;
    private static final int TEXT_START = 4;
    private static final int NO_CODE = 0;

    private final ReplyQuota quota;
    private int openReply = NO_CODE;
    private int junkLines;
    private int maxJunkLines = MAX_LINES_BEFORE_GREETING;

    /** Makes a decoder with {@link FtpDecoderLimits#DEFAULT} and {@link TelnetMode#AUTO}. */
    public FtpReplyDecoder() {
        this(FtpDecoderLimits.DEFAULT);
    }

    /** Makes a decoder with {@link TelnetMode#AUTO}. */
    public FtpReplyDecoder(FtpDecoderLimits limits) {
        this(limits, TelnetMode.AUTO);
    }

    /**
     * Makes a decoder.
     *
     * @param telnet where 0xFF starts a Telnet command
     */
    public FtpReplyDecoder(FtpDecoderLimits limits, TelnetMode telnet) {
        super(limits.replyLine(), limits.telnetOptions(), telnet);
        quota = new ReplyQuota(limits.replyLines(), limits.replyBytes());
    }

    /**
     * Makes a decoder.
     *
     * @param maxLine bytes of a line without its end; at least 4, so that a cut line never looks like the end of a
     *     reply
     * @param maxLines lines of one reply, though its first and last always pass
     * @param maxBytes bytes of one reply's texts, though its first and last always pass
     * @param telnet whether 0xFF starts a Telnet command; if not, it is a byte like any other
     */
    public FtpReplyDecoder(int maxLine, int maxLines, int maxBytes, boolean telnet) {
        this(maxLine, maxLines, maxBytes, TelnetMode.of(telnet));
    }

    /**
     * Makes a decoder.
     *
     * @param maxLine bytes of a line without its end; at least 4, so that a cut line never looks like the end of a
     *     reply
     * @param maxLines lines of one reply, though its first and last always pass
     * @param maxBytes bytes of one reply's texts, though its first and last always pass
     * @param telnet where 0xFF starts a Telnet command
     */
    public FtpReplyDecoder(int maxLine, int maxLines, int maxBytes, TelnetMode telnet) {
        super(requireAtLeast(TEXT_START, maxLine, "maxLine"), FtpDecoderLimits.DEFAULT.telnetOptions(), telnet);
        quota = new ReplyQuota(maxLines, maxBytes);
    }

    @Override
    boolean isBroken() {
        return junkLines > maxJunkLines;
    }

    @Override
    boolean isText(LineBuffer line) {
        return openReply != NO_CODE || line.length() >= CODE_LENGTH;
    }

    @Override
    void decodeLine(ChannelHandlerContext ctx, LineBuffer line, List<Object> out) {
        int code = codeOf(line);
        if (openReply != NO_CODE) {
            decodeFurther(line, code, out);
        } else if (code == NO_CODE) {
            skipJunk(ctx);
        } else {
            junkLines = 0;
            maxJunkLines = MAX_JUNK_LINES;
            decodeFirst(line, code, out);
        }
    }

    private void decodeFirst(LineBuffer line, int code, List<Object> out) {
        boolean more = line.length() > CODE_LENGTH && line.at(CODE_LENGTH) == '-';
        String text = textOf(line);
        if (more) {
            openReply = code;
            quota.start(text.length());
        }
        out.add(new ReplyLine(code, more ? Position.FIRST : Position.ONLY, text));
    }

    private void decodeFurther(LineBuffer line, int code, List<Object> out) {
        if (code == openReply && (line.length() == CODE_LENGTH || line.at(CODE_LENGTH) == ' ')) {
            openReply = NO_CODE;
            out.add(new ReplyLine(code, Position.LAST, textOf(line)));
        } else if (quota.admits(line.length())) {
            out.add(new ReplyLine(openReply, Position.MIDDLE, line.text(0, line.length())));
        }
    }

    private void skipJunk(ChannelHandlerContext ctx) {
        junkLines++;
        if (isBroken()) {
            throw new FtpCodecException.TooManyJunkLines();
        }
        ctx.fireUserEventTriggered(new JunkLine(junkLines));
    }

    private static String textOf(LineBuffer line) {
        return line.text(Math.min(TEXT_START, line.length()), line.length());
    }

    /** Returns the code of a line that starts with one and has a space, a hyphen or nothing behind it. */
    private static int codeOf(LineBuffer line) {
        if (line.length() < CODE_LENGTH
                || line.length() > CODE_LENGTH && line.at(CODE_LENGTH) != ' ' && line.at(CODE_LENGTH) != '-') {
            return NO_CODE;
        }
        int hundreds = line.at(0) - '0';
        int tens = line.at(1) - '0';
        int ones = line.at(2) - '0';
        boolean valid = hundreds >= 1 && hundreds <= 9 && isDigit(tens) && isDigit(ones);
        return valid ? 100 * hundreds + 10 * tens + ones : NO_CODE;
    }

    private static boolean isDigit(int value) {
        return value >= 0 && value <= 9;
    }
}
