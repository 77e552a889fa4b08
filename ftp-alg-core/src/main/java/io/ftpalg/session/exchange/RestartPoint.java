package io.ftpalg.session.exchange;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import java.util.regex.Pattern;

/**
 * Whether the next transfer may begin behind bytes that the file has (REST, RFC 959 section 4.1.3, RFC 3659 section 5; RANG). Where it is not
 * known it may. Owned by the session.
 */
public final class RestartPoint {
    /** REST to the first byte, and RANG of the whole file. */
    private static final Pattern NONE = Pattern.compile("0+|1 +0");

    private boolean set;

    /** The server sent a final reply of this code to a command. */
    public void onReply(FtpCommand command, int code) {
        if (code < 400 && (command.verb() == FtpVerb.REST || command.verb() == FtpVerb.RANG)) {
            set = !isStart(command);
        }
    }

    /** Returns whether this REST or RANG is for the whole file. */
    public static boolean isStart(FtpCommand command) {
        return NONE.matcher(command.argument().strip()).matches();
    }

    /** The server has begun a transfer with it, so that the next one begins at 0. */
    public void used() {
        set = false;
    }

    /** Returns whether it is set. */
    public boolean isSet() {
        return set;
    }
}
