package io.ftpalg.session.transfer;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.DataPlan;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.data.TransferResult;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.StrayReplies;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transfer in flight. It follows two things independently, the server's replies and the data connections, with a gate where
 * they meet. A positive final reply passes only after the data went through; a negative one ends the data.
 *
 * <pre>
 *  said:  UNSENT -> MARK_DUE -----------> FINAL_DUE -> FINAL_HELD -> ANSWERED
 *                      \-> EARLY_HELD ---/       \-> PASSED ------/
 *                                \--------------------------------/
 *  data:  HELD_BACK -> WAITING -> RELAYING -> OVER                            ({@link TransferData})
 *
 *  said         1yz                        2yz                      4yz, 5yz                   data over
 *  MARK_DUE     pass it  -> FINAL_DUE      hold it -> EARLY_HELD    pass it -> ANSWERED        await the reply
 *  EARLY_HELD   pass the held one, then    hold it in its place     drop the held one,         226, 250: open the gate;
 *               it       -> FINAL_DUE                               pass it -> ANSWERED        another 2yz: await more
 *  FINAL_DUE    drop it, but pass 110      hold it -> FINAL_HELD    cut the data, pass it      await the reply
 *  FINAL_HELD   drop it                    drop it                  cut the data, pass it      open the gate
 * </pre>
 *
 * <p>An early 2yz is the final reply of a server that sends no mark, or (200) not the end at all: it is held, and passes before
 * the mark if one follows, or as the final reply once the data went through and nothing more came for a while. An early 226 or
 * 250 that a mark follows is dropped: passed, it would report a file as whole of which no byte was moved.
 *
 * <p>Where the kernel carries the data, TCP is end to end and no reply needs the gate: behind the mark the final reply passes at once
 * (PASSED), and only the record of the transfer waits for the end of the data.
 *
 * <p>RFC 959 sections 3.2, 4.1.3 and 5.2; RFC 1123 section 4.1.2.
 */
final class TransferExchange extends Exchange {

    /** The server's replies, as far as the client has received them. */
    private enum Said {
        UNSENT,
        MARK_DUE,
        EARLY_HELD,
        FINAL_DUE,
        FINAL_HELD,
        /** The client has the final reply, and the end of the data in the kernel is still to be seen. */
        PASSED,
        ANSWERED
    }

    /**
     * A server that is done connected before its final reply, but the packets of that connection may have been lost and come
     * with their retransmission.
     */
    private static final Duration EMPTY_GRACE = Duration.ofSeconds(1);

    private final TransferData data;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private final OvertakingCommands overtaking;
    private final UploadRemnant remnant;
    private Said said = Said.UNSENT;
    private @Nullable FtpReply held;
    private final DataConnectionWait connections;
    private boolean aborFirst;
    private Optional<Integer> sent = Optional.empty();

    TransferExchange(SessionContext session, FtpCommand command, DataPlan plan) {
        super(session, command);
        this.data = new TransferData(session, command, plan);
        this.overtaking = new OvertakingCommands(session);
        this.remnant = new UploadRemnant(session, command);
        this.connections =
                new DataConnectionWait(session.timers(), session.limits().dataAcceptTimeout(), data);
    }

    /** Makes the transfer of a command that is at the server and whose mark comes next. */
    static TransferExchange announced(SessionContext session, FtpCommand command, DataPlan plan) {
        TransferExchange transfer = new TransferExchange(session, command, plan);
        transfer.said = Said.MARK_DUE;
        return transfer;
    }

    @Override
    protected void start() {
        session.timers().stop(Timers.Kind.DATA_IDLE);
        if (said == Said.MARK_DUE) {
            session.events().transferStarted(command);
        } else if (!data.dialsServer()) {
            send();
        }
    }

    private void send() {
        said = Said.MARK_DUE;
        session.events().transferStarted(command);
        port.toServer(command);
        session.replies().expectMark();
        session.replies().await();
        data.begin();
    }

    // ---- the data

    @Override
    public void onDataConnected(Side side) {
        if (said == Said.UNSENT && side == Side.SERVER) {
            send();
        } else if (said == Said.PASSED) {
            onConnectedLate(side);
        } else if (said != Said.UNSENT && said != Said.ANSWERED) {
            data.onConnected(side);
            if (held != null && data.isWaiting() && side == Side.SERVER) {
                connections.start(this::onDataMissing);
            }
        }
    }

    /** The kernel reported the connection behind the final reply: what else connects then comes too late. */
    private void onConnectedLate(Side side) {
        if (data.isOffloaded()) {
            data.onConnected(side);
            data.endSoon(finalIsPositive());
        }
    }

    @Override
    public void onOffloadDecided() {
        if (said != Said.PASSED && !data.isOffloaded()) {
            data.onNotOffloaded();
        }
    }

    @Override
    public void onDataReadable(Side side) {
        if (said != Said.UNSENT && !isAnswered()) {
            data.onReadable();
        }
    }

    @Override
    public void onUnexpectedDataPeer() {
        connections.onUnexpectedPeer(this::onDataMissing);
    }

    @Override
    public void onServerDataUnused() {
        data.onServerUnused();
    }

    @Override
    public void onDataFailed(Side side) {
        if (said == Said.UNSENT) {
            session.data().drop();
            session.clientReplies().answer(Replies.NO_DATA_CONNECTION);
            session.finish(this);
        } else if (isAnswered()) {
            // Only what overtook the transfer is left; what was agreed for a next one is worth nothing.
            session.data().dropFailed();
        } else if (data.isWaiting()) {
            giveUpOnData();
        }
    }

    @Override
    public void onTransferEnded(TransferResult result) {
        data.onEnded(result);
        if (session.state().isOver()) {
            tellFinished();
        } else if (said == Said.PASSED) {
            finishPassed();
        } else if (data.lostItsClient() && !data.isComplete() && !data.leavesRemnant()) {
            session.close(CloseCause.CLIENT_LOST, "", Optional.empty());
        } else if (said == Said.EARLY_HELD || said == Said.FINAL_HELD) {
            onDataOver();
        } else if ((data.isComplete() || data.isEmptyDownload() || data.isUnobserved())
                && !overtaking.contains(FtpVerb.ABOR)) {
            session.replies().await();
        } else {
            awaitLastWords();
        }
    }

    @Override
    public void onDataSecured(Side side, TlsDetails details) {
        data.onSecured(side, details);
    }

    /** A data connection is missing: the client gets its reply now, and the server's replies are read to their end. */
    private void giveUpOnData() {
        boolean serverIsDone = heldIsLast();
        data.cut(TransferEnd.NO_DATA_CONNECTION);
        answer(Replies.NO_DATA_CONNECTION);
        if (!serverIsDone) {
            overtaking.expectLeftover();
        }
        overtaking.release();
        finishOrAwaitRest();
    }

    // ---- the replies

    @Override
    protected void onServerLine(ReplyLine line) {
        if (overtaking.takesStatus(line, said == Said.FINAL_DUE)) {
            finishOrAwaitRest();
        } else {
            gatherer.add(line).ifPresent(this::onReply);
        }
    }

    @Override
    public boolean expectsReply() {
        return said != Said.UNSENT;
    }

    private void onReply(FtpReply reply) {
        if (remnant.isOutstanding()) {
            onReplyToDeletion(reply);
        } else if (reply.isPreliminary()) {
            onMark(reply);
        } else if (awaitsFinal() || said == Said.FINAL_HELD && reply.isNegative() && overtaking.isEmpty()) {
            onFinal(reply);
        } else {
            if (!overtaking.answer(reply, isAnswered())) {
                session.replies().rejectUnsolicited();
            }
            finishOrAwaitRest();
        }
    }

    private void onReplyToDeletion(FtpReply reply) {
        if (!remnant.take(reply)) {
            return;
        }
        if (isAnswered()) {
            finishOrAwaitRest();
        } else {
            openGate();
        }
    }

    private boolean awaitsFinal() {
        return said == Said.MARK_DUE || said == Said.EARLY_HELD || said == Said.FINAL_DUE;
    }

    /** The first 1yz announces the data; RFC 959 section 5.4 has no second one but 110. */
    private void onMark(FtpReply reply) {
        if (said == Said.MARK_DUE || said == Said.EARLY_HELD) {
            passEarly();
            said = Said.FINAL_DUE;
            remnant.onReply(reply);
            if (command.verb() == FtpVerb.RETR || command.verb().is(FtpVerb.Trait.UPLOAD)) {
                session.restart().used();
            }
            session.clientReplies().send(reply);
            data.allow();
            if (data.isWaiting()) {
                connections.start(this::onDataMissing);
            }
        } else if (reply.code() == 110 && said == Said.FINAL_DUE) {
            session.clientReplies().send(reply);
        }
    }

    /** What was held was not the end. */
    private void passEarly() {
        if (held == null) {
            return;
        }
        if (!heldIsLast()) {
            session.clientReplies().send(held);
        }
        held = null;
        session.timers().stop(Timers.Kind.EXCHANGE);
        if (data.isOver()) {
            session.replies().await();
        }
    }

    private void onFinal(FtpReply reply) {
        session.timers().stop(Timers.Kind.REPLY);
        boolean announced = said == Said.FINAL_DUE || said == Said.FINAL_HELD;
        aborFirst = reply.isPositive() && overtaking.contains(FtpVerb.ABOR);
        held = reply;
        remnant.onReply(reply);
        if (said == Said.FINAL_DUE && data.isOffloaded() && !overtaking.contains(FtpVerb.ABOR)) {
            passAtOnce(reply);
            return;
        }
        if (reply.isPositive()) {
            said = announced ? Said.FINAL_HELD : Said.EARLY_HELD;
            onPositive();
            return;
        }
        said = Said.FINAL_HELD;
        if (announced || data.isRelaying()) {
            data.cut(TransferEnd.SERVER_FAILED);
        }
        if (!data.isRelaying()) {
            openGate();
        }
    }

    private void passAtOnce(FtpReply reply) {
        said = Said.PASSED;
        pass(reply);
        overtaking.release();
        data.endSoon(reply.isPositive());
        if (data.isOver()) {
            finishPassed();
        } else if (data.isWaiting()) {
            // The kernel reports a connection a little later than the server saw it.
            await(EMPTY_GRACE, this::finishUnconnected);
        }
    }

    private boolean finalIsPositive() {
        return held != null && held.isPositive();
    }

    private void finishUnconnected() {
        if (finalIsPositive()) {
            data.endEmpty();
        } else {
            data.cut(TransferEnd.SERVER_FAILED);
        }
        finishPassed();
    }

    private void finishPassed() {
        if (finalIsPositive()) {
            data.onConfirmed();
        } else {
            data.onRefusedAhead();
        }
        said = Said.ANSWERED;
        tellFinished();
        finishOrAwaitRest();
    }

    private void onPositive() {
        data.allow();
        if (data.isOver()) {
            onDataOver();
        } else if (data.lacksServer()) {
            await(graceForServer(), this::endWithoutData);
        } else if (data.mayBeNone()) {
            await(session.limits().abortGrace(), () -> {
                if (data.mayBeNone()) {
                    endWithoutData();
                } else {
                    connections.start(this::onDataMissing);
                }
            });
        } else if (data.isWaiting() && !session.timers().isRunning(Timers.Kind.EXCHANGE)) {
            connections.start(this::onDataMissing);
        }
    }

    /** A server that is done without ever having connected had nothing to send, or took nothing. */
    private Duration graceForServer() {
        if (!heldIsLast()) {
            return connections.length();
        }
        return data.isDownload() ? EMPTY_GRACE : session.limits().abortGrace();
    }

    /** Returns whether nothing more is to come of the transfer than what is held. */
    private boolean heldIsLast() {
        return said == Said.FINAL_HELD
                || said == Said.EARLY_HELD && held != null && StrayReplies.COMPLETIONS.contains(held.code());
    }

    /** The data are over, and a positive reply is held. */
    private void onDataOver() {
        if (heldIsLast()) {
            openGate();
        } else if (overtaking.contains(FtpVerb.ABOR)) {
            awaitLastWords();
        } else {
            await(session.limits().abortGrace(), this::openGate);
        }
    }

    private void endWithoutData() {
        if (command.verb().is(FtpVerb.Trait.UPLOAD)) {
            session.data().reportMissing(command.verb(), "the server sent its final reply first");
        }
        data.endEmpty();
        openGate();
    }

    /** Replies and data are at their end: the client gets the final reply, when what is left of a cut upload is deleted. */
    private void openGate() {
        if (overtaking.isEmpty() && deletesRemnant()) {
            return;
        }
        FtpReply reply = held == null || isEcho(held) ? data.failure() : held;
        if (reply.isPositive()) {
            data.onConfirmed();
        }
        boolean unproven = reply.isPositive() && !data.isComplete() && !data.isUnobserved();
        if (reply.isNegative()) {
            data.onRefused();
        }
        if (said == Said.EARLY_HELD) {
            session.replies().expectLateMark();
        }
        answer(unproven ? data.failure() : reply);
        if (unproven && aborFirst) {
            overtaking.answerAborFirst(reply);
        }
        overtaking.release();
        finishOrAwaitRest();
    }

    private boolean deletesRemnant() {
        return data.leavesRemnant() && remnant.delete(this::openGateBefore);
    }

    /** The reply to DELE takes long: the client gets its own, and its next commands wait. */
    private void openGateBefore() {
        if (!isAnswered()) {
            openGate();
        }
    }

    /** Where the gateway cut the data the server only reports that; the client needs the cause. */
    private boolean isEcho(FtpReply reply) {
        return data.failedHere() && (reply.code() == 426 || reply.code() == 451);
    }

    private void answer(FtpReply reply) {
        said = Said.ANSWERED;
        pass(reply);
        tellFinished();
    }

    private void pass(FtpReply reply) {
        session.clientReplies().send(reply);
        sent = Optional.of(reply.code())
                .filter(code -> !session.clientPresence().isGone());
    }

    private boolean isAnswered() {
        return said == Said.PASSED || said == Said.ANSWERED;
    }

    private void tellFinished() {
        data.tellFinished(Optional.ofNullable(held).map(FtpReply::code), sent);
    }

    /** Once the client has its final reply, only what overtook the transfer may be left. */
    private void finishOrAwaitRest() {
        if (said != Said.ANSWERED || session.state().isOver() || remnant.isOutstanding()) {
            return;
        }
        if (overtaking.isEmpty() && deletesRemnant()) {
            return;
        }
        if (overtaking.isEmpty()) {
            session.data().keep();
            session.finish(this);
        } else if (overtaking.isOnlyStatus()) {
            session.replies().await();
        } else if (!session.timers().isRunning(Timers.Kind.EXCHANGE)) {
            awaitLastWords();
        }
    }

    /** The data is cut: the server has a short time to report it itself. */
    private void awaitLastWords() {
        await(session.limits().abortGrace(), () -> {
            int owed = overtaking.size() + (isAnswered() ? 0 : 1);
            if (!isAnswered()) {
                answer(data.failure());
            }
            overtaking.answerAll();
            session.replies().owe(owed);
            keepRemnant("the server did not reply to the upload");
            session.finish(this);
        });
    }

    private void keepRemnant(String why) {
        if (data.leavesRemnant()) {
            remnant.keep(why);
        }
    }

    private void onDataMissing(Duration waited) {
        session.data().reportMissing(command.verb(), "not connected within " + waited.toSeconds() + " s");
        giveUpOnData();
    }

    private void await(Duration time, Runnable expired) {
        connections.ended();
        session.timers().start(Timers.Kind.EXCHANGE, time, expired);
    }

    // ---- what comes in between

    /** One of each verb at a time, so that a flood of them waits in the queue like any other. */
    @Override
    public boolean mayOvertake(FtpVerb verb) {
        return !remnant.isOutstanding() && mayOvertakeTransfer(verb);
    }

    private boolean mayOvertakeTransfer(FtpVerb verb) {
        return switch (said) {
            case UNSENT -> verb == FtpVerb.ABOR;
            case MARK_DUE, EARLY_HELD, FINAL_DUE, FINAL_HELD -> verb != FtpVerb.QUIT && !overtaking.contains(verb);
            case PASSED, ANSWERED -> false;
        };
    }

    @Override
    public void overtake(FtpCommand urgent) {
        if (said == Said.UNSENT) {
            abortUnsent();
            return;
        }
        overtaking.send(urgent);
        if (urgent.verb() == FtpVerb.ABOR) {
            data.abort();
            if (data.isOver() && heldIsLast()) {
                openGate();
            } else if (data.isOver()) {
                awaitLastWords();
            }
        }
    }

    private void abortUnsent() {
        session.data().drop();
        session.clientReplies().send(Replies.TRANSFER_ABORTED);
        session.clientReplies().send(Replies.ABORTED);
        session.finish(this);
    }

    @Override
    public boolean transfers() {
        return true;
    }

    @Override
    public boolean relays() {
        return data.isRelaying();
    }

    @Override
    public boolean continuesWithoutClient() {
        return said == Said.PASSED && finalIsPositive()
                || remnant.isOutstanding()
                || !isAnswered() && data.leavesRemnant()
                || !isAnswered() && !overtaking.contains(FtpVerb.ABOR) && data.continuesWithoutClient();
    }

    @Override
    public boolean onServerClosed() {
        if (remnant.isOutstanding() && !isAnswered()) {
            remnant.keep("the server closed the connection");
            await(Duration.ZERO, this::openGate);
            return true;
        }
        return (heldIsLast() || said == Said.PASSED) && overtaking.isEmpty();
    }

    @Override
    public void onClosing(boolean answer) {
        keepRemnant("the session ended");
        if (said == Said.UNSENT || said == Said.ANSWERED) {
            return;
        }
        if (said == Said.PASSED) {
            data.cutWithSession();
        } else {
            data.cutUntold();
        }
        if (answer && (said == Said.FINAL_DUE || said == Said.FINAL_HELD)) {
            // Without a mark the reply that closes the session is the only one: two would be one too many.
            FtpReply why = data.failure();
            session.clientReplies().send(why);
            sent = Optional.of(why.code());
        }
        if (!data.isRelaying()) {
            tellFinished();
        }
    }
}
