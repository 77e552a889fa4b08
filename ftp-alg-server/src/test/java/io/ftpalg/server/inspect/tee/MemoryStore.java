package io.ftpalg.server.inspect.tee;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies in memory, which can be made to fail or to wait. */
final class MemoryStore implements CopyStore {
    static final long EACH = 100;

    final Map<String, byte[]> whole = new ConcurrentHashMap<>();
    final List<String> lines = new CopyOnWriteArrayList<>();
    volatile Optional<Throwable> writeFailure = Optional.empty();
    volatile boolean manifestFails;
    volatile CountDownLatch gate = new CountDownLatch(0);
    final AtomicInteger discarded = new AtomicInteger();
    volatile boolean closed;

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public long memoryOfCopy() {
        return EACH;
    }

    @Override
    public CopyTarget create(CopiedFile file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new CopyTarget() {
            @Override
            public void write(byte[] more) throws IOException {
                await();
                if (writeFailure.isPresent() && writeFailure.get() instanceof IOException e) {
                    throw e;
                }
                if (writeFailure.isPresent() && writeFailure.get() instanceof RuntimeException e) {
                    throw e;
                }
                bytes.write(more);
            }

            @Override
            public void finish() {
                whole.put(file.path(), bytes.toByteArray());
            }

            @Override
            public void discard() {
                whole.remove(file.path());
                discarded.incrementAndGet();
            }
        };
    }

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void record(CopiedFile file, String line) throws IOException {
        if (manifestFails) {
            throw new IOException("no manifest");
        }
        lines.add(line);
    }

    @Override
    public void close() {
        closed = true;
    }
}
