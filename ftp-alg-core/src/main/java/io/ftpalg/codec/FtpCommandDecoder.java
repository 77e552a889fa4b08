package io.ftpalg.codec;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.MalformedCommand.Flaw;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Set;

/**
 * Decodes what a client sends: one {@link FtpRequest} for each line. Belongs to one channel and lives on its loop.
 *
 * <p>A line that is no command, or must not be one, becomes a {@link MalformedCommand} that holds none of its bytes.
 * The one for an over-long line is passed on as soon as the limit is; the rest of that line is skipped.
 */
public final class FtpCommandDecoder extends FtpLineDecoder {
    private static final Set<String> HTTP_METHODS =
            Set.of("GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "DELETE", "TRACE", "PATCH");

    private static final MalformedCommand TOO_LONG = new MalformedCommand(Flaw.TOO_LONG);
    private static final MalformedCommand CONTROL_BYTE = new MalformedCommand(Flaw.CONTROL_BYTE);
    private static final MalformedCommand BAD_VERB = new MalformedCommand(Flaw.BAD_VERB);
    private static final MalformedCommand HTTP = new MalformedCommand(Flaw.HTTP);

    /**
     * Makes a decoder.
     *
     * @param maxLine bytes of a line without its end
     * @param telnetOptions Telnet options that are answered
     * @param telnet whether 0xFF starts a Telnet command; if not, it is a byte like any other
     */
    public FtpCommandDecoder(int maxLine, int telnetOptions, boolean telnet) {
        super(requireAtLeast(1, maxLine, "maxLine"), requireAtLeast(0, telnetOptions, "telnetOptions"), telnet);
    }

    @Override
    void decodeLine(ChannelHandlerContext ctx, LineBuffer line, List<Object> out) {
        out.add(switch (line.flaw()) {
            case TOO_LONG -> TOO_LONG;
            case CONTROL_BYTE -> CONTROL_BYTE;
            case NONE -> parse(line);
        });
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
        return admit(FtpCommand.of(name, line.text(end + 1, line.length())), start);
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
        return end == 4 && end < line.length() && line.at(end) == ':' && line.upperCase(0, end).equals("HOST");
    }
}
