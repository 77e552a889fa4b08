package io.ftpalg.codec;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.MalformedCommand.Flaw;
import io.ftpalg.protocol.TelnetMode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Set;

/**
 * Decodes what a client sends: one {@link FtpRequest} for each line that is not empty. Belongs to one channel and lives on its loop.
 *
 * <p>A line that is no command, or must not be one, becomes a {@link MalformedCommand} that holds none of its bytes.
 * The one for an over-long line is passed on as soon as the limit is; the rest of that line is skipped.
 * A client that begins with TLS or with HAProxy's PROXY protocol is not read any further.
 */
public final class FtpCommandDecoder extends FtpLineDecoder {
    private static final Set<String> HTTP_METHODS =
            Set.of("GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "DELETE", "TRACE", "PATCH");

    private static final MalformedCommand TOO_LONG = new MalformedCommand(Flaw.TOO_LONG);
    private static final MalformedCommand CONTROL_BYTE = new MalformedCommand(Flaw.CONTROL_BYTE);
    private static final MalformedCommand BAD_VERB = new MalformedCommand(Flaw.BAD_VERB);
    private static final MalformedCommand HTTP = new MalformedCommand(Flaw.HTTP);
    private static final MalformedCommand TLS = new MalformedCommand(Flaw.TLS);
    private static final MalformedCommand PROXY = new MalformedCommand(Flaw.PROXY);

    private Opening opening = Opening.UNDECIDED;
    private boolean firstLine = true;

    /** Makes a decoder with {@link FtpDecoderLimits#DEFAULT} and {@link TelnetMode#AUTO}. */
    public FtpCommandDecoder() {
        this(FtpDecoderLimits.DEFAULT);
    }

    /** Makes a decoder with {@link TelnetMode#AUTO}. */
    public FtpCommandDecoder(FtpDecoderLimits limits) {
        this(limits, TelnetMode.AUTO);
    }

    /**
     * Makes a decoder.
     *
     * @param telnet where 0xFF starts a Telnet command
     */
    public FtpCommandDecoder(FtpDecoderLimits limits, TelnetMode telnet) {
        this(limits.commandLine(), limits.telnetOptions(), telnet);
    }

    /**
     * Makes a decoder.
     *
     * @param maxLine bytes of a line without its end
     * @param telnetOptions Telnet options that are refused by a reply
     * @param telnet whether 0xFF starts a Telnet command; if not, it is a byte like any other
     */
    public FtpCommandDecoder(int maxLine, int telnetOptions, boolean telnet) {
        this(maxLine, telnetOptions, TelnetMode.of(telnet));
    }

    /**
     * Makes a decoder.
     *
     * @param maxLine bytes of a line without its end
     * @param telnetOptions Telnet options that are refused by a reply
     * @param telnet where 0xFF starts a Telnet command
     */
    public FtpCommandDecoder(int maxLine, int telnetOptions, TelnetMode telnet) {
        super(requireAtLeast(1, maxLine, "maxLine"), requireAtLeast(0, telnetOptions, "telnetOptions"), telnet);
    }

    @Override
    boolean takeOpening(ByteBuf in, List<Object> out) {
        if (opening != Opening.UNDECIDED) {
            return false;
        }
        opening = Opening.of(in);
        if (isBroken()) {
            in.skipBytes(in.readableBytes());
            out.add(opening == Opening.TLS ? TLS : PROXY);
        }
        return opening != Opening.LINES;
    }

    @Override
    boolean isBroken() {
        return opening == Opening.TLS || opening == Opening.PROXY;
    }

    @Override
    boolean isText(LineBuffer line) {
        return line.hasSpace();
    }

    @Override
    void decodeLine(ChannelHandlerContext ctx, LineBuffer line, List<Object> out) {
        boolean empty = line.length() == 0 && line.flaw() == LineBuffer.Flaw.NONE;
        if (!empty) {
            FtpRequest request =
                    switch (line.flaw()) {
                        case TOO_LONG -> TOO_LONG;
                        case CONTROL_BYTE -> CONTROL_BYTE;
                        case NONE -> parse(line);
                    };
            out.add(firstLine && isProxyHeader(request) ? PROXY : request);
        }
        firstLine = false;
    }

    /** Version 1 of the PROXY protocol is a line, before anything else. */
    private static boolean isProxyHeader(FtpRequest request) {
        return request instanceof FtpCommand command
                && command.name().equals("PROXY")
                && command.argument().matches("(TCP4|TCP6|UNKNOWN)( .*)?");
    }

    private static FtpRequest parse(LineBuffer line) {
        int start = endOfUrgentMark(line);
        int end = endOfName(line, start);
        if (end == start || end < line.length() && line.at(end) != ' ') {
            return isHostHeader(line, end) ? HTTP : BAD_VERB;
        }
        String name = line.upperCase(start, end);
        if (end == line.length()) {
            return admit(FtpCommand.of(name, ""), start);
        }
        if (HTTP_METHODS.contains(name)) {
            return HTTP;
        }
        String argument = line.text(end + 1, line.length());
        return admit(argument.isEmpty() ? FtpCommand.withEmptyArgument(name) : FtpCommand.of(name, argument), start);
    }

    /**
     * What is left of a Telnet Synch stands before the verb: TCP's urgent byte, DM, comes without its IAC where a
     * client sends it apart, and all of it comes where Telnet is off. No other command may look like that.
     */
    private static FtpRequest admit(FtpCommand command, int start) {
        return start == 0 || command.verb().is(FtpVerb.Trait.URGENT) ? command : BAD_VERB;
    }

    private static int endOfUrgentMark(LineBuffer line) {
        int i = 0;
        while (i < line.length() && line.at(i) >= TelnetInput.FIRST_COMMAND) {
            i++;
        }
        return i;
    }

    private static int endOfName(LineBuffer line, int start) {
        int i = start;
        while (i < line.length() && isNameByte(line.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isNameByte(int b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9';
    }

    private static boolean isHostHeader(LineBuffer line, int end) {
        return end == 4
                && end < line.length()
                && line.at(end) == ':'
                && line.upperCase(0, end).equals("HOST");
    }
}
