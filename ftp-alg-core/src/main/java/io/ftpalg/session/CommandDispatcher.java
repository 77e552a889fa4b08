package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.CommandQueue;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.command.QuestionExchange;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.InFlight;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.tls.PostponedProtectionExchange;
import java.time.Duration;
import java.util.Optional;

/**
 * Dispatches the client's commands: each waits here until the command in flight is done, unless it may overtake that one,
 * and passes the filter. What ends the session waits here for the reply in flight. Owned by the session.
 */
final class CommandDispatcher implements InFlight.Dispatcher {

    /** What ends the session as soon as the command in flight is done. */
    private enum Ending {
        NONE,
        CLIENT_INPUT_CLOSED,
        SERVER_CLOSED,
        SHUTDOWN
    }

    /** The reply of a service that closes the control connection (RFC 959 section 4.2.2). */
    private static final int CLOSING = 421;

    /** How often the server is asked for one command. */
    private static final int MAX_QUESTIONS = 3;

    private final SessionContext session;
    private final SessionFilters filters;
    private final CommandQueue queue;
    private boolean pumping;
    private boolean clientPaused;
    private Ending ending = Ending.NONE;
    private String goneReason = "";

    CommandDispatcher(SessionContext session, SessionFilters filters) {
        this.session = session;
        this.filters = filters;
        this.queue = session.queue();
    }

    /** Takes up a request at once, or when its turn comes. */
    void take(FtpRequest request) {
        if (request instanceof MalformedCommand first && first.flaw().beginsOtherProtocol()) {
            // Whatever server is being connected to, it is of no use.
            session.clientReplies().answer(first);
            return;
        }
        Exchange inFlight = session.inFlight();
        if (inFlight != null && request instanceof FtpCommand command && mayOvertake(command, inFlight)) {
            overtake(command, inFlight);
        } else {
            queue.add(request);
            next();
            pauseClientIfFull();
        }
    }

    private boolean mayOvertake(FtpCommand command, Exchange inFlight) {
        return ending != Ending.SERVER_CLOSED
                && !filters.isDeciding()
                && command.verb().is(FtpVerb.Trait.URGENT)
                && inFlight.mayOvertake(command.verb());
    }

    private void overtake(FtpCommand command, Exchange inFlight) {
        filters.decide(command, verdict -> {
                    overtake(command, verdict, inFlight);
                    next();
                })
                .ifPresent(verdict -> overtake(command, verdict, inFlight));
    }

    /** A replacement of another verb waits for its dispatch, and so does a command that has nothing left to overtake. */
    private void overtake(FtpCommand command, Verdict verdict, Exchange overtaken) {
        Exchange inFlight = session.inFlight();
        FtpCommand allowed = verdict instanceof Verdict.Replace replacement ? replacement.command() : command;
        if (inFlight == null) {
            carryOut(command, verdict);
        } else if (verdict instanceof Verdict.Ask) {
            refuse(command, new Verdict.Refuse(Replies.NOT_DECIDED));
        } else if (verdict instanceof Verdict.Refuse refusal) {
            refuse(command, refusal);
        } else if (allowed.verb() == command.verb()
                && (inFlight == overtaken || inFlight.mayOvertake(allowed.verb()))) {
            inFlight.overtake(allowed);
        } else {
            queue.add(allowed);
        }
    }

    /**
     * The client will send no more. What it sent before still gets replies (it may have shut down one direction only), but a
     * transfer without a QUIT behind it is cut: a dying client's upload must not look complete (RFC 959 section 4.1.1). Only
     * an upload whose end was received is complete at the client, and continues.
     */
    void onInputClosed() {
        if (isTransferring() && !queue.contains(FtpVerb.QUIT) && !continuesWithoutClient()) {
            session.close(CloseCause.CLIENT_LOST, "", Optional.empty());
            return;
        }
        session.clientPresence().endInput();
        ending = ending == Ending.NONE ? Ending.CLIENT_INPUT_CLOSED : ending;
        if (session.state().hasServer()) {
            session.replies().onClientGone();
        }
        next();
    }

    /** The client's control connection is gone: no reply can be sent any more; an upload may continue to its end. */
    void onClientGone(String reason) {
        session.clientPresence().leave();
        goneReason = reason;
        queue.clear();
        if (!continuesWithoutClient()) {
            session.close(CloseCause.CLIENT_LOST, reason, Optional.empty());
        } else if (ending == Ending.NONE) {
            ending = Ending.CLIENT_INPUT_CLOSED;
        }
    }

    private boolean continuesWithoutClient() {
        Exchange inFlight = session.inFlight();
        return inFlight != null && inFlight.continuesWithoutClient();
    }

    /** The server's control connection is gone, and the command in flight does not need it any more. */
    void onServerClosed() {
        ending = Ending.SERVER_CLOSED;
    }

    /** The gateway is being stopped: a running transfer may finish. */
    void onShutdown() {
        if (isTransferring()) {
            ending = Ending.SHUTDOWN;
        } else {
            endForShutdown();
        }
    }

    private boolean isTransferring() {
        Exchange inFlight = session.inFlight();
        return inFlight != null && inFlight.transfers();
    }

    @Override
    public void finished() {
        session.replies().dropRest();
        if (session.server().tls().isDataDue()) {
            session.open(new PostponedProtectionExchange(session));
        }
    }

    /** The next requests have their turn, as long as none is in flight. */
    @Override
    public void next() {
        if (pumping) {
            return;
        }
        pumping = true;
        while (session.inFlight() == null
                && !filters.isDeciding()
                && session.state().takesCommands()
                && ending != Ending.SERVER_CLOSED
                && ending != Ending.SHUTDOWN
                && !isPacing()
                && isWritable()) {
            FtpRequest next = queue.poll();
            if (next == null) {
                break;
            }
            handle(next);
        }
        pumping = false;
        endOrGoOn();
    }

    private void endOrGoOn() {
        if (isTransferring()) {
            pauseClientIfFull();
        }
        if (session.state().isOver() || session.inFlight() != null || filters.isDeciding() || isPacing()) {
            return;
        }
        switch (ending) {
            case SERVER_CLOSED -> session.close(CloseCause.SERVER_LOST, "", Optional.of(Replies.SERVER_LOST));
            case SHUTDOWN -> endForShutdown();
            case CLIENT_INPUT_CLOSED -> {
                if (queue.isEmpty()) {
                    session.close(CloseCause.CLIENT_LOST, goneReason, Optional.empty());
                }
            }
            case NONE -> {
                if (session.state().takesCommands() && isWritable()) {
                    awaitCommand();
                }
                pauseClientIfFull();
            }
        }
    }

    /** A peer reads again, or reads no more: then it has the time of a stalled transfer. */
    void onWritabilityChanged() {
        if (isWritable()) {
            session.timers().stop(Timers.Kind.STALL);
            next();
        } else if (!session.timers().isRunning(Timers.Kind.STALL)) {
            session.timers().start(Timers.Kind.STALL, session.limits().stallTimeout(), this::onStalled);
        }
    }

    private void onStalled() {
        if (!session.port().isWritable(Side.CLIENT)) {
            session.close(CloseCause.CLIENT_STALLED, "", Optional.of(Replies.REPLIES_UNREAD));
        } else if (!session.port().isWritable(Side.SERVER)) {
            session.close(CloseCause.SERVER_SILENT, "commands unread", Optional.of(Replies.SERVER_SILENT));
        }
    }

    /** Each command makes the gateway write to either side: to a peer that does not read, that would pile up. */
    private boolean isWritable() {
        return session.port().isWritable(Side.CLIENT) && session.port().isWritable(Side.SERVER);
    }

    private void handle(FtpRequest request) {
        if (request instanceof FtpCommand command) {
            session.clientReplies().commandReceived();
            filters.decide(command, verdict -> {
                        carryOut(command, verdict);
                        pace();
                        next();
                    })
                    .ifPresent(verdict -> carryOut(command, verdict));
        } else if (request instanceof MalformedCommand malformed) {
            session.clientReplies().answer(malformed);
        }
        pace();
    }

    private void carryOut(FtpCommand command, Verdict verdict) {
        if (verdict instanceof Verdict.Ask ask) {
            ask(command, ask, MAX_QUESTIONS);
        } else if (verdict instanceof Verdict.Later later) {
            filters.await(later.verdict(), decided -> {
                carryOut(command, decided);
                pace();
                next();
            });
        } else if (verdict instanceof Verdict.Refuse refusal) {
            refuse(command, refusal);
        } else if (verdict instanceof Verdict.Replace replacement) {
            apply(replacement.command(), replacement.permit());
        } else if (verdict instanceof Verdict.Allow allow) {
            apply(command, allow.permit());
        }
    }

    /** The server is asked what the verdict depends on; the command itself is carried out when that is over. */
    private void ask(FtpCommand command, Verdict.Ask ask, int left) {
        if (left == 0 || session.state() != SessionState.READY) {
            refuse(command, new Verdict.Refuse(Replies.NOT_DECIDED));
            return;
        }
        session.open(new QuestionExchange(session, ask.question(), (question, reply) -> {
            finishQuestion(question);
            if (session.state().isOver() || session.inFlight() != null) {
                return;
            }
            Verdict verdict = ask.decide().decide(reply, filters.context());
            if (verdict instanceof Verdict.Ask again) {
                ask(command, again, left - 1);
            } else {
                carryOut(command, verdict);
            }
            pace();
            next();
        }));
    }

    /** Without dispatching the next command: the one that the question was for comes first. */
    private void finishQuestion(QuestionExchange question) {
        boolean before = pumping;
        pumping = true;
        session.finish(question);
        pumping = before;
    }

    private void refuse(FtpCommand command, Verdict.Refuse refusal) {
        filters.refused(command);
        session.events().commandDenied(command, refusal);
        if (refusal.reply().code() == CLOSING) {
            session.close(CloseCause.SESSION_LIMIT, refusal.rule().orElse(""), Optional.of(refusal.reply()));
        } else {
            session.clientReplies().answer(refusal.reply());
        }
    }

    private void pace() {
        if (session.inFlight() == null && !session.state().isOver()) {
            Duration delay = session.clientReplies().delay();
            if (!delay.isZero()) {
                session.timers().start(Timers.Kind.PACE, delay, this::next);
            }
        }
    }

    private void apply(FtpCommand command, TransferPermit permit) {
        session.permit(permit);
        CommandRules.of(command.verb()).apply(command, session);
    }

    /** The gateway is being stopped, and waits no longer. */
    void endForShutdown() {
        session.close(CloseCause.SHUTDOWN, "", Optional.of(Replies.SHUTTING_DOWN));
    }

    private boolean isPacing() {
        return session.timers().isRunning(Timers.Kind.PACE);
    }

    /** The client is to send its next command in time. */
    void awaitCommand() {
        session.timers()
                .start(
                        Timers.Kind.IDLE,
                        session.server().idleTimeout(),
                        () -> session.close(CloseCause.IDLE, "", Optional.of(Replies.IDLE)));
    }

    private void pauseClientIfFull() {
        if (!session.state().isOver() && queue.isFull(isTransferring()) != clientPaused) {
            clientPaused = !clientPaused;
            session.port().pauseClient(clientPaused);
        }
    }

    /** Returns about how many bytes the waiting commands take. */
    int held() {
        return queue.held();
    }
}
