package io.ftpalg.server.tls;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names that wait for their certificate, a limited number of them: made one after the other, each once for all clients that
 * want it, and not at all when the last of these has cancelled.
 *
 * <p>Asked on event loops, makes on one thread of its own; its lock is held for a look into a map only. What clients are given
 * is completed on that thread, outside the lock.
 *
 * @param <T> what each client is given
 */
final class MintingQueue<T> implements AutoCloseable {
    /** Names that may wait; more are refused at once. */
    static final int MAX_WAITING = 256;

    private final Function<String, Supplier<T>> maker;
    private final ExecutorService thread;
    private final NewNameRate rate;
    private final Object lock = new Object();
    /** In the order of asking. */
    private final Map<String, Wanted<T>> waiting = new LinkedHashMap<>();

    private @Nullable Wanted<T> making;
    private long clients;
    private boolean working;
    private boolean closed;

    /** A name, and the clients that wait for it, each by a number: the first of them is counted in the rate. */
    private record Wanted<T>(String name, Optional<InetAddress> first, Map<Long, CompletableFuture<T>> clients) {
        Wanted(String name, Optional<InetAddress> first) {
            this(name, first, new LinkedHashMap<>());
        }
    }

    /** Why a name is not put into the queue; has no stack, since any client may cause it. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** The causes, each with a log line of its own. */
        enum Cause {
            QUEUE_FULL,
            RATE,
            CLOSED
        }

        private final Cause why;

        private RefusedException(Cause why, String message) {
            super(message, null, false, false);
            this.why = why;
        }

        Cause why() {
            return why;
        }
    }

    /**
     * Makes an empty queue.
     *
     * @param maker makes what a name needs, on the thread; its result gives each client that waits what is its own
     * @param thread one thread; the queue's own, which {@link #close()} ends
     */
    MintingQueue(Function<String, Supplier<T>> maker, ExecutorService thread, NewNameRate rate) {
        this.maker = maker;
        this.thread = thread;
        this.rate = rate;
    }

    /**
     * Asks for a name, and returns a future of this client's own, which it cancels when it no longer wants it. Fails with
     * {@link RefusedException} where the name may not wait.
     *
     * @param client the address whose rate of new names is limited, if known
     */
    CompletableFuture<T> ask(String name, Optional<InetAddress> client) {
        synchronized (lock) {
            Wanted<T> wanted = making != null && making.name().equals(name) ? making : waiting.get(name);
            if (wanted == null) {
                Optional<RefusedException> refusal = refusal(client);
                if (refusal.isPresent()) {
                    return CompletableFuture.failedFuture(refusal.get());
                }
                wanted = new Wanted<>(name, client);
                waiting.put(name, wanted);
                if (!working) {
                    working = true;
                    thread.execute(this::makeNext);
                }
            }
            return join(wanted);
        }
    }

    private Optional<RefusedException> refusal(Optional<InetAddress> client) {
        if (closed) {
            return Optional.of(new RefusedException(RefusedException.Cause.CLOSED, "the gateway is stopping"));
        }
        if (waiting.size() >= MAX_WAITING) {
            return Optional.of(new RefusedException(
                    RefusedException.Cause.QUEUE_FULL, MAX_WAITING + " names wait for a certificate"));
        }
        if (client.isPresent() && !rate.take(client.get())) {
            return Optional.of(new RefusedException(
                    RefusedException.Cause.RATE,
                    "its address requested more than " + NewNameRate.AT_ONCE + " new names at once and "
                            + NewNameRate.PER_SECOND + " a second"));
        }
        return Optional.empty();
    }

    private CompletableFuture<T> join(Wanted<T> wanted) {
        CompletableFuture<T> client = new CompletableFuture<>();
        long number = clients++;
        wanted.clients().put(number, client);
        client.whenComplete((given, failure) -> {
            if (client.isCancelled()) {
                leave(wanted, number);
            }
        });
        return client;
    }

    private void leave(Wanted<T> wanted, long client) {
        synchronized (lock) {
            wanted.clients().remove(client);
            if (wanted.clients().isEmpty() && waiting.remove(wanted.name(), wanted)) {
                wanted.first().ifPresent(rate::giveBack);
            }
        }
    }

    private void makeNext() {
        Wanted<T> next = next();
        if (next == null) {
            return;
        }
        try {
            Supplier<T> made = maker.apply(next.name());
            finish(next).forEach(client -> give(client, made));
        } catch (RuntimeException | Error e) {
            finish(next).forEach(client -> client.completeExceptionally(e));
            if (e instanceof Error) {
                throw e;
            }
        } finally {
            goOn();
        }
    }

    private @Nullable Wanted<T> next() {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                working = false;
                return null;
            }
            making = waiting.remove(waiting.keySet().iterator().next());
            return making;
        }
    }

    /** Admits no more clients; returns those waiting. */
    private List<CompletableFuture<T>> finish(Wanted<T> made) {
        synchronized (lock) {
            making = null;
            return List.copyOf(made.clients().values());
        }
    }

    private static <T> void give(CompletableFuture<T> client, Supplier<T> made) {
        if (client.isDone()) {
            return;
        }
        try {
            client.complete(made.get());
        } catch (RuntimeException e) {
            client.completeExceptionally(e);
        }
    }

    private void goOn() {
        synchronized (lock) {
            if (!closed) {
                thread.execute(this::makeNext);
            }
        }
    }

    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Makes nothing more: those who wait are refused. */
    @Override
    public void close() {
        List<CompletableFuture<T>> left = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            waiting.values().forEach(wanted -> left.addAll(wanted.clients().values()));
            waiting.clear();
            thread.shutdown();
        }
        left.forEach(client -> client.completeExceptionally(
                new RefusedException(RefusedException.Cause.CLOSED, "the gateway is stopping")));
    }
}
