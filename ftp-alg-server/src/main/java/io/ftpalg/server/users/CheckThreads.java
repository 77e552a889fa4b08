package io.ftpalg.server.users;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few daemon threads that check passwords, and a queue of checks that wait: what takes long is kept from the event loops,
 * and a flood of logins from the memory. Owned by one source of users, which closes it; any thread may submit.
 */
final class CheckThreads implements AutoCloseable {
    private static final int WAITING = 100;

    private final ThreadPoolExecutor threads;
    private final String name;

    /**
     * Makes as many threads; they start when they are needed.
     *
     * @param name what they are called
     */
    CheckThreads(String name, int count) {
        this(name, count, WAITING);
    }

    CheckThreads(String name, int count, int waiting) {
        this.name = name;
        this.threads =
                new ThreadPoolExecutor(count, count, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A check that waits or runs. */
    private record Task<T>(Callable<T> check, CompletableFuture<T> result) implements Runnable {
        /** A login whose check fails, even for want of memory, must get a reply. */
        @Override
        public void run() {
            try {
                result.complete(check.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }
    }

    /** Does this when a thread is free; the stage fails at once if too much waits. */
    <T> CompletionStage<T> submit(Callable<T> check) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(new Task<>(check, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new UsersException(
                    threads.isShutdown()
                            ? name + ": closed"
                            : name + ": too many logins at a time, "
                                    + threads.getQueue().size() + " are waiting",
                    e));
        }
        return result;
    }

    /** Fails what waits, and interrupts what runs. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Task<?> task) {
                task.result().completeExceptionally(new UsersException(name + ": closed"));
            }
        }
    }
}
