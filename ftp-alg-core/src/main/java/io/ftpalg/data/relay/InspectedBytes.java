package io.ftpalg.data.relay;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Hold;
import io.ftpalg.policy.inspect.InspectionVerdict.Pass;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.protocol.FtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one direction of a relay has read and not passed on, because of its {@link Inspection}: pieces that it has not seen, and behind
 * them the held-back tail of what it has. The tail is a copy, as large as it must be, so that pieces of large buffers do not stay.
 * Owned by a {@link BufferFlow}, on the session's loop.
 *
 * <p>Whatever goes wrong with the inspection rejects the transfer.
 */
final class InspectedBytes {
    private static final Logger logger = LoggerFactory.getLogger(InspectedBytes.class);

    /** The flow whose bytes are inspected. */
    interface Flow {
        /** Returns whether bytes are passed on. */
        boolean moves();

        /** Writes these bytes, whose capacity is counted. */
        void pass(ByteBuf bytes, int capacity);

        /** Everything is inspected and was passed on. */
        void inspectedAll();

        /** The transfer is to be cut. */
        void rejected(Reject why);

        /** A verdict came late: there may be bytes to send, and room to read. */
        void verdictCame();
    }

    private final EventLoop loop;
    private final Inspection inspection;
    private final Flow flow;
    private final HeldBytes held;
    private final Queue<ByteBuf> unseen = new ArrayDeque<>();
    private InspectionTerms terms = InspectionTerms.DEFAULT;
    private @Nullable ByteBuf tail;
    private int tailCounted;
    private boolean begun;
    private boolean asking;
    private boolean awaiting;
    private boolean ended;
    private boolean over;
    private long bytes;
    private long looks;
    private @Nullable Future<?> timeout;

    InspectedBytes(EventLoop loop, Inspection inspection, Flow flow, HeldBytes held) {
        this.loop = loop;
        this.inspection = inspection;
        this.flow = flow;
        this.held = held;
    }

    /** Takes a piece, whose capacity is counted, for inspection. */
    void take(ByteBuf piece) {
        unseen.add(piece);
        proceed();
    }

    /** There will be no more. */
    void end() {
        ended = true;
        proceed();
    }

    /** Returns whether the sender is to be read: no verdict is awaited. */
    boolean wantsMore() {
        return !over && !ended && !awaiting && unseen.isEmpty();
    }

    /** Returns a number that grows from call to call while a verdict is awaited, which has a timeout of its own. */
    long looks() {
        return awaiting ? ++looks : looks;
    }

    /** Nothing is passed on any more. */
    void stop() {
        stopTimeout();
        if (!over) {
            over = true;
            guarded(() -> {
                inspection.cancel();
                return true;
            });
        }
        for (ByteBuf piece = unseen.poll(); piece != null; piece = unseen.poll()) {
            held.giveBack(piece.capacity());
            piece.release();
        }
        dropTail();
    }

    private void proceed() {
        if (!begun) {
            begun = true;
            InspectionTerms given = guarded(inspection::terms);
            if (given == null) {
                reject(failure());
            } else {
                terms = given;
            }
        }
        while (!over && !awaiting && !asking) {
            ByteBuf piece = unseen.peek();
            if (piece != null) {
                ask(() -> inspection.inspect(piece.nioBuffer().asReadOnlyBuffer()));
            } else if (ended) {
                ask(() -> inspection.end(bytes));
            } else {
                return;
            }
        }
    }

    private void ask(Supplier<CompletionStage<InspectionVerdict>> question) {
        asking = true;
        awaiting = true;
        CompletionStage<InspectionVerdict> verdict = guarded(question);
        if (verdict == null) {
            awaiting = false;
            reject(failure());
        } else {
            verdict.whenComplete(this::arrived);
        }
        asking = false;
        if (awaiting && !over) {
            Duration most = terms.verdictTimeout();
            timeout = loop.schedule(this::onTimeout, most.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void arrived(@Nullable InspectionVerdict verdict, @Nullable Throwable failure) {
        if (loop.inEventLoop()) {
            onVerdict(verdict, failure);
        } else {
            try {
                loop.execute(() -> onVerdict(verdict, failure));
            } catch (RejectedExecutionException e) {
                logger.debug("a verdict came after the end of the event loop");
            }
        }
    }

    private void onVerdict(@Nullable InspectionVerdict verdict, @Nullable Throwable failure) {
        if (over || !flow.moves()) {
            return;
        }
        stopTimeout();
        awaiting = false;
        if (verdict == null) {
            logger.warn("inspection failed, the transfer is rejected", failure);
            reject(failure());
        } else {
            decide(verdict);
        }
        if (!asking && !over) {
            proceed();
            flow.verdictCame();
        }
    }

    private void decide(InspectionVerdict verdict) {
        boolean last = unseen.isEmpty();
        if (verdict instanceof Reject rejection) {
            reject(rejection);
        } else if (verdict instanceof Pass) {
            if (last) {
                passAll();
            } else {
                advance(terms.holdBack());
            }
        } else if (verdict instanceof Hold) {
            if (last) {
                logger.warn("inspection has HOLD as its last verdict, the transfer is rejected");
                reject(failure());
            } else {
                hold();
            }
        }
    }

    private void hold() {
        if (readable() + Objects.requireNonNull(unseen.peek()).readableBytes() > terms.holdAtMost()) {
            reject(rejection("more than " + terms.holdAtMost() + " bytes wait for the inspection"));
        } else {
            advance(Integer.MAX_VALUE);
        }
    }

    /** Moves the first piece behind the tail, which passes on what it has beyond this many bytes. */
    private void advance(int kept) {
        ByteBuf piece = unseen.remove();
        int capacity = piece.capacity();
        bytes += piece.readableBytes();
        int excess = (int) Math.max(0, (long) readable() + piece.readableBytes() - kept);
        int ofTail = Math.min(excess, readable());
        passTail(ofTail);
        if (excess > ofTail) {
            flow.pass(piece.readRetainedSlice(excess - ofTail), capacity);
            append(piece);
        } else {
            append(piece);
            held.giveBack(capacity);
        }
        piece.release();
    }

    private void passAll() {
        over = true;
        passTail(readable());
        flow.inspectedAll();
    }

    /** Passes the first bytes of the tail on: the buffer itself, if that leaves less to copy. */
    private void passTail(int count) {
        ByteBuf from = tail;
        if (from == null || count == 0) {
            return;
        }
        if (count < from.readableBytes() / 2) {
            pass(from.alloc().directBuffer(count).writeBytes(from, count));
            return;
        }
        ByteBuf first = from.readRetainedSlice(count);
        int capacity = from.capacity();
        ByteBuf rest = from.retainedSlice();
        dropTail();
        held.take(capacity);
        append(rest);
        rest.release();
        flow.pass(first, capacity);
    }

    private void pass(ByteBuf copy) {
        held.take(copy.capacity());
        flow.pass(copy, copy.capacity());
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
        held.keep(to.capacity() - tailCounted);
        tailCounted = to.capacity();
    }

    private void dropTail() {
        if (tail != null) {
            tail.release();
            tail = null;
            held.keep(-tailCounted);
            tailCounted = 0;
        }
    }

    private int readable() {
        return tail == null ? 0 : tail.readableBytes();
    }

    private void reject(Reject why) {
        if (!over) {
            flow.rejected(why);
            stop();
        }
    }

    private void onTimeout() {
        reject(rejection("no verdict within " + terms.verdictTimeout().toMillis() + " ms"));
    }

    private static Reject failure() {
        return rejection("the inspection failed");
    }

    /** Not for the content: the same transfer may pass later. */
    private static Reject rejection(String reason) {
        return InspectionVerdict.reject(reason, FtpReply.of(451, "Transfer rejected: " + reason + "."));
    }

    private void stopTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private static <T> @Nullable T guarded(Supplier<T> call) {
        try {
            T result = call.get();
            if (result == null) {
                logger.warn("inspection returned null, the transfer is rejected");
            }
            return result;
        } catch (RuntimeException e) {
            logger.warn("inspection failed, the transfer is rejected", e);
            return null;
        }
    }
}
