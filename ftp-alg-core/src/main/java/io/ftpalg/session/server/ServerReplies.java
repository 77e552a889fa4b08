package io.ftpalg.session.server;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.ClientPresence;
import io.ftpalg.session.base.ClientReplies;
import io.ftpalg.session.base.PendingCommand;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.ServerAddress;
import io.ftpalg.session.base.SessionEvents;
import io.ftpalg.session.base.SessionLifecycle;
import io.ftpalg.session.base.Timers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies of a server that has greeted: each line goes to the command in flight that it replies to, or is discarded. Owned by
 * the session; a server that sends nothing in time, or 421, ends it.
 */
public final class ServerReplies {
    private static final Logger logger = LoggerFactory.getLogger(ServerReplies.class);

    private static final int FIRST_UNKNOWN_CODE = 600;

    private final SessionLifecycle lifecycle;
    private final Timers timers;
    private final Limits limits;
    private final ClientPresence client;
    private final ClientReplies clientReplies;
    private final SessionEvents events;
    private final ServerAddress address;
    private final PendingCommand.Source commands;
    private final StrayReplies strays = new StrayReplies();
    private final ReplyGatherer goodbye = new ReplyGatherer();
    private boolean reportedUnknown;
    private int unsolicited;

    private final DoubtfulReply doubtful;

    public ServerReplies(
            SessionLifecycle lifecycle,
            Timers timers,
            Limits limits,
            ClientPresence client,
            ClientReplies clientReplies,
            SessionEvents events,
            ServerAddress address,
            PendingCommand.Source commands) {
        this.lifecycle = lifecycle;
        this.timers = timers;
        this.limits = limits;
        this.client = client;
        this.clientReplies = clientReplies;
        this.events = events;
        this.address = address;
        this.commands = commands;
        this.doubtful = new DoubtfulReply(timers, limits.abortGrace(), this::answer);
    }

    /** Starts the reply timeout, which is short once the client has ended. */
    public void await() {
        PendingCommand inFlight = commands.pending();
        if (client.hasEnded() && inFlight != null && !inFlight.transfers()) {
            timers.start(
                    Timers.Kind.REPLY,
                    limits.abortGrace(),
                    () -> lifecycle.close(
                            CloseCause.CLIENT_LOST,
                            "the client ended, and the server did not reply",
                            Optional.of(Replies.SERVER_SILENT)));
        } else {
            timers.start(
                    Timers.Kind.REPLY,
                    limits.replyTimeout(),
                    () -> lifecycle.close(CloseCause.SERVER_SILENT, "", Optional.of(Replies.SERVER_SILENT)));
        }
    }

    /** Waits only shortly once the client has ended; not so for a transfer, whose file may depend on it. */
    public void onClientGone() {
        if (timers.isRunning(Timers.Kind.REPLY)) {
            await();
        }
    }

    void onLine(ReplyLine line) {
        if (timers.isRunning(Timers.Kind.REPLY)) {
            await();
        }
        if (line.starts() && line.code() >= FIRST_UNKNOWN_CODE && !reportedUnknown) {
            reportedUnknown = true;
            logger.warn(
                    "[{}] server reply with code {}, which RFC 959 does not define: passed to the client (reported once)",
                    events.session(),
                    line.code());
        }
        PendingCommand inFlight = commands.pending();
        take(line, inFlight, inFlight != null && inFlight.expectsReply());
    }

    /** A line of a reply that began before the command in flight was sent, so that it is no reply to it. */
    void onEarlyLine(ReplyLine line) {
        take(line, commands.pending(), false);
    }

    private void take(ReplyLine line, @Nullable PendingCommand inFlight, boolean expected) {
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

    /** No reply is outstanding: what seemed to be about an earlier transfer is the reply to the command in flight. */
    private void answer(ReplyLine line) {
        strays.settle();
        PendingCommand inFlight = commands.pending();
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

    /** Reports a reply that no command asked for, and ends the session if there were too many since the last proper reply. */
    public void rejectUnsolicited() {
        events.rejected(Reason.UNSOLICITED_REPLY, Side.SERVER, address.get());
        unsolicited++;
        if (unsolicited > limits.unsolicitedReplies()) {
            lifecycle.close(
                    CloseCause.TOO_MANY_REPLIES,
                    unsolicited + " unsolicited replies in a row",
                    Optional.of(Replies.TOO_MANY_REPLIES));
        }
    }

    /** The server ends the session, at any time (RFC 959 section 5.4). */
    private void onGoodbye(FtpReply reply) {
        clientReplies.finishReply();
        clientReplies.send(reply);
        lifecycle.close(CloseCause.SERVER_REFUSED, "the server replied 421", Optional.empty());
    }

    /** Replies about a transfer are outstanding that the client needs no more. */
    public void owe(int replies) {
        strays.owe(replies);
    }

    /** The client got the reply to a transfer without a mark: a late mark is discarded. */
    public void expectLateMark() {
        strays.expectLateMark();
    }

    /** Another transfer begins: a mark is its own. */
    public void expectMark() {
        strays.expectMark();
    }

    /** The command in flight is done: the rest of the server's reply is discarded. */
    public void dropRest() {
        unsolicited = 0;
        doubtful.drop();
        strays.dropRest();
    }

    /** Resets, for another server. */
    void reset() {
        unsolicited = 0;
        doubtful.drop();
        strays.reset();
    }
}
