package io.ftpalg.control.dns;

import io.ftpalg.policy.route.NameResolver;
import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The IPv4 addresses of a few names, looked up every few seconds, which asks a name server when the TTL of the last answer is over.
 * The last answer holds while the look-up fails. Made, started and closed by the gateway, read by all sessions: a concurrent map.
 */
public final class WatchedNames implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(WatchedNames.class);

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** A start does not wait longer for the first answers. */
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(3);

    private final List<String> names;
    private final Map<String, InetAddress> found = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Duration interval;
    private volatile boolean closed;

    public WatchedNames(Collection<String> names) {
        this(names, INTERVAL);
    }

    WatchedNames(Collection<String> names, Duration interval) {
        this.names = names.stream().distinct().toList();
        this.interval = interval;
    }

    /** Returns the address of one of the names, unless it was never found. */
    public Optional<InetAddress> address(String name) {
        return Optional.ofNullable(found.get(name));
    }

    /** Begins to look them up, on this event loop; completes with the first answers, however they are, or soon without. */
    public CompletableFuture<Void> start(NameResolver resolver, EventLoop loop) {
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return lookUp(resolver, loop).completeOnTimeout(null, FIRST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Void> lookUp(NameResolver resolver, EventLoop loop) {
        CompletableFuture<?>[] all = names.stream()
                .map(name -> resolver.resolve(name)
                        .handle((addresses, failure) -> {
                            onAnswer(name, addresses == null ? List.of() : addresses, failure);
                            return name;
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Void> done = CompletableFuture.allOf(all);
        done.whenComplete((none, failure) -> {
            if (!closed && !loop.isShuttingDown()) {
                loop.schedule(() -> lookUp(resolver, loop), interval.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
        return done;
    }

    private void onAnswer(String name, List<InetAddress> addresses, @Nullable Throwable failure) {
        List<InetAddress> usable =
                addresses.stream().filter(Inet4Address.class::isInstance).toList();
        InetAddress before = found.get(name);
        if (usable.isEmpty()) {
            String reason = failure == null ? "it has no IPv4 address" : String.valueOf(failure.getMessage());
            if (!closed && failures.put(name, reason) == null) {
                logger.warn(
                        "passive address {} is not found: {}; {}",
                        name,
                        reason,
                        before == null ? "PASV is refused until it is" : "the last one stays in use");
            }
            return;
        }
        failures.remove(name);
        if (before == null || !usable.contains(before)) {
            found.put(name, usable.get(0));
            logger.info("passive address {} is {}", name, usable.get(0).getHostAddress());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
