package io.ftpalg.data.relay;

import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.SpillException;
import io.ftpalg.policy.inspect.SpillFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inspected bytes of one direction that are not passed on yet: the oldest in a {@link SpilledBytes}, if there is a spill file, the rest
 * in a {@link HeldTail}. Owned by {@link InspectedBytes}, on the session's loop.
 */
final class HeldContent {
    private static final Logger logger = LoggerFactory.getLogger(HeldContent.class);

    /** What is read from a spill file at a time. */
    private static final int SPILLED_PIECE = 64 << 10;

    /** The owner of the content. */
    interface Owner {
        /** Returns whether bytes are passed on. */
        boolean moves();

        /** Writes these bytes, whose capacity is counted. */
        void pass(ByteBuf bytes, int capacity);

        /** Behind the last verdict, everything was passed on. */
        void passedAll();

        /** Outside of a call of the owner: there may be bytes to send, and room for more. */
        void changed();

        /** Bytes are lost. */
        void cannotHold(String reason);
    }

    private final EventLoop loop;
    private final HeldBytes held;
    private final Owner owner;
    private final HeldTail tail;
    private @Nullable SpilledBytes spilled;
    private @Nullable Trickle trickle;
    /** How many of the first bytes may be passed on; they wait for the spill file, or for the receiver. */
    private long passable;

    private boolean last;
    private boolean stopped;

    HeldContent(EventLoop loop, HeldBytes held, Owner owner) {
        this.loop = loop;
        this.held = held;
        this.owner = owner;
        this.tail = new HeldTail(held, this::pass);
    }

    /** Sets where more is held than fits into memory, and how much is passed on before a verdict, and how often. */
    void begin(Optional<SpillFile> file, Optional<InspectionTerms.Trickle> terms) {
        spilled = file.map(found -> new SpilledBytes(loop, found, this::spillFailed))
                .orElse(null);
        trickle = terms.map(often -> new Trickle(loop, often.interval(), () -> trickle(often.bytes())))
                .orElse(null);
    }

    /** Returns whether so many more bytes may be held: what is held in memory only is bounded here. */
    boolean mayTake(int more, int most) {
        return spilled != null || size() + more <= most;
    }

    /** Returns whether a result of the spill file is awaited. */
    boolean isBusy() {
        return spilled != null && spilled.isBusy();
    }

    /** Returns whether nothing waits for the spill file or the receiver, so that more may be read. */
    boolean isSettled() {
        return !isBusy() && passable == 0;
    }

    /** Takes the bytes of a piece, whose capacity is counted, and passes on what there is beyond this many bytes. */
    void advance(ByteBuf piece, int kept) {
        if (spilled == null || spilled.size() == 0 && size() + piece.readableBytes() <= spilled.above()) {
            tail.advance(piece, kept);
            return;
        }
        tail.advance(piece, Integer.MAX_VALUE);
        passable = Math.max(passable, size() - kept);
        passWhatMay();
    }

    /** The last verdict is there: everything is passed on. */
    void passAll() {
        last = true;
        passable = size();
        passWhatMay();
    }

    /** The receiver has taken bytes. */
    void roomAgain() {
        if (passable > 0 && passWhatMay()) {
            owner.changed();
        }
    }

    /** Nothing is passed on any more. */
    void stop() {
        stopped = true;
        tail.drop();
        if (spilled != null) {
            spilled.close();
        }
        if (trickle != null) {
            trickle.stop();
        }
    }

    private long size() {
        return tail.readable() + (spilled == null ? 0 : spilled.size());
    }

    /** Passes on what may be, as far as the receiver has room; returns whether anything was passed on at once. */
    private boolean passWhatMay() {
        if (stopped || isBusy()) {
            return false;
        }
        if (spilled != null && spilled.size() > 0 && passable > 0) {
            if (held.wantMore()) {
                spilled.read((int) Math.min(SPILLED_PIECE, passable), this::unspilled);
            }
            return false;
        }
        boolean passes = passable > 0;
        if (passes) {
            int count = (int) Math.min(passable, tail.readable());
            passable = 0;
            tail.pass(count);
        }
        if (last) {
            owner.passedAll();
        } else {
            spill();
        }
        return passes;
    }

    private void spill() {
        SpilledBytes to = spilled;
        if (to != null && tail.readable() > to.above()) {
            ByteBuf all = tail.detach().orElseThrow();
            to.write(all, () -> tail.release(all), this::free);
        }
    }

    private void unspilled(ByteBuf piece) {
        passable -= piece.readableBytes();
        held.take(piece.capacity());
        pass(piece, piece.capacity());
        free();
    }

    /** The spill file has done what it was asked for. */
    private void free() {
        if (owner.moves()) {
            passWhatMay();
            owner.changed();
        }
    }

    private void spillFailed(Throwable failure) {
        if (stopped) {
            logger.debug("a spill file failed that is not needed any more", failure);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        logger.warn("bytes under inspection cannot be held, the transfer is rejected: {}", cause.toString());
        owner.cannotHold(
                cause instanceof SpillException known
                        ? String.valueOf(known.getMessage())
                        : "its bytes cannot be stored until the verdict");
    }

    private void pass(ByteBuf bytes, int capacity) {
        if (trickle != null) {
            trickle.passed();
        }
        owner.pass(bytes, capacity);
    }

    /** Passes a few of the first bytes on, but not of the last that are held: the end of the file may be among these. */
    private void trickle(int count) {
        long most = Math.min(count, size() - InspectionTerms.LEAST_HELD_BACK);
        if (!last && most > passable && owner.moves()) {
            passable = most;
            passWhatMay();
            owner.changed();
        }
    }
}
