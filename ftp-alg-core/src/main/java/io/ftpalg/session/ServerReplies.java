package io.ftpalg.session;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies of a server that has greeted: each line goes to the command in flight that it answers, or to nobody. Owned by
 * the session; a server that says nothing in time, or 421, ends it.
 */
final class ServerReplies {
    private static final Logger logger = LoggerFactory.getLogger(ServerReplies.class);

    private static final int FIRST_UNKNOWN_CODE = 600;

    private final FtpSession session;
    private final StrayReplies strays = new StrayReplies();
    private final ReplyGatherer goodbye = new ReplyGatherer();
    private boolean reportedUnknown;
    private int unsolicited;

    private final DoubtfulReply doubtful;

    ServerReplies(FtpSession session) {
        this.session = session;
        this.doubtful = new DoubtfulReply(session, this::answer);
    }

    /** The server is to answer in time; that is short once the client has ended. */
    void await() {
        Exchange inFlight = session.inFlight();
        if (session.turn().clientHasEnded() && inFlight != null && !inFlight.transfers()) {
            session.timers().start(Timers.Kind.REPLY, session.limits().abortGrace(), () -> session.close(
                    CloseCause.CLIENT_LOST, "the client ended, and the server did not answer", Optional.of(Replies.SERVER_SILENT)));
        } else {
            session.timers().start(Timers.Kind.REPLY, session.limits().replyTimeout(),
                    () -> session.close(CloseCause.SERVER_SILENT, "", Optional.of(Replies.SERVER_SILENT)));
        }
    }

    /** Nobody waits for long for a client that has ended; a transfer is the exception, whose file may depend on it. */
    void onClientGone() {
        if (session.timers().isRunning(Timers.Kind.REPLY)) {
            await();
        }
    }

    void onLine(ReplyLine line) {
        if (session.timers().isRunning(Timers.Kind.REPLY)) {
            await();
        }
        if (line.starts() && line.code() >= FIRST_UNKNOWN_CODE && !reportedUnknown) {
            reportedUnknown = true;
            logger.warn("[{}] server reply with code {}, which RFC 959 does not define: passed to the client (reported once)",
                    session.id(), line.code());
        }
        Exchange inFlight = session.inFlight();
        take(line, inFlight, inFlight != null && inFlight.expectsReply());
    }

    /** A line of a reply that began before the command in flight was sent, so that it answers nothing. */
    void onEarlyLine(ReplyLine line) {
        take(line, session.inFlight(), false);
    }

    private void take(ReplyLine line, @Nullable Exchange inFlight, boolean expected) {
        if (line.code() == 421) {
            goodbye.add(line).ifPresent(this::onGoodbye);
        } else if (strays.takes(line, expected)) {
            if (strays.isDoubtful()) {
                doubtful.add(line);
            } else if (!expected) {
                reject(line);
            }
        } else if (inFlight != null) {
            doubtful.drop();
            inFlight.hear(line);
        }
    }

    /** The server owes nothing: what seemed to be about an earlier transfer answers the command in flight. */
    private void answer(ReplyLine line) {
        strays.settle();
        Exchange inFlight = session.inFlight();
        if (inFlight != null) {
            inFlight.hear(line);
        }
    }

    /** Reports a reply that no command asked for, once. */
    void reject(ReplyLine line) {
        if (line.starts()) {
            rejectUnsolicited();
        }
    }

    /** Reports a reply that no command asked for, and ends the session if there were too many since the last answer. */
    void rejectUnsolicited() {
        session.events().rejected(Reason.UNSOLICITED_REPLY, Side.SERVER, session.server().connectedAddress());
        unsolicited++;
        if (unsolicited > session.limits().unsolicitedReplies()) {
            session.close(CloseCause.TOO_MANY_REPLIES, unsolicited + " replies in a row that answer no command",
                    Optional.of(Replies.TOO_MANY_REPLIES));
        }
    }

    /** The server ends the session, at any time (RFC 959 section 5.4). */
    private void onGoodbye(FtpReply reply) {
        session.voice().finishReply();
        session.voice().say(reply);
        session.close(CloseCause.SERVER_REFUSED, "the server said 421", Optional.empty());
    }

    /** The server still owes replies about a transfer that the client needs no more. */
    void owe(int replies) {
        strays.owe(replies);
    }

    /** A transfer was answered without a mark: one that comes late is for nobody. */
    void expectLateMark() {
        strays.expectLateMark();
    }

    /** Another transfer begins: a mark is its own. */
    void expectMark() {
        strays.expectMark();
    }

    /** The command in flight is answered: nobody is to hear more of the server's reply. */
    void dropRest() {
        unsolicited = 0;
        doubtful.drop();
        strays.dropRest();
    }

    /** Starts anew, with another server. */
    void reset() {
        unsolicited = 0;
        doubtful.drop();
        strays.reset();
    }
}
