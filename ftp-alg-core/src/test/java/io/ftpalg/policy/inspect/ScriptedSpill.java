package io.ftpalg.policy.inspect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A spill file in memory, whose calls complete when a test has them run. */
public final class ScriptedSpill implements SpillFile {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final int above;
    public Executor executor = Runnable::run;
    public volatile @Nullable Exception failure;
    public volatile boolean closed;
    public final AtomicInteger position = new AtomicInteger();

    public ScriptedSpill(int above) {
        this.above = above;
    }

    @Override
    public int above() {
        return above;
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
        return run(() -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            all.writeBytes(copy);
        });
    }

    @Override
    public CompletionStage<ByteBuffer> read(int most) {
        CompletableFuture<ByteBuffer> read = new CompletableFuture<>();
        run(() -> {}).whenComplete((nothing, failed) -> {
            if (failed != null) {
                read.completeExceptionally(failed);
                return;
            }
            int count = Math.min(most, all.size() - position.get());
            read.complete(ByteBuffer.wrap(all.toByteArray(), position.getAndAdd(count), count));
        });
        return read;
    }

    private CompletionStage<Void> run(Runnable task) {
        Exception fails = failure;
        return fails == null ? CompletableFuture.runAsync(task, executor) : CompletableFuture.failedFuture(fails);
    }

    /** Returns how many bytes were written. */
    public int size() {
        return all.size();
    }

    @Override
    public void close() {
        closed = true;
    }
}
