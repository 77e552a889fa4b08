package io.ftpalg.data.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much a connection reads at a time while another protocol precedes its own: pieces of one size, until the connection gets the
 * allocator of its later use, which counts from the next read on. Netty asks a channel only once for a handle, so that without this
 * one the later allocator never would. One for each connection, on its event loop.
 */
public final class ReplaceableReads implements RecvByteBufAllocator {
    private final RecvByteBufAllocator first;

    /** Makes it for pieces of this many bytes. */
    public ReplaceableReads(int size) {
        first = new FixedRecvByteBufAllocator(size);
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Current();
    }

    /** Netty's handle, always an extended one, which is that of the allocator that the connection has when a read begins. */
    private final class Current implements ExtendedHandle {
        private RecvByteBufAllocator allocator = first;
        private ExtendedHandle handle = (ExtendedHandle) first.newHandle();

        @Override
        public void reset(ChannelConfig config) {
            RecvByteBufAllocator configured = config.getRecvByteBufAllocator();
            RecvByteBufAllocator now = configured.equals(ReplaceableReads.this) ? first : configured;
            if (!allocator.equals(now)) {
                allocator = now;
                handle = (ExtendedHandle) now.newHandle();
            }
            handle.reset(config);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator buffers) {
            return handle.allocate(buffers);
        }

        @Override
        public int guess() {
            return handle.guess();
        }

        @Override
        public void incMessagesRead(int count) {
            handle.incMessagesRead(count);
        }

        @Override
        public void lastBytesRead(int bytes) {
            handle.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return handle.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            handle.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return handle.attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return handle.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return handle.continueReading(maybeMore);
        }

        @Override
        public void readComplete() {
            handle.readComplete();
        }
    }
}
