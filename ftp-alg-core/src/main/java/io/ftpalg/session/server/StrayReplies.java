package io.ftpalg.session.server;

import io.ftpalg.protocol.ReplyLine;
import java.util.Set;

/**
 * Replies that belong to no command in flight: unsolicited ones, and those that are outstanding for a
 * transfer to which the gateway has replied itself.
 *
 * <p>A server replies in order, so the outstanding ones come before any reply to a later command, or never.
 */
public final class StrayReplies {
    private static final Set<Integer> CODES_OF_TRANSFERS = Set.of(225, 226, 250, 425, 426, 450, 451, 452, 551, 552);

    /** A transfer that was given up before its mark may still be announced. */
    public static final Set<Integer> MARKS = Set.of(125, 150);

    /** Final replies to transfers (RFC 959 section 4.2.1); behind any other 2yz the transfer may still be announced. */
    public static final Set<Integer> COMPLETIONS = Set.of(225, 226, 250);

    /** What may still come of a transfer whose reply was sent without a mark. */
    private enum Late {
        NOTHING,
        MARK,
        FINAL
    }

    private int owed;
    private Late late = Late.NOTHING;
    private boolean open;
    private boolean dropping;
    private boolean doubtful;

    /** So many replies are outstanding, all about a transfer; one of them may have begun. */
    void owe(int replies) {
        owed += open ? replies - 1 : replies;
    }

    /** The reply to a transfer was sent without a mark: before any other reply it may still be announced. */
    void expectLateMark() {
        late = Late.MARK;
    }

    /** Another transfer begins: a mark is its own. */
    void expectMark() {
        late = late == Late.MARK ? Late.NOTHING : late;
    }

    /** The command in flight is done: if the server is in the middle of a reply, the rest is discarded. */
    void dropRest() {
        dropping |= open;
    }

    /** Returns whether the line is to be dropped, given whether a command waits for an answer. */
    boolean takes(ReplyLine line, boolean expected) {
        open = !line.ends();
        if (line.starts() && late != Late.NOTHING && takesLate(line)) {
            dropping = true;
            doubtful = false;
        } else if (line.starts() && owed > 0 && MARKS.contains(line.code())) {
            dropping = true;
            doubtful = expected;
        } else if (line.starts()) {
            doubtful = expected;
            dropping = !expected || owed > 0 && CODES_OF_TRANSFERS.contains(line.code());
            owed = dropping && owed > 0 ? owed - 1 : 0;
        }
        return dropping;
    }

    /** Returns whether the line that was taken last may answer the command in flight, if the server never sends what it owes. */
    boolean isDoubtful() {
        return dropping && doubtful;
    }

    /** Behind a late mark the next final reply is that transfer's, whatever its code. */
    private boolean takesLate(ReplyLine line) {
        boolean mark = line.code() == 110 || MARKS.contains(line.code());
        boolean taken = mark || late == Late.FINAL;
        late = mark ? Late.FINAL : Late.NOTHING;
        return taken;
    }

    /** The outstanding replies will not come. */
    void settle() {
        owed = 0;
    }

    /** Resets, for another server. */
    void reset() {
        owed = 0;
        late = Late.NOTHING;
        open = false;
        dropping = false;
    }
}
