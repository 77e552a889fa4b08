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

    private int owed;
    private boolean dropping;

    /** The server still owes this many replies, all about a transfer. */
    void owe(int replies) {
        owed += replies;
    }

    /** Tells whether the line is to be dropped, given whether a command waits for an answer. */
    boolean takes(ReplyLine line, boolean expected) {
        if (line.starts()) {
            dropping = !expected || owed > 0 && CODES_OF_TRANSFERS.contains(line.code());
            owed = dropping && owed > 0 ? owed - 1 : 0;
        }
        return dropping;
    }

    /** Starts anew, with another server. */
    void reset() {
        owed = 0;
        dropping = false;
    }
}
