package io.ftpalg.data.relay;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The inspected bytes of one direction that are held in memory: a copy, as large as it must be, so that pieces of large buffers do not
 * stay. Owned by {@link InspectedBytes}, on the session's loop.
 */
final class HeldTail {
    /** Receives bytes that are held no longer, whose capacity is counted. */
    interface Receiver {
        void pass(ByteBuf bytes, int capacity);
    }

    private final HeldBytes held;
    private final Receiver receiver;
    private @Nullable ByteBuf tail;
    private int counted;

    HeldTail(HeldBytes held, Receiver receiver) {
        this.held = held;
        this.receiver = receiver;
    }

    int readable() {
        return tail == null ? 0 : tail.readableBytes();
    }

    /** Takes the bytes of a piece, whose capacity is counted, and passes on what there is beyond this many bytes. */
    void advance(ByteBuf piece, int kept) {
        int capacity = piece.capacity();
        int excess = (int) Math.max(0, (long) readable() + piece.readableBytes() - kept);
        int ofTail = Math.min(excess, readable());
        pass(ofTail);
        if (excess > ofTail) {
            receiver.pass(piece.readRetainedSlice(excess - ofTail), capacity);
            append(piece);
        } else {
            append(piece);
            held.giveBack(capacity);
        }
        piece.release();
    }

    /** Passes the first bytes on: the buffer itself, if that leaves less to copy. */
    void pass(int count) {
        ByteBuf from = tail;
        if (from == null || count == 0) {
            return;
        }
        if (count < from.readableBytes() / 2) {
            ByteBuf copy = from.alloc().directBuffer(count).writeBytes(from, count);
            held.take(copy.capacity());
            receiver.pass(copy, copy.capacity());
            return;
        }
        ByteBuf first = from.readRetainedSlice(count);
        int capacity = from.capacity();
        ByteBuf rest = from.retainedSlice();
        drop();
        held.take(capacity);
        append(rest);
        rest.release();
        receiver.pass(first, capacity);
    }

    /** Returns all that there is, which is counted until it is {@link #release released}. */
    Optional<ByteBuf> detach() {
        Optional<ByteBuf> all = Optional.ofNullable(tail);
        tail = null;
        counted = 0;
        return all;
    }

    /** Releases what was detached. */
    void release(ByteBuf detached) {
        held.keep(-detached.capacity());
        detached.release();
    }

    void drop() {
        detach().ifPresent(this::release);
    }

    private void append(ByteBuf piece) {
        if (!piece.isReadable()) {
            return;
        }
        ByteBuf to = tail;
        if (to == null) {
            to = piece.alloc().directBuffer(piece.readableBytes());
            tail = to;
        }
        if (to.writableBytes() < piece.readableBytes()) {
            to.discardReadBytes();
        }
        to.writeBytes(piece);
        held.keep(to.capacity() - counted);
        counted = to.capacity();
    }
}
