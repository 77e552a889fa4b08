package io.ftpalg.session.server;

import io.ftpalg.protocol.ReplyLine;
import java.util.Set;

/**
 * Replies that belong to no command in flight: those that nobody asked for, and those that a server still owes for a
 * transfer whose client was answered by the gateway.
 *
 * <p>A server answers in order, so the owed ones come before any answer to a later command, or never.
 */
public final class StrayReplies {
    private static final Set<Integer> CODES_OF_TRANSFERS = Set.of(225, 226, 250, 425, 426, 450, 451, 452, 551, 552);

    /** A transfer that was given up before its mark may still be announced. */
    public static final Set<Integer> MARKS = Set.of(125, 150);

    /** Final replies to transfers (RFC 959 section 4.2.1); behind any other 2yz the transfer may still be announced. */
    public static final Set<Integer> COMPLETIONS = Set.of(225, 226, 250);

    /** What may still come of a transfer that was answered without a mark. */
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

    /** The server still owes this many replies, all about a transfer; one of them may have begun. */
    void owe(int replies) {
        owed += open ? replies - 1 : replies;
    }

    /** A transfer was answered without a mark: before any other reply it may still be announced. */
    void expectLateMark() {
        late = Late.MARK;
    }

    /** Another transfer begins: a mark is its own. */
    void expectMark() {
        late = late == Late.MARK ? Late.NOTHING : late;
    }

    /** The command in flight is answered: if the server is in the middle of a reply, the rest is for nobody. */
    void dropRest() {
        dropping |= open;
    }

    /** Tells whether the line is to be dropped, given whether a command waits for an answer. */
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

    /** Tells whether the line that was taken last may answer the command in flight, if the server never sends what it owes. */
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

    /** The server will not send what it owed. */
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
