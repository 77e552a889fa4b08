package io.ftpalg.data.relay;

import io.ftpalg.data.channel.DataSockets;
import io.ftpalg.data.leg.TcpState;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link BufferRelay}: reads from one side as long as its {@link HeldBytes} have room, and writes what one
 * turn of reading brought to the other side at once.
 *
 * <p>A piece counts until its write is through, whatever stands in the pipelines (TLS: a read brings many pieces, or none,
 * and a write ends late), so a reader that stalls stalls its sender. Owned by its relay, on the session's loop.
 * <pre>
 *   FLOWING --end of input--> DRAINING --all written--> SHUTTING --our end sent--> SHUT
 *      \______________________________________________________________________/--> DISCARDING (reads, keeps nothing)
 * </pre>
 */
final class BufferFlow implements RelayFlow, InspectedBytes.Flow {
    /** The relay of a flow; called on its loop. */
    interface Owner {
        /** Returns whether bytes and ends are passed on. */
        boolean moves();

        /** Sends our end to this side, behind everything that was written. */
        Future<? super Void> shutOutput(Side to);

        /** A write of this direction is through. */
        void roomAgain(BufferFlow flow);

        /** A direction passed everything on, its end too. */
        void flowShut();

        /** More came than the terms of the transfer allow. */
        void overLimit();

        /** The inspection of a direction rejected its content. */
        void rejected(Reject why);

        /** Reading from or writing to a side failed. */
        void broken(Side side, Throwable cause);
    }

    private enum State {
        FLOWING,
        DRAINING,
        SHUTTING,
        SHUT,
        DISCARDING
    }

    private final Owner owner;
    private final Side receiver;
    private final SocketChannel from;
    private final SocketChannel to;
    private final HeldBytes held;
    private final Pacer pacer;
    private final @Nullable InspectedBytes inspected;
    private State state = State.FLOWING;
    private boolean inputEnded;
    private boolean reading;
    private int writing;
    private long read;
    private long written;

    BufferFlow(
            Owner owner,
            Side receiver,
            SocketChannel from,
            SocketChannel to,
            HeldBytes held,
            Pacer pacer,
            Optional<Inspection> inspection,
            EventLoop loop) {
        this.pacer = pacer;
        this.inspected = inspection
                .map(found -> new InspectedBytes(loop, found, this, held))
                .orElse(null);
        held.readAtMost(pacer::size);
        this.owner = owner;
        this.receiver = receiver;
        this.from = from;
        this.to = to;
        this.held = held;
    }

    /** Asks for more, if there is room for it. */
    void pull() {
        if (inspected != null && state == State.FLOWING) {
            inspected.roomAgain();
        }
        reading = state == State.DISCARDING || state == State.FLOWING && wantsMore() && pacer.mayRead(1) > 0;
        if (reading) {
            from.read();
        }
    }

    private boolean wantsMore() {
        return held.wantMore() && (inspected == null || inspected.wantsMore());
    }

    void read(Object msg) {
        if (state != State.FLOWING || !(msg instanceof ByteBuf piece)) {
            ReferenceCountUtil.release(msg);
            return;
        }
        int size = piece.readableBytes();
        int capacity = piece.capacity();
        if (size > 0 && !pacer.read(size)) {
            piece.release();
            owner.overLimit();
            return;
        }
        read += size;
        held.take(capacity);
        if (inspected == null || size == 0) {
            pass(piece, capacity);
        } else {
            inspected.take(piece);
        }
    }

    @Override
    public void pass(ByteBuf bytes, int capacity) {
        int size = bytes.readableBytes();
        writing++;
        to.write(bytes).addListener((Future<? super Void> done) -> wrote(size, capacity, done));
    }

    void readComplete() {
        if (state == State.FLOWING) {
            to.flush();
        }
        pull();
    }

    /** Nothing moves any more. */
    void stop() {
        pacer.stop();
        if (inspected != null) {
            inspected.stop();
        }
    }

    /** The sender's FIN came: what it does from now on, such as a reset, cuts nothing. */
    void inputEnd() {
        inputEnded = true;
    }

    /** What is under way is inspected and written, then the sender's FIN is passed on. */
    void passEnd() {
        if (state == State.FLOWING) {
            if (inspected == null) {
                inspectedAll();
            } else {
                inspected.end();
            }
        }
    }

    @Override
    public void inspectedAll() {
        state = State.DRAINING;
        to.flush();
        shutIfDrained();
    }

    @Override
    public void rejected(Reject why) {
        owner.rejected(why);
    }

    @Override
    public boolean moves() {
        return owner.moves();
    }

    @Override
    public void changed() {
        if (owner.moves()) {
            to.flush();
            owner.roomAgain(this);
        }
    }

    /**
     * Returns whether the receiver has reset its connection, where the transport reports that. The kernel reports a reset
     * once: if a write of ours got it, the next read is an end of input, as after a FIN.
     */
    boolean wasCut() {
        boolean open = state == State.FLOWING || state == State.DRAINING;
        return open && TcpState.of(to).filter(state -> state == TcpState.CLOSE).isPresent();
    }

    @Override
    public void discard() {
        state = State.DISCARDING;
        pull();
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public boolean untouched() {
        return DataSockets.reads(from).receivedNothing();
    }

    @Override
    public boolean shut() {
        return state == State.SHUT;
    }

    @Override
    public Arrival end() {
        if (inputEnded) {
            return Arrival.ARRIVED;
        }
        return TcpState.of(from)
                .map(state -> TcpState.finArrived(state) ? Arrival.ARRIVED : Arrival.MISSING)
                .orElse(Arrival.UNKNOWN);
    }

    @Override
    public boolean acknowledged() {
        return TcpState.of(to).map(TcpState::finAcknowledged).orElse(true);
    }

    @Override
    public boolean reading() {
        return reading;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public long movement() {
        ChannelOutboundBuffer out = to.unsafe().outboundBuffer();
        return read + written + (out == null ? 0 : out.currentProgress()) + (inspected == null ? 0 : inspected.looks());
    }

    private void wrote(int size, int capacity, Future<? super Void> done) {
        writing--;
        held.giveBack(capacity);
        if (done.isSuccess()) {
            written += size;
            shutIfDrained();
            owner.roomAgain(this);
        } else {
            owner.broken(receiver, done.cause());
        }
    }

    private void shutIfDrained() {
        if (state == State.DRAINING && writing == 0 && owner.moves()) {
            state = State.SHUTTING;
            owner.shutOutput(receiver).addListener(this::shutDone);
        }
    }

    private void shutDone(Future<? super Void> done) {
        if (!done.isSuccess()) {
            owner.broken(receiver, done.cause());
        } else if (state == State.SHUTTING) {
            state = State.SHUT;
            owner.flowShut();
        }
    }
}
