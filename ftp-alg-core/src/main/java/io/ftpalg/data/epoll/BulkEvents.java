package io.ftpalg.data.epoll;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Events of one event loop that wait until all others are handled, in the order of their arrival. A turn of them ends after
 * {@link #TURN}, so that a command is answered in time while hundreds of transfers are ready; the next turn is behind the next look at
 * epoll. On that loop.
 */
final class BulkEvents {
    /** Nanoseconds after which a turn handles no further event. */
    static final long TURN = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    BulkEvents() {
        this(System::nanoTime);
    }

    BulkEvents(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the handle that epoll is to have: events of bulk data wait here. */
    EpollIoHandle behindOthers(BulkHandle handle) {
        return new Waiting(handle);
    }

    /** Returns the context of the next look at epoll, which does not wait while events wait here. */
    IoHandlerContext context(IoHandlerContext given) {
        return waiting.isEmpty() ? given : new WithoutWait(given);
    }

    /** Handles events until the turn is over, and returns how many. */
    int handleSome() {
        if (waiting.isEmpty()) {
            return 0;
        }
        int handled = 0;
        long start = nanoTime.getAsLong();
        do {
            waiting.remove().handleNow();
            handled++;
        } while (!waiting.isEmpty() && nanoTime.getAsLong() - start < TURN);
        return handled;
    }

    /** What epoll has in place of a handle; it is in the queue once, with all that was reported since. */
    private final class Waiting implements EpollIoHandle {
        private final BulkHandle handle;
        private @Nullable IoRegistration registration;
        private EpollIoOps ready = EpollIoOps.NONE;

        Waiting(BulkHandle handle) {
            this.handle = handle;
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void handle(IoRegistration from, IoEvent event) {
            if (registration != null) {
                ready = ready.with(((EpollIoEvent) event).ops());
            } else if (handle.isBulk()) {
                registration = from;
                ready = ((EpollIoEvent) event).ops();
                waiting.add(this);
            } else {
                handle.handle(from, event);
            }
        }

        void handleNow() {
            IoRegistration from = registration;
            registration = null;
            if (from != null && from.isValid()) {
                handle.handle(from, new Ready(ready));
            }
        }

        @Override
        public void close() {
            handle.close();
        }
    }

    private record Ready(EpollIoOps ops) implements EpollIoEvent {}

    /** The loop may not wait: there is something to do. */
    private record WithoutWait(IoHandlerContext given) implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return given.deadlineNanos();
        }

        @Override
        public void reportActiveIoTime(long activeNanos) {
            given.reportActiveIoTime(activeNanos);
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return given.shouldReportActiveIoTime();
        }
    }
}
