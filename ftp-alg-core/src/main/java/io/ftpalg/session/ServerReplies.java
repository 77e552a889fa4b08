package io.ftpalg.session;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replies of a server that has greeted: each line goes to the command in flight that it answers, or to nobody. Owned by
 * the session; a server that says nothing in time, or 421, ends it.
 */
final class ServerReplies {
    private final FtpSession session;
    private final StrayReplies strays = new StrayReplies();
    private final ReplyGatherer goodbye = new ReplyGatherer();

    ServerReplies(FtpSession session) {
        this.session = session;
    }

    /** The server is to answer in time. */
    void await() {
        session.timers().start(Timers.Kind.REPLY, session.limits().replyTimeout(),
                () -> session.close(CloseCause.SERVER_SILENT, "", Optional.of(Replies.SERVER_SILENT)));
    }

    void onLine(ReplyLine line) {
        if (session.timers().isRunning(Timers.Kind.REPLY)) {
            await();
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
            if (!expected) {
                reject(line);
            }
        } else if (inFlight != null) {
            inFlight.hear(line);
        }
    }

    /** Reports a reply that no command asked for, once. */
    void reject(ReplyLine line) {
        if (line.starts()) {
            session.events().rejected(Reason.UNSOLICITED_REPLY, session.server().connectedAddress());
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
        strays.dropRest();
    }

    /** Starts anew, with another server. */
    void reset() {
        strays.reset();
    }
}
