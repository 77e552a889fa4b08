package io.ftpalg.data.relay;

import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayPlan.Until;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.protocol.Side;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The course of a relay, whatever moves its bytes: watches for a stall, judges what a lost side means, ends once.
 *
 * <p>COMPLETE means that the sender's FIN was seen, that everything before it was written, and our own FIN after it. A
 * reset of one side is passed on to the other. Owned by its relay, on the session's loop.
 */
public final class RelayTermination {

    /** Closes both connections: in order, or so that the peers see a failure; runs the action when they are closed. */
    public interface Closer {
        void close(boolean inOrder, Runnable closed);
    }

    private final EventLoop loop;
    private final RelayPlan plan;
    private final RelayFlow toClient;
    private final RelayFlow toServer;
    private final Closer closing;
    private final Consumer<RelayResult> listener;
    private @Nullable StallWatch stallWatch;
    private @Nullable Linger lingering;
    private @Nullable SentWatch sentWatch;
    private @Nullable Future<?> halted;
    private boolean ended;

    public RelayTermination(
            EventLoop loop,
            RelayPlan plan,
            RelayFlow toClient,
            RelayFlow toServer,
            Closer closing,
            Consumer<RelayResult> listener) {
        this.loop = loop;
        this.plan = plan;
        this.toClient = toClient;
        this.toServer = toServer;
        this.closing = closing;
        this.listener = listener;
    }

    public void start() {
        stallWatch = new StallWatch(
                loop, plan.stallTimeout(), () -> toClient.movement() + toServer.movement(), () -> end(End.STALLED));
    }

    public boolean ended() {
        return ended;
    }

    /** Returns whether nothing moves any more, although the end is still to come. */
    public boolean isHalted() {
        return halted != null;
    }

    /** Nothing moves any more, and the relay is cut after this time; at once, if all was passed on, or nothing is to be sent. */
    public void abortAfter(Duration time) {
        if (ended || isHalted()) {
            return;
        }
        if (plan.flow() != Flow.BOTH && flowFrom(sender()).shut()) {
            end(End.ABORTED);
            return;
        }
        stopStallWatch();
        halted = loop.schedule(() -> end(End.ABORTED), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The server may end an upload early; bytes that still come from the client then have nowhere to go. */
    public boolean uploadIsUnwanted() {
        return plan.flow() == Flow.UPLOAD && toClient.inputEnded();
    }

    /**
     * Passes the end of what a side sent on, unless the relay ends before. A client may send ABOR and end its upload together:
     * the upload's end waits until the loop has polled for I/O once more, so that an ABOR that came before it is read first
     * and half a file is not passed off as a whole one. The next turn is not enough: the end may have come while the loop
     * was still at what it had polled before the ABOR, and a task that a task queues runs without another poll.
     */
    public void passEnd(Side from, Runnable pass) {
        if (plan.flow() == Flow.UPLOAD && from == Side.CLIENT) {
            loop.execute(() -> loop.schedule(() -> passEndNow(pass), 0, TimeUnit.NANOSECONDS));
        } else {
            passEndNow(pass);
        }
    }

    private void passEndNow(Runnable pass) {
        if (!ended && !isHalted()) {
            pass.run();
        }
    }

    /** A direction read its end, or passed everything on, its end too. */
    public void onProgress() {
        if (ended || isHalted()) {
            return;
        }
        if (plan.flow() == Flow.BOTH) {
            lingerForIdle(toClient, toServer);
            lingerForIdle(toServer, toClient);
        } else if (flowFrom(sender()).shut() && !flowFrom(receiver()).inputEnded() && lingering == null) {
            stopStallWatch();
            flowFrom(receiver()).discard();
            linger();
        }
        boolean through = plan.flow() == Flow.BOTH
                ? toClient.shut() && toServer.shut()
                : flowFrom(sender()).shut() && flowFrom(receiver()).inputEnded();
        if (through) {
            end(End.COMPLETE);
        }
    }

    private void linger() {
        RelayFlow through = flowFrom(sender());
        Optional<BooleanSupplier> enough =
                plan.until() == Until.CLOSED ? Optional.empty() : Optional.of(through::acknowledged);
        lingering = new Linger(loop, plan.linger(), enough, () -> end(End.COMPLETE));
        lingering.start();
    }

    /** If the sender is unknown, it was the direction that has ended, if nothing ever moved in the other. */
    private void lingerForIdle(RelayFlow through, RelayFlow other) {
        if (through.shut() && !other.shut() && other.movement() == 0 && lingering == null) {
            lingering = new Linger(loop, plan.linger(), Optional.empty(), () -> endUnlessMoved(other));
            lingering.start();
        }
    }

    private void endUnlessMoved(RelayFlow idle) {
        if (idle.movement() == 0) {
            end(End.COMPLETE);
        }
    }

    /** Returns whether nothing is lost if what this side sends was cut: it only receives, or all there is was sent to it. */
    boolean mayLack(Side from) {
        return isHalted() || (plan.flow() == Flow.BOTH ? flowFrom(from.other()).shut() : !plan.sends(from));
    }

    /** The connection of a side is closed, and not by us: reset, or closed by an ending event loop. */
    public void gone(Side side) {
        lost(side, resetBy(side));
    }

    /** Nothing more comes from a side or goes there; if that cuts the transfer, this is how it ended. */
    void lost(Side side, End verdict) {
        if (ended) {
            return;
        }
        if (loop.isShuttingDown()) {
            end(End.ABORTED);
        } else if (isHalted()) {
            if (side == Side.SERVER) {
                end(End.ABORTED);
            }
            // A client that closes behind its ABOR must not have the server's connection reset before the ABOR is
            // there.
        } else if (plan.flow() == Flow.BOTH) {
            end(verdict);
        } else if (flowFrom(sender()).shut()) {
            end(End.COMPLETE);
        } else if (side == sender() && flowFrom(sender()).inputEnded()) {
            // All it had to send is here; that it does not take what the receiver sends changes nothing.
            flowFrom(receiver()).discard();
        } else if (verdict == End.SERVER_RESET
                && plan.flow() == Flow.DOWNLOAD
                && plan.inTheClear()
                && toClient.untouched()) {
            end(End.SERVER_UNUSED);
        } else {
            end(verdict);
        }
    }

    public void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        stopStallWatch();
        stopSentWatch();
        if (halted != null) {
            halted.cancel(false);
        }
        if (lingering != null) {
            lingering.stop();
        }
        closing.close(end == End.COMPLETE || end == End.SERVER_UNUSED, () -> report(end));
    }

    /** Cuts an upload unless all of it has arrived, or arrives in a moment. */
    public void cutUnlessSent() {
        if (!ended && sentWatch == null) {
            sentWatch = new SentWatch(loop, toServer, () -> end(End.ABORTED));
        }
    }

    /** Another relay continues with these connections; this one reports nothing. */
    public void stop() {
        ended = true;
        stopStallWatch();
    }

    private void stopStallWatch() {
        if (stallWatch != null) {
            stallWatch.stop();
        }
    }

    private void stopSentWatch() {
        if (sentWatch != null) {
            sentWatch.stop();
        }
    }

    private void report(End end) {
        RelayResult result = new RelayResult(end, toClient.written(), toServer.written());
        try {
            loop.execute(() -> listener.accept(result));
        } catch (RejectedExecutionException e) {
            // The loop is past its last turn; the owner must be notified nevertheless.
            listener.accept(result);
        }
    }

    private Side sender() {
        return plan.flow() == Flow.UPLOAD ? Side.CLIENT : Side.SERVER;
    }

    private Side receiver() {
        return sender().other();
    }

    private RelayFlow flowFrom(Side side) {
        return side == Side.CLIENT ? toServer : toClient;
    }

    private static End resetBy(Side side) {
        return side == Side.CLIENT ? End.CLIENT_RESET : End.SERVER_RESET;
    }
}
