package io.ftpalg.session;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.TlsDetails;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transfer in flight: two stories that run side by side, what the server says and what the data does, and a gate where
 * they meet. A positive final reply passes only after the data went through; a negative one ends the data.
 *
 * <pre>
 *  said:  UNSENT -> MARK_DUE -> FINAL_DUE -> FINAL_HELD -> ANSWERED
 *  data:  WAITING -> RELAYING -> OVER                                        ({@link TransferData})
 * </pre>
 *
 * <p>RFC 959 sections 3.2, 4.1.3 and 5.2; RFC 1123 section 4.1.2.
 */
final class TransferExchange extends Exchange {

    /** What the server said, as far as the client knows. */
    private enum Said { UNSENT, MARK_DUE, FINAL_DUE, FINAL_HELD, ANSWERED }

    private final TransferData data;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private final OvertakingCommands overtaking;
    private Said said = Said.UNSENT;
    private @Nullable FtpReply held;
    private boolean aborFirst;
    private Optional<Integer> sent = Optional.empty();

    TransferExchange(FtpSession session, FtpCommand command, DataPlan plan) {
        super(session, command);
        this.data = new TransferData(session, command, plan);
        this.overtaking = new OvertakingCommands(session);
    }

    @Override
    void start() {
        session.timers().stop(Timers.Kind.DATA_IDLE);
        if (!data.dialsServer()) {
            send();
        }
    }

    private void send() {
        said = Said.MARK_DUE;
        session.events().transferStarted(command);
        port.toServer(command);
        session.replies().await();
    }

    // ---- the data

    @Override
    void onDataConnected(Side side) {
        if (said == Said.UNSENT && side == Side.SERVER) {
            send();
        } else if (said == Said.FINAL_DUE || said == Said.FINAL_HELD) {
            data.relayWhenReady();
            if (said == Said.FINAL_HELD && data.isWaiting() && side == Side.SERVER) {
                await(session.limits().dataAcceptTimeout(), this::giveUpOnData);
            }
        }
    }

    @Override
    void onDataFailed(Side side) {
        if (said == Said.UNSENT) {
            session.data().drop();
            session.voice().answer(Replies.NO_DATA_CONNECTION);
            session.finish(this);
        } else if (said == Said.ANSWERED) {
            // Only what overtook the transfer is left; what was agreed for a next one is worth nothing.
            session.data().drop();
        } else if (data.isWaiting()) {
            giveUpOnData();
        }
    }

    /** The server announced the data: both connections must be there soon. */
    private void awaitData() {
        data.dialClient();
        await(session.limits().dataAcceptTimeout(), this::giveUpOnData);
        data.relayWhenReady();
    }

    @Override
    void onTransferEnded(TransferEnd how, long toClient, long toServer) {
        data.onEnded(how, toClient, toServer);
        if (how == TransferEnd.TRUNCATED) {
            session.events().rejected(Reason.TLS_TRUNCATION, session.client());
        }
        if (session.state().isOver()) {
            tellFinished();
        } else if (data.lostItsClient() && !data.isComplete()) {
            session.close(CloseCause.CLIENT_LOST, "", Optional.empty());
        } else if (said == Said.FINAL_HELD) {
            openGate();
        } else if (data.isComplete() && !overtaking.contains(FtpVerb.ABOR)) {
            session.replies().await();
        } else {
            awaitLastWords();
        }
    }

    @Override
    void onDataSecured(Side side, TlsDetails details) {
        data.onSecured(side, details);
    }

    /** A data connection is missing: the client is told now, and the server's last words are heard out. */
    private void giveUpOnData() {
        boolean serverIsDone = said == Said.FINAL_HELD;
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
    void onServerLine(ReplyLine line) {
        if (overtaking.takesStatus(line, said == Said.FINAL_DUE)) {
            finishOrAwaitRest();
        } else {
            gatherer.add(line).ifPresent(this::onReply);
        }
    }

    @Override
    boolean expectsReply() {
        return said != Said.UNSENT;
    }

    private void onReply(FtpReply reply) {
        if (reply.isPreliminary()) {
            onMark(reply);
        } else if (said == Said.MARK_DUE || said == Said.FINAL_DUE) {
            onFinal(reply);
        } else {
            overtaking.answer(reply, said == Said.ANSWERED);
            finishOrAwaitRest();
        }
    }

    /** The first 1yz announces the data; RFC 959 section 5.4 knows no second one but 110. */
    private void onMark(FtpReply reply) {
        if (said == Said.MARK_DUE) {
            said = Said.FINAL_DUE;
            session.voice().say(reply);
            if (data.isWaiting()) {
                awaitData();
            }
        } else if (reply.code() == 110 && said == Said.FINAL_DUE) {
            session.voice().say(reply);
        }
    }

    private void onFinal(FtpReply reply) {
        session.timers().stop(Timers.Kind.REPLY);
        boolean announced = said == Said.FINAL_DUE;
        aborFirst = reply.isPositive() && overtaking.contains(FtpVerb.ABOR);
        held = reply;
        said = Said.FINAL_HELD;
        if (reply.isPositive()) {
            onPositive(announced);
        } else if (announced) {
            data.cut(TransferEnd.SERVER_FAILED);
        }
        if (data.isOver() || data.isWaiting() && !reply.isPositive()) {
            openGate();
        }
    }

    private void onPositive(boolean announced) {
        if (!data.isWaiting()) {
            return;
        }
        if (!announced) {
            awaitData();
        }
        if (data.lacksServer()) {
            // A server that is done without ever having connected had nothing to send, or took nothing.
            await(session.limits().abortGrace(), this::endWithoutData);
        }
    }

    private void endWithoutData() {
        data.endEmpty();
        openGate();
    }

    /** Both stories are told: the client hears how it ended. */
    private void openGate() {
        FtpReply reply = held == null || isEcho(held) ? data.failure() : held;
        boolean unproven = reply.isPositive() && !data.isComplete();
        if (reply.isNegative()) {
            data.onRefused();
        }
        answer(unproven ? data.failure() : reply);
        if (unproven && aborFirst) {
            overtaking.answerAborFirst(reply);
        }
        overtaking.release();
        finishOrAwaitRest();
    }

    /** Where TLS failed the server only says that it was cut off; the client needs the cause. */
    private boolean isEcho(FtpReply reply) {
        return data.failedAtTls() && (reply.code() == 426 || reply.code() == 451);
    }

    private void answer(FtpReply reply) {
        said = Said.ANSWERED;
        session.voice().say(reply);
        sent = Optional.of(reply.code()).filter(code -> !session.turn().clientIsGone());
        tellFinished();
    }

    private void tellFinished() {
        data.tellFinished(Optional.ofNullable(held).map(FtpReply::code), sent);
    }

    /** Once the client has its final reply, only what overtook the transfer may be left. */
    private void finishOrAwaitRest() {
        if (said != Said.ANSWERED) {
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

    /** The data is cut: the server has a short time to say so itself. */
    private void awaitLastWords() {
        await(session.limits().abortGrace(), () -> {
            int owed = overtaking.size() + (said == Said.ANSWERED ? 0 : 1);
            if (said != Said.ANSWERED) {
                answer(data.failure());
            }
            overtaking.answerAll();
            session.replies().owe(owed);
            session.finish(this);
        });
    }

    private void await(Duration time, Runnable expired) {
        session.timers().start(Timers.Kind.EXCHANGE, time, expired);
    }

    // ---- what comes in between

    /** One of each verb at a time, so that a flood of them waits in the queue like any other. */
    @Override
    boolean mayOvertake(FtpVerb verb) {
        return switch (said) {
            case UNSENT -> verb == FtpVerb.ABOR;
            case MARK_DUE, FINAL_DUE, FINAL_HELD -> verb != FtpVerb.QUIT && !overtaking.contains(verb);
            case ANSWERED -> false;
        };
    }

    @Override
    void overtake(FtpCommand urgent) {
        if (said == Said.UNSENT) {
            abortUnsent();
            return;
        }
        overtaking.send(urgent);
        if (urgent.verb() == FtpVerb.ABOR) {
            data.cut(TransferEnd.ABORTED);
            if (said == Said.FINAL_HELD && data.isOver()) {
                openGate();
            } else if (data.isOver()) {
                awaitLastWords();
            }
        }
    }

    private void abortUnsent() {
        session.data().drop();
        session.voice().say(Replies.TRANSFER_ABORTED);
        session.voice().say(Replies.ABORTED);
        session.finish(this);
    }

    @Override
    boolean transfers() {
        return true;
    }

    @Override
    boolean relays() {
        return data.isRelaying();
    }

    @Override
    boolean continuesWithoutClient() {
        return said != Said.ANSWERED && !overtaking.contains(FtpVerb.ABOR) && data.continuesWithoutClient();
    }

    @Override
    boolean onServerClosed() {
        return said == Said.FINAL_HELD && overtaking.isEmpty();
    }

    @Override
    void onClosing(boolean answer) {
        if (said == Said.UNSENT || said == Said.ANSWERED) {
            return;
        }
        boolean relaying = data.isRelaying();
        data.cutUntold();
        if (answer) {
            session.voice().say(Replies.TRANSFER_ABORTED);
            sent = Optional.of(Replies.TRANSFER_ABORTED.code());
        }
        if (!relaying) {
            tellFinished();
        }
    }
}
