package io.ftpalg.data.leg;

import io.ftpalg.policy.DataFailure;
import org.jspecify.annotations.Nullable;

/**
 * How far a data connection is, whatever it is made of. Owned by the session, on its loop; what listens or dials brings it
 * about, and a relay takes it over.
 *
 * @param <S> the socket that listens, dials, or is the connection
 */
public abstract class OwnedLeg<S> implements DataLeg {
    private enum State {
        OPENING,
        CONNECTED,
        HANDED_OVER,
        ENDED
    }

    private final LegEvents events;
    private State state = State.OPENING;
    private @Nullable S socket;
    private Runnable withdraw = () -> {};

    protected OwnedLeg(LegEvents events) {
        this.events = events;
    }

    /** Ends a socket: in order, or so that the peer sees a failure. */
    protected abstract void end(S last, boolean inOrder);

    public final LegEvents events() {
        return events;
    }

    /** Returns the socket that is in hand now, if any. */
    public final @Nullable S socket() {
        return socket;
    }

    /** Returns whether the data connection is still wanted and not there yet. */
    public final boolean opening() {
        return state == State.OPENING;
    }

    /** The socket that listens or dials now; it goes when the leg goes. */
    public final void opens(S opening) {
        socket = opening;
    }

    /** It is awaited at a socket that is not its own: this is run, once, when it is wanted no more before it is there. */
    public final void awaits(Runnable whenUnwanted) {
        withdraw = whenUnwanted;
    }

    /** The data connection is established; its owner is not notified yet. */
    public final void isConnected(S connection) {
        state = State.CONNECTED;
        socket = connection;
    }

    /** There will be none. */
    public final void failed(DataFailure failure, String detail) {
        if (opening()) {
            end(false);
            events.failed(failure, detail);
        }
    }

    /** Gives the connection to the relay that owns it from now on; {@link #close} and {@link #abort} are void. */
    public final S release() {
        S handed = socket;
        if (state != State.CONNECTED || handed == null) {
            throw new IllegalStateException("no data connection to relay: " + state);
        }
        state = State.HANDED_OVER;
        events.silence();
        socket = null;
        return handed;
    }

    @Override
    public final void close() {
        events.silence();
        end(true);
    }

    @Override
    public final void abort() {
        events.silence();
        end(false);
    }

    /** Ends what is in hand, without an event. */
    protected final void end(boolean inOrder) {
        S last = socket;
        socket = null;
        if (opening()) {
            withdraw.run();
        }
        if (state != State.HANDED_OVER) {
            state = State.ENDED;
        }
        if (last != null) {
            end(last, inOrder);
        }
    }
}
