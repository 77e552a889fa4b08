package io.ftpalg.session.transfer;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.exchange.SessionContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** ABOR and STAT that were sent in the middle of a transfer, and the replies to them (RFC 959 section 4.1.3). */
final class OvertakingCommands {
    private static final Set<Integer> STATUS_REFUSED = Set.of(500, 501, 502, 503, 504);

    private final SessionContext session;
    private final Deque<FtpVerb> waiting = new ArrayDeque<>(1);
    private final Deque<FtpReply> early = new ArrayDeque<>(1);
    private final ReplyGatherer status = new ReplyGatherer();
    private boolean inStatus;
    private int leftovers;

    OvertakingCommands(SessionContext session) {
        this.session = session;
    }

    void send(FtpCommand command) {
        waiting.add(command.verb());
        session.port().toServerUrgently(command);
    }

    /** One more reply will come, which is discarded. */
    void expectLeftover() {
        leftovers++;
    }

    /** Returns whether a command of this verb waits for its answer. */
    boolean contains(FtpVerb verb) {
        return waiting.contains(verb);
    }

    /** Returns whether nothing but a STAT waits for its answer. */
    boolean isOnlyStatus() {
        return size() == 1 && contains(FtpVerb.STAT);
    }

    boolean isEmpty() {
        return waiting.isEmpty() && leftovers == 0;
    }

    /** Returns how many replies of the server are outstanding. */
    int size() {
        return waiting.size() + leftovers;
    }

    /**
     * Takes the line if it belongs to a STAT: those codes are no reply to a running transfer. The client gets it whole, or
     * the transfer's final reply could come in between.
     */
    boolean takesStatus(ReplyLine line, boolean transferRuns) {
        if (line.starts()) {
            inStatus = waiting.contains(FtpVerb.STAT)
                    && (line.code() / 10 == 21 || transferRuns && STATUS_REFUSED.contains(line.code()));
        }
        if (inStatus) {
            status.add(line).ifPresent(reply -> {
                waiting.remove(FtpVerb.STAT);
                session.clientReplies().send(reply);
            });
        }
        return inStatus;
    }

    /**
     * Takes a final reply behind that of the transfer; it waits until the client has that one. Returns false if it belongs to
     * nothing: no more replies wait than commands do.
     */
    boolean answer(FtpReply reply, boolean transferAnswered) {
        if (leftovers > 0) {
            leftovers--;
            return true;
        }
        if (transferAnswered) {
            return answerNext(reply);
        }
        return early.size() < waiting.size() && early.add(reply);
    }

    /** The server replied to the ABOR before the transfer; its reply to the transfer comes behind, or never. */
    void answerAborFirst(FtpReply reply) {
        answer(reply, true);
        if (early.poll() == null) {
            session.replies().owe(1);
        }
    }

    /** The client has the transfer's final reply: what waited behind it follows. */
    void release() {
        while (!early.isEmpty()) {
            answer(early.remove(), true);
        }
    }

    /**
     * Whatever the server does with an ABOR (some do not recognize it behind a Telnet Synch, some send 426 twice), the transfer
     * was cut: that is what the client asked for.
     */
    private boolean answerNext(FtpReply reply) {
        FtpVerb verb = waiting.poll();
        if (verb != null) {
            session.clientReplies().send(verb == FtpVerb.ABOR && !reply.isPositive() ? Replies.ABORTED : reply);
        }
        return verb != null;
    }

    /** Replies in place of a server that does not. */
    void answerAll() {
        for (FtpVerb verb : waiting) {
            session.clientReplies().send(verb == FtpVerb.ABOR ? Replies.ABORTED : Replies.NOT_ALLOWED);
        }
        waiting.clear();
        leftovers = 0;
    }
}
