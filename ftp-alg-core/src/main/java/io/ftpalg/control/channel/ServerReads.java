package io.ftpalg.control.channel;

import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much is read from a server at a time: one piece, or, while a command waits to be sent, all that is there, so that no
 * reply that arrived before a command is treated as its reply. One for each connection, on the session's loop.
 */
public final class ServerReads extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Bounds how long a server that never stops can hold up a command, and the loop. */
    static final int MOST_READS = 16;

    private final int size;
    private final ReplyOrder order;

    /** Makes it for pieces of this many bytes. */
    public ServerReads(int size, ReplyOrder order) {
        this.size = size;
        this.order = order;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Reads();
    }

    /** What Netty asks before and after each read. */
    private final class Reads extends MaxMessageHandle {
        private @Nullable ChannelConfig config;
        private int more;

        @Override
        public int guess() {
            return size;
        }

        @Override
        public void reset(ChannelConfig now) {
            super.reset(now);
            config = now;
            more = 1;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return super.continueReading(maybeMore)
                    || order.isWaiting()
                            && lastBytesRead() > 0
                            && config != null
                            && config.isAutoRead()
                            && more++ < MOST_READS;
        }
    }
}
