package io.ftpalg.data.relay;

import io.ftpalg.data.channel.ReadSizer;
import java.util.function.IntSupplier;

/**
 * The memory that one direction of a {@link BufferRelay} holds, and how much it may read now.
 *
 * <p>Both directions of a relay share twice {@link RelayPlan#buffer}, less a small piece kept for the other one: transfers
 * go one way, and large reads are what saves processor time. What counts is the capacity of buffers, until their write is
 * through. On the session's loop.
 */
final class HeldBytes implements ReadSizer.Room {
    private final RelayMemory memory;
    private final long share;
    private final int small;
    private final HeldBytes opposite;
    /** What else bounds a read. */
    private IntSupplier atMost = () -> ReadSizer.LARGE;

    private long waiting;
    private int reading;

    /** Makes the bytes of a direction, and with them those of the opposite one. */
    HeldBytes(RelayMemory memory, int buffer) {
        this.memory = memory;
        this.share = 2L * buffer;
        this.small = Math.min(buffer, ReadSizer.SMALL);
        this.opposite = new HeldBytes(this);
    }

    private HeldBytes(HeldBytes opposite) {
        this.memory = opposite.memory;
        this.share = opposite.share;
        this.small = opposite.small;
        this.opposite = opposite;
    }

    HeldBytes opposite() {
        return opposite;
    }

    /** Returns how many bytes the next read may take, at least a small piece. */
    @Override
    public int room() {
        return (int) Math.min(atMost.getAsInt(), Math.max(small, Math.min(ReadSizer.LARGE, free())));
    }

    /** Reads no more at a time than this. */
    void readAtMost(IntSupplier bytes) {
        atMost = bytes;
    }

    /** Returns whether to read on: nothing waits, or a large piece has room beside what does. */
    boolean wantMore() {
        return waiting == 0 || free() >= share / 4;
    }

    /** More bytes, or less, are held back: they leave the room of reads as it is, for they wait for no write. */
    void keep(int change) {
        if (change > 0) {
            memory.take(change);
        } else {
            memory.giveBack(-change);
        }
    }

    private long free() {
        long own = share - Math.max(small, opposite.waiting + opposite.reading) - waiting;
        return Math.min(own, memory.left());
    }

    @Override
    public boolean isWrittenOut() {
        return waiting == 0;
    }

    @Override
    public void reading(int capacity) {
        memory.take(capacity - reading);
        reading = capacity;
    }

    /** A piece waits to be written. */
    void take(int capacity) {
        waiting += capacity;
        memory.take(capacity);
    }

    /** A piece waits no more. */
    void giveBack(int capacity) {
        waiting -= capacity;
        memory.giveBack(capacity);
    }
}
