package io.ftpalg.data.relay;

import io.ftpalg.policy.inspect.SpillFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inspected bytes of one direction that are held in a {@link SpillFile}, which come before those in memory. One call of the file is
 * outstanding at a time; its result arrives in a later turn of the loop. Owned by {@link InspectedBytes}, on the session's loop.
 */
final class SpilledBytes {
    private final EventLoop loop;
    private final SpillFile file;
    private final Consumer<Throwable> failed;
    private long size;
    private boolean busy;
    private boolean closed;

    SpilledBytes(EventLoop loop, SpillFile file, Consumer<Throwable> failed) {
        this.loop = loop;
        this.file = file;
        this.failed = failed;
    }

    /** Returns how many bytes are here. */
    long size() {
        return size;
    }

    /** Returns how many bytes are held in memory before they are written. */
    int above() {
        return file.above();
    }

    /** Returns whether a result is awaited. */
    boolean isBusy() {
        return busy;
    }

    /**
     * Writes bytes behind the others.
     *
     * @param release runs when they are needed no longer, however that went
     * @param done runs when they are written
     */
    void write(ByteBuf bytes, Runnable release, Runnable done) {
        size += bytes.readableBytes();
        call(() -> file.write(bytes.nioBuffer().asReadOnlyBuffer()), (nothing, failure) -> {
            release.run();
            finish(failure, done);
        });
    }

    /** Reads the first bytes, at most so many. */
    void read(int most, Consumer<ByteBuf> done) {
        call(() -> file.read((int) Math.min(most, size)), (bytes, failure) -> {
            if (failure == null && (bytes == null || bytes.remaining() == 0 || bytes.remaining() > most)) {
                finish(new IllegalStateException("the spill file has not the bytes that were written"), () -> {});
            } else {
                finish(failure, () -> {
                    size -= bytes.remaining();
                    done.accept(Unpooled.wrappedBuffer(bytes));
                });
            }
        });
    }

    void close() {
        if (!closed) {
            closed = true;
            try {
                file.close();
            } catch (RuntimeException e) {
                failed.accept(e);
            }
        }
    }

    private interface Call<T> {
        CompletionStage<T> begin();
    }

    private <T> void call(Call<T> begin, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        busy = true;
        CompletionStage<T> stage;
        try {
            stage = begin.begin();
        } catch (RuntimeException e) {
            arrive(() -> then.accept(null, e));
            return;
        }
        stage.whenComplete((result, failure) -> arrive(() -> then.accept(result, failure)));
    }

    private void arrive(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop is past its last turn: nothing else runs there.
            task.run();
        }
    }

    private void finish(@Nullable Throwable failure, Runnable done) {
        busy = false;
        if (closed) {
            return;
        }
        if (failure == null) {
            done.run();
        } else {
            failed.accept(failure);
        }
    }
}
