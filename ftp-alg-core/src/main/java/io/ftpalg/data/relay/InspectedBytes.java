package io.ftpalg.data.relay;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Hold;
import io.ftpalg.policy.inspect.InspectionVerdict.Pass;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.inspect.SpillFile;
import io.ftpalg.protocol.FtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the bytes of one direction of a relay inspected, and holds what may not be passed on: pieces that the {@link Inspection} has not
 * seen, and the {@link HeldContent} of what it has. Owned by a {@link BufferFlow}, on the session's loop.
 *
 * <p>Whatever goes wrong with the inspection rejects the transfer.
 */
final class InspectedBytes implements HeldContent.Owner {
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

        /** Outside of a read: there may be bytes to send, and room to read. */
        void changed();
    }

    private final EventLoop loop;
    private final Inspection inspection;
    private final Flow flow;
    private final HeldBytes held;
    private final HeldContent content;
    private final Queue<ByteBuf> unseen = new ArrayDeque<>();
    private InspectionTerms terms = InspectionTerms.DEFAULT;
    private boolean begun;
    private boolean asking;
    private boolean awaiting;
    private boolean ended;
    /** There is a last verdict, or a rejection. */
    private boolean over;

    private long bytes;
    private long looks;
    private @Nullable Future<?> timeout;

    InspectedBytes(EventLoop loop, Inspection inspection, Flow flow, HeldBytes held) {
        this.loop = loop;
        this.inspection = inspection;
        this.flow = flow;
        this.held = held;
        this.content = new HeldContent(loop, held, this);
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

    /** Returns whether the sender is to be read: no verdict is awaited, and nothing waits for the spill file. */
    boolean wantsMore() {
        return !over && !ended && !awaiting && content.isSettled() && unseen.isEmpty();
    }

    /** Returns a number that grows from call to call while a verdict is awaited, which has a timeout of its own. */
    long looks() {
        return awaiting ? ++looks : looks;
    }

    /** The receiver has taken bytes. */
    void roomAgain() {
        content.roomAgain();
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
        content.stop();
    }

    private void begin() {
        begun = true;
        InspectionTerms given = guarded(inspection::terms);
        Optional<SpillFile> file = guarded(inspection::spill);
        if (given == null || file == null) {
            reject(failure());
            return;
        }
        terms = given;
        content.begin(file, terms.trickle());
    }

    private void proceed() {
        if (!begun) {
            begin();
        }
        while (!over && !awaiting && !asking && !content.isBusy()) {
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
            flow.changed();
        }
    }

    private void decide(InspectionVerdict verdict) {
        boolean last = unseen.isEmpty();
        if (verdict instanceof Reject rejection) {
            reject(rejection);
        } else if (verdict instanceof Pass) {
            if (last) {
                over = true;
                content.passAll();
            } else if (terms.whole()) {
                hold();
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
        int more = Objects.requireNonNull(unseen.peek()).readableBytes();
        if (!content.mayTake(more, terms.holdAtMost())) {
            reject(rejection("more than " + terms.holdAtMost() + " bytes wait for the inspection"));
        } else {
            advance(Integer.MAX_VALUE);
        }
    }

    /** Holds the first piece behind the others, and passes on what there is beyond this many bytes. */
    private void advance(int kept) {
        ByteBuf piece = unseen.remove();
        bytes += piece.readableBytes();
        content.advance(piece, kept);
    }

    @Override
    public boolean moves() {
        return flow.moves();
    }

    @Override
    public void pass(ByteBuf bytes, int capacity) {
        flow.pass(bytes, capacity);
    }

    @Override
    public void passedAll() {
        flow.inspectedAll();
    }

    @Override
    public void changed() {
        proceed();
        flow.changed();
    }

    @Override
    public void cannotHold(String reason) {
        flow.rejected(rejection(reason));
        stop();
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
