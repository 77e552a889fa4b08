package io.ftpalg.session.transfer;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.DataPlan;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SessionEvents;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.data.TransferResult;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/**
 * What the data of a transfer does: both legs of its plan, the relay between them, and the tally. Owned by the
 * {@link TransferExchange}, which decides when the data may move and when it is cut.
 *
 * <pre>
 *  HELD_BACK --may move--> WAITING --both connected--> RELAYING --> OVER
 *      \______________________\________________________________/
 * </pre>
 *
 * <p>In the clear the peers may start the data themselves: bytes, or an end, on the sender's connection, or a server that
 * connects unasked. Under TLS only the server's reply starts it.
 */
final class TransferData {

    private enum Step {
        HELD_BACK,
        WAITING,
        RELAYING,
        OVER
    }

    private final SessionContext session;
    private final SessionActions port;
    private final FtpCommand command;
    private final DataPlan plan;
    private final long startedAt;
    private Step step = Step.HELD_BACK;
    private boolean clientLost;
    private TransferEnd end = TransferEnd.REFUSED;
    private boolean serverUnused;
    private boolean readable;
    private long bytesToClient;
    private long bytesToServer;
    private Optional<DataPath> path = Optional.empty();
    private TransferTerms terms = TransferTerms.NONE;
    private Optional<Reject> rejection = Optional.empty();

    TransferData(SessionContext session, FtpCommand command, DataPlan plan) {
        this.session = session;
        this.port = session.port();
        this.command = command;
        this.plan = plan;
        this.startedAt = port.nanoTime();
        plan.watchAgain();
    }

    /** Returns whether no relay was begun yet. */
    boolean isWaiting() {
        return step == Step.HELD_BACK || step == Step.WAITING;
    }

    boolean isRelaying() {
        return step == Step.RELAYING;
    }

    boolean isOver() {
        return step == Step.OVER;
    }

    /** Returns whether all that was to be moved was moved. */
    boolean isComplete() {
        return end == TransferEnd.COMPLETE;
    }

    /** Connects to the server now if that was left for this transfer; returns whether to wait for it. */
    boolean dialsServer() {
        DataPlan.Leg server = plan.leg(Side.SERVER);
        boolean left = server.step() == DataPlan.Step.AGREED && !plan.isOffloaded();
        plan.dialOnce(Side.SERVER, port);
        return left;
    }

    /**
     * The command is at the server: in the clear the data may come before the server's mark, and is watched for. What the kernel
     * carries cannot be held back.
     */
    void begin() {
        if (plan.isOffloaded()) {
            allow();
        } else {
            watch();
        }
    }

    private void watch() {
        boolean matters = step == Step.HELD_BACK || step == Step.WAITING && sender().isEmpty();
        if (matters && plan.underTls().isEmpty()) {
            for (Side side : Side.values()) {
                if (sender().orElse(side) == side) {
                    plan.leg(side).watchOnce(port);
                }
            }
        }
    }

    /** From now on the data may move, as soon as both connections are there. */
    void allow() {
        if (step == Step.HELD_BACK) {
            step = Step.WAITING;
            plan.dialOnce(Side.SERVER, port);
        }
        relayWhenReady();
        watch();
    }

    /** Bytes, or an end, are there. */
    void onReadable() {
        readable = true;
        allow();
    }

    /** Returns whether a command that need not transfer anything may have done without: nothing was seen of any data. */
    boolean mayBeNone() {
        return isWaiting() && sender().isEmpty() && plan.underTls().isEmpty() && !readable;
    }

    /** A data connection is established; a server that made it unasked expects the data, whatever it replies later. */
    void onConnected(Side side) {
        if (step == Step.HELD_BACK
                && side == Side.SERVER
                && plan.leg(side).listens()
                && plan.underTls().isEmpty()) {
            allow();
        } else {
            onNotOffloaded();
            watch();
            relayWhenReady();
        }
    }

    // ---- the kernel

    /** Returns whether the kernel carries the data. */
    boolean isOffloaded() {
        return plan.isOffloaded();
    }

    /**
     * Unless the kernel carries the data: it was to carry them, and the connection arrives at the gateway, which connects to the
     * other side.
     */
    void onNotOffloaded() {
        if (step == Step.WAITING) {
            plan.dialOnce(Side.SERVER, port);
        }
    }

    /** The client has the final reply: what the kernel carries is awaited for a moment, and behind a negative reply cut. */
    void endSoon(boolean positive) {
        if (step == Step.RELAYING && positive) {
            port.endRelaySoon();
        } else if (step == Step.RELAYING) {
            port.abortRelaySoon();
        }
    }

    /** Returns whether its end was not seen. */
    boolean isUnobserved() {
        return end == TransferEnd.UNOBSERVED;
    }

    /**
     * The client has received a negative reply to data that the kernel carried. The server failed, unless it was the client, or a
     * stall: the server cuts the data before or after its reply, and else the gateway did.
     */
    void onRefusedAhead() {
        end = switch (end) {
            case COMPLETE, SERVER_RESET, ABORTED, UNOBSERVED, REFUSED -> TransferEnd.SERVER_FAILED;
            default -> end;
        };
    }

    // ---- both ways

    /** Returns whether somebody else connected to a port where the expected peer has not yet. */
    boolean hasUnexpectedPeer() {
        return plan.hasUnexpectedPeer();
    }

    /** Returns whether the server has not connected yet. */
    boolean lacksServer() {
        return isWaiting() && plan.leg(Side.SERVER).step() != DataPlan.Step.CONNECTED;
    }

    /** Starts the relay if both connections are there; a client that is to be dialled is dialled once the server is there. */
    private void relayWhenReady() {
        if (step != Step.WAITING) {
            return;
        }
        if (!lacksServer()) {
            plan.dialOnce(Side.CLIENT, port);
        }
        if (plan.bothConnected()) {
            relay();
            if (clientLost) {
                port.cutUploadUnlessSent();
            }
        }
    }

    private void relay() {
        step = Step.RELAYING;
        session.timers().stop(Timers.Kind.EXCHANGE);
        session.timers().stop(Timers.Kind.REPLY);
        session.data().forget();
        FilterContext context = session.filterContext();
        TransferTerms agreed = session.settings().transfers().terms(command, context);
        terms = Direction.of(command) != Direction.LISTING
                ? context.permit().maxBytes().map(agreed::atMost).orElse(agreed)
                : agreed;
        port.relay(sender(), plan.underTls(), terms);
    }

    /**
     * Begins what is about to be cut. The kernel may carry it already, though it has not reported it: it is cut as a running transfer,
     * whose bytes are counted.
     */
    private void relayUnreported() {
        if (step == Step.WAITING && plan.isOffloaded()) {
            relay();
        }
    }

    /**
     * The client's control connection ended: an upload continues if its data connection is there and its end has arrived, or
     * arrives soon; the relay decides that. Returns whether it may continue.
     */
    boolean continuesWithoutClient() {
        boolean may = command.verb().is(FtpVerb.Trait.UPLOAD)
                && switch (step) {
                    case HELD_BACK, WAITING -> plan.leg(Side.CLIENT).step() == DataPlan.Step.CONNECTED;
                    case RELAYING -> end == TransferEnd.REFUSED;
                    case OVER -> isComplete();
                };
        if (may && !clientLost && step == Step.RELAYING) {
            port.cutUploadUnlessSent();
        }
        clientLost |= may;
        return may;
    }

    /** Returns whether the client's control connection has ended, and the upload continued. */
    boolean lostItsClient() {
        return clientLost;
    }

    private Optional<Side> sender() {
        if (isDownload()) {
            return Optional.of(Side.SERVER);
        }
        return command.verb().is(FtpVerb.Trait.UPLOAD) ? Optional.of(Side.CLIENT) : Optional.empty();
    }

    /** The data connection of this side is under TLS. */
    void onSecured(Side side, TlsDetails details) {
        plan.leg(side).onSecured(details);
    }

    /** Returns whether the gateway cut it for a reason that the server does not know. */
    boolean failedHere() {
        return end == TransferEnd.TLS_FAILED || end == TransferEnd.OVER_LIMIT || end == TransferEnd.REJECTED;
    }

    /** Returns whether the gateway cut an upload whose remnant at the server is to be deleted. */
    boolean leavesRemnant() {
        return (end == TransferEnd.REJECTED || end == TransferEnd.OVER_LIMIT)
                && terms.remnant() == Remnant.DELETE
                && command.verb().is(FtpVerb.Trait.UPLOAD);
    }

    /** Returns the reply to a transfer that cannot be reported as done. */
    FtpReply failure() {
        return switch (end) {
            case TLS_FAILED -> Replies.DATA_TLS_FAILED;
            case REJECTED -> rejection.map(this::replyTo).orElse(Replies.TRANSFER_ABORTED);
            case OVER_LIMIT -> isDownload() ? Replies.DOWNLOAD_OVER_LIMIT : Replies.UPLOAD_OVER_LIMIT;
            default -> Replies.TRANSFER_ABORTED;
        };
    }

    private FtpReply replyTo(Reject why) {
        return why.reply().orElseGet(() -> FtpReply.of(isDownload() ? 451 : 550, rejectedText(why)));
    }

    private static String rejectedText(Reject why) {
        return "Transfer rejected: " + why.reason() + ".";
    }

    /** The server's data connection was reset before a byte came from it. */
    void onServerUnused() {
        serverUnused = true;
    }

    /** Returns whether the server ended without sending a byte of what it was to send. */
    boolean isEmptyDownload() {
        return serverUnused && end == TransferEnd.SERVER_RESET && isDownload();
    }

    boolean isDownload() {
        return command.verb().is(FtpVerb.Trait.DOWNLOAD);
    }

    /** The server reports that all is done: if it had nothing to send, that nothing is all there is. */
    void onConfirmed() {
        if (isEmptyDownload()) {
            end = TransferEnd.COMPLETE;
        }
    }

    /** The relay ended: if it was cut, for the reason that it was cut for. */
    void onEnded(TransferResult result) {
        step = Step.OVER;
        TransferEnd how = result.end();
        TransferEnd cause = clientLost && how == TransferEnd.ABORTED ? TransferEnd.SESSION_CLOSED : how;
        end = end == TransferEnd.REFUSED || how == TransferEnd.COMPLETE ? cause : end;
        bytesToClient = result.bytesToClient();
        bytesToServer = result.bytesToServer();
        path = Optional.of(result.path());
        rejection = result.rejection();
        if (command.verb() == FtpVerb.RETR) {
            rejection.filter(why -> why.reply().isEmpty()).ifPresent(why -> session.rejected()
                    .onRejected(command, rejectedText(why)));
        }
    }

    /** Cuts the data, however far it is. */
    void cut(TransferEnd why) {
        switch (step) {
            case HELD_BACK, WAITING -> {
                end = why;
                step = Step.OVER;
                session.timers().stop(Timers.Kind.EXCHANGE);
                plan.abort(port);
                session.data().forget();
            }
            case RELAYING -> {
                end = end == TransferEnd.REFUSED ? why : end;
                port.abortRelay();
            }
            case OVER -> {}
        }
    }

    /**
     * The client aborts, and the server has been sent ABOR: the data stop, and are cut once the server has received it. A
     * server that sees the data end before the ABOR may store half a file as a whole one.
     */
    void abort() {
        relayUnreported();
        if (step == Step.RELAYING) {
            end = TransferEnd.ABORTED;
            port.abortRelaySoon();
        } else {
            cut(TransferEnd.ABORTED);
        }
    }

    /** The server is done without any data: it had nothing to send, or took nothing. */
    void endEmpty() {
        step = Step.OVER;
        end = command.verb().is(FtpVerb.Trait.UPLOAD) ? TransferEnd.NO_DATA_CONNECTION : TransferEnd.COMPLETE;
        plan.close(port);
        session.data().forget();
    }

    /** Cuts the data with the session. */
    void cutWithSession() {
        relayUnreported();
        cut(TransferEnd.SESSION_CLOSED);
    }

    /** Complete or not, the transfer was never reported as done. */
    void cutUntold() {
        cutWithSession();
        end = end == TransferEnd.COMPLETE ? TransferEnd.SESSION_CLOSED : end;
    }

    /** The server's final reply is negative: if all its data went through, it is the server that failed. */
    void onRefused() {
        end = end == TransferEnd.COMPLETE ? TransferEnd.SERVER_FAILED : end;
    }

    /** Reports the result of the transfer to the listener, given the codes of both final replies. */
    void tellFinished(Optional<Integer> received, Optional<Integer> sent) {
        terms.inspections().forEach((to, inspection) -> session.events()
                .inspectionEnded(command, to.other(), end, rejection, inspection));
        session.events()
                .transferFinished(
                        command,
                        session.server().connectedAddress(),
                        plan,
                        new SessionEvents.TransferTally(
                                startedAt, end, path, bytesToClient, bytesToServer, received, sent));
    }
}
