package io.ftpalg.control.dns;

import io.ftpalg.policy.route.ServiceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Results of look-ups of services, as long as they are valid: Netty keeps none but addresses. Belongs to one event loop and
 * lives on it.
 */
final class ServiceCache {
    private static final long SHORTEST_SECONDS = 1;
    private static final long LONGEST_SECONDS = 300;
    private static final int LARGEST = 256;

    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new HashMap<>();

    /** A look-up under way, or its result until it is no longer valid. */
    private static final class Entry {
        private final CompletableFuture<ServiceAnswer> answer;
        private long until = Long.MAX_VALUE;

        private Entry(CompletableFuture<ServiceAnswer> answer) {
            this.answer = answer;
        }
    }

    ServiceCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the servers of the service, looked up if it is not cached; a look-up under way serves all callers. */
    CompletionStage<List<ServiceRecord>> get(String name, Supplier<CompletableFuture<ServiceAnswer>> ask) {
        Entry known = entries.get(name);
        if (known != null && (!known.answer.isDone() || known.until - nanoTime.getAsLong() > 0)) {
            return known.answer.thenApply(ServiceAnswer::records);
        }
        if (entries.size() >= LARGEST) {
            entries.clear();
        }
        Entry asked = new Entry(ask.get());
        entries.put(name, asked);
        asked.answer.whenComplete((answer, failure) -> {
            if (failure != null) {
                entries.remove(name, asked);
            } else {
                long seconds = Math.max(SHORTEST_SECONDS, Math.min(LONGEST_SECONDS, answer.ttl()));
                asked.until = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
            }
        });
        return asked.answer.thenApply(ServiceAnswer::records);
    }
}
