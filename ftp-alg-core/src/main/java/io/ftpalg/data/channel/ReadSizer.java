package io.ftpalg.data.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how many bytes a data connection reads at a time: {@link #SMALL} at first, up to {@link #LARGE} as long
 * as reads are full and their bytes leave at once, never more than the relay has room for.
 *
 * <p>Belongs to one data connection from its start, because Netty asks only once for a handle; on the session's loop.
 */
public final class ReadSizer extends DefaultMaxMessagesRecvByteBufAllocator {
    /** What the bytes of a connection count in, and what bounds its reads; on the session's loop. */
    public interface Room {
        /** Returns how many bytes the next read may take. */
        int room();

        /** Returns whether all that was read is written. */
        boolean isWrittenOut();

        /** A buffer was made for the next read; 0 when that read is over. */
        void reading(int capacity);
    }

    /** Bytes of the smallest read, which a connection may always do when nothing of it is held. */
    public static final int SMALL = 16 << 10;

    /** Bytes of the largest read. */
    public static final int LARGE = 1 << 20;

    private static final int GROWTH = 4;
    private static final int SCANT_READS = 2;

    private @Nullable Room held;
    private int size = SMALL;
    private int scantReads;
    private boolean received;

    /** From now on the bytes of this connection count here. */
    public void countIn(Room room) {
        held = room;
    }

    /** Nothing that is read from now on is kept. */
    public void countNoMore() {
        if (held != null) {
            held.reading(0);
            held = null;
        }
    }

    /** Returns whether no read of this connection ever brought a byte. */
    public boolean receivedNothing() {
        return !received;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Sizing();
    }

    private int next() {
        return held == null ? SMALL : Math.min(size, held.room());
    }

    private void adapt(int asked, int got) {
        if (got >= asked && (held == null || held.isWrittenOut())) {
            size = Math.min(LARGE, Math.max(size, asked * GROWTH));
            scantReads = 0;
        } else if (got > size / GROWTH) {
            scantReads = 0;
        } else if (++scantReads >= SCANT_READS) {
            size = Math.max(SMALL, size / 2);
            scantReads = 0;
        }
    }

    /** Netty's handle, called before and after each read. */
    private final class Sizing extends MaxMessageHandle {
        @Override
        public int guess() {
            return next();
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf buffer = super.allocate(allocator);
            if (held != null) {
                held.reading(buffer.capacity());
            }
            return buffer;
        }

        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            if (held != null) {
                held.reading(0);
            }
            if (bytes > 0) {
                received = true;
                adapt(attemptedBytesRead(), bytes);
            }
        }
    }
}
