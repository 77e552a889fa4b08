package io.ftpalg.session;

import io.ftpalg.protocol.ReplyLine;
import java.util.Set;

/**
 * Replies that belong to no command in flight: those that nobody asked for, and those that a server still owes for a
 * transfer whose client was answered by the gateway.
 *
 * <p>A server answers in order, so the owed ones come before any answer to a later command, or never.
 */
final class StrayReplies {
    private static final Set<Integer> CODES_OF_TRANSFERS = Set.of(225, 226, 250, 425, 426, 450, 451, 452, 551, 552);

    /** A transfer that was given up before its mark may still be announced. */
    private static final Set<Integer> MARKS = Set.of(125, 150);

    private int owed;
    private boolean open;
    private boolean dropping;

    /** The server still owes this many replies, all about a transfer; one of them may have begun. */
    void owe(int replies) {
        owed += open ? replies - 1 : replies;
    }

    /** The command in flight is answered: if the server is in the middle of a reply, the rest is for nobody. */
    void dropRest() {
        dropping |= open;
    }

    /** Tells whether the line is to be dropped, given whether a command waits for an answer. */
    boolean takes(ReplyLine line, boolean expected) {
        open = !line.ends();
        if (line.starts() && owed > 0 && MARKS.contains(line.code())) {
            dropping = true;
        } else if (line.starts()) {
            dropping = !expected || owed > 0 && CODES_OF_TRANSFERS.contains(line.code());
            owed = dropping && owed > 0 ? owed - 1 : 0;
        }
        return dropping;
    }

    /** Starts anew, with another server. */
    void reset() {
        owed = 0;
        open = false;
        dropping = false;
    }
}
