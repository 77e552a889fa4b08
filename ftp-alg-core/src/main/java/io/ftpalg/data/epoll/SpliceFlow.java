package io.ftpalg.data.epoll;

import io.ftpalg.data.relay.Pacer;
import io.ftpalg.data.relay.RelayFlow;
import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link SpliceRelay}: socket to pipe, pipe to socket, and no byte enters this process.
 *
 * <p>The pipe is filled only when it is empty, which is the back-pressure; so a splice of nothing after the peer's FIN means
 * the end, and before it that nothing is there yet. Owned by its relay, on the session's loop.
 * <pre>
 *   FLOWING --FIN and nothing left--> SHUT (FIN sent)
 *      \_____________________________/--> DISCARDING (reads, keeps nothing)
 * </pre>
 */
final class SpliceFlow implements RelayFlow {
    /** Bytes that one wake-up may move, so that many streams share a loop evenly. */
    private static final long BUDGET = 2 << 20;
    /** After less than this the source is likely to be empty; if it is not, the loop reports that. */
    private static final int FEW_BYTES = 16 << 10;

    private enum State {
        FLOWING,
        SHUT,
        DISCARDING
    }

    private final RawSocket from;
    private final RawSocket to;
    private final Pipes pipes;
    private final Pipes.Splice splice;
    private final Pacer pacer;
    private @Nullable Pipe pipe;
    private State state = State.FLOWING;
    private boolean finSeen;
    private boolean inputEnded;
    private boolean sinkFull;
    private int inPipe;
    private long written;

    SpliceFlow(RawSocket from, RawSocket to, Pipes pipes, Pacer pacer) {
        this.pacer = pacer;
        this.from = from;
        this.to = to;
        this.pipes = pipes;
        this.splice = pipes.splice();
    }

    /** The peer has sent its FIN: what is in the socket is all there will be. */
    void onFin() {
        finSeen = true;
    }

    /** The sink may take more. */
    void onSinkReady() {
        sinkFull = false;
    }

    /** Moves what can be moved now. */
    void pump() throws SourceFailure, SinkFailure, OverLimit {
        if (state == State.DISCARDING) {
            discardInput();
        }
        long left = BUDGET;
        while (state == State.FLOWING && left > 0) {
            if (inPipe > 0 && !drain()) {
                return;
            }
            int filled = inputEnded ? 0 : fill();
            if (filled <= 0) {
                return;
            }
            left -= filled;
            if (filled < FEW_BYTES && !finSeen) {
                drain();
                return;
            }
        }
    }

    /** Returns whether everything was passed on but the end itself. */
    boolean readyToShut() {
        return state == State.FLOWING && inputEnded && inPipe == 0;
    }

    /** Returns whether the pipe is empty now. */
    private boolean drain() throws SinkFailure {
        while (pipe != null && inPipe > 0 && !sinkFull) {
            try {
                int moved = splice.move(pipe.out().intValue(), to.fd().intValue(), inPipe);
                sinkFull = moved <= 0;
                inPipe -= Math.max(0, moved);
                written += Math.max(0, moved);
            } catch (IOException e) {
                throw new SinkFailure(e);
            }
        }
        return inPipe == 0;
    }

    private int fill() throws SourceFailure, OverLimit {
        int allowed = pacer.mayRead(pipe == null ? Integer.MAX_VALUE : pipe.capacity());
        if (allowed == 0) {
            return 0;
        }
        try {
            if (pipe == null) {
                pipe = pipes.take();
            }
            inPipe = splice.move(from.fd().intValue(), pipe.in().intValue(), Math.min(allowed, pipe.capacity()));
        } catch (IOException e) {
            throw new SourceFailure(e);
        }
        inputEnded = finSeen && inPipe == 0;
        if (inPipe > 0 && !pacer.read(inPipe)) {
            throw new OverLimit();
        }
        return inPipe;
    }

    /** Passes the sender's end on. */
    void shutSink() throws SinkFailure {
        try {
            to.socket().shutdown(false, true);
        } catch (IOException e) {
            throw new SinkFailure(e);
        } catch (NotYetConnectedException e) {
            // Shutting down a socket that was reset is reported as "not yet connected".
            throw new SinkFailure(new IOException(e));
        }
        state = State.SHUT;
    }

    private void discardInput() throws SourceFailure {
        ByteBuffer scrap = pipes.scrap();
        try {
            int read = from.socket().recv(scrap, 0, scrap.capacity());
            while (read > 0) {
                read = from.socket().recv(scrap, 0, scrap.capacity());
            }
            inputEnded = inputEnded || read < 0;
        } catch (IOException e) {
            throw new SourceFailure(e);
        }
    }

    /** Returns what to ask of the source for this flow. */
    int sourceInterest() {
        int fin = finSeen ? 0 : EpollIoOps.EPOLLRDHUP.value();
        boolean hungry = !inputEnded
                && (state == State.DISCARDING || state == State.FLOWING && inPipe == 0 && !pacer.isWaiting());
        return hungry ? fin | EpollIoOps.EPOLLIN.value() : fin;
    }

    /** Returns what to ask of the sink for this flow. */
    int sinkInterest() {
        return state == State.FLOWING && inPipe > 0 ? EpollIoOps.EPOLLOUT.value() : 0;
    }

    /** Returns whether more could move at once, of which no event will tell: the budget ran out behind the peer's FIN. */
    boolean wantsAnotherTurn() {
        return state == State.FLOWING && finSeen && inPipe == 0 && !inputEnded && !pacer.isWaiting();
    }

    /** Returns whether the peer has sent its FIN. */
    boolean finSeen() {
        return finSeen;
    }

    /** Gives the pipe back; nothing moves any more. */
    void release() {
        pacer.stop();
        if (pipe != null) {
            pipes.giveBack(pipe, inPipe == 0);
            pipe = null;
        }
    }

    @Override
    public void discard() {
        state = State.DISCARDING;
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    /** A reset may come before bytes that are still in the socket were read: the kernel has counted those too. */
    @Override
    public boolean untouched() {
        return movement() == 0 && from.receivedNothing();
    }

    @Override
    public boolean shut() {
        return state == State.SHUT;
    }

    @Override
    public Arrival end() {
        return inputEnded || from.finArrived() ? Arrival.ARRIVED : Arrival.MISSING;
    }

    @Override
    public boolean acknowledged() {
        return to.finAcknowledged();
    }

    @Override
    public boolean reading() {
        return state == State.FLOWING && inPipe == 0 && !inputEnded;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public long movement() {
        return written + inPipe;
    }

    /** Reading failed: the sending side is gone. */
    static final class SourceFailure extends Exception {
        private static final long serialVersionUID = 1L;

        SourceFailure(IOException cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }

    /** More came than the terms of the transfer allow. */
    static final class OverLimit extends Exception {
        private static final long serialVersionUID = 1L;

        OverLimit() {
            super("more bytes than allowed", null, false, false);
        }
    }

    /** Writing failed: the receiving side is gone. */
    static final class SinkFailure extends Exception {
        private static final long serialVersionUID = 1L;

        SinkFailure(IOException cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }
}
