package io.ftpalg.server.admin.api;

import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.Reloader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The running program, as the API acts on it. Made by the main thread, which adds the reloader once; used by any thread.
 */
public final class Program {
    private final Gateways gateways;
    private final Verbosity verbosity;
    private final Consumer<Optional<Duration>> stop;
    private final Upgrade upgrade;
    private final Instant startedAt = Instant.now();
    private volatile Optional<Reloader> reloader = Optional.empty();

    /**
     * Makes it.
     *
     * @param stop ends the program, as a signal does, and returns at once; running transfers have so long, or what the config has
     * @param upgrade starts another process in place of this one
     */
    public Program(Gateways gateways, Verbosity verbosity, Consumer<Optional<Duration>> stop, Upgrade upgrade) {
        this.upgrade = upgrade;
        this.gateways = gateways;
        this.verbosity = verbosity;
        this.stop = stop;
    }

    /**
     * How another process takes the place of this one.
     *
     * @param start starts it, and returns its number; throws IllegalStateException if one was started that still runs
     * @param running returns the number of the one that was started, and runs
     * @param exitCode returns the exit code of the one that was started, and has ended
     */
    public record Upgrade(
            Callable<Long> start, Supplier<Optional<Long>> running, Supplier<Optional<Integer>> exitCode) {}

    /** It can be reloaded, since its settings are in a file. */
    public void reloadBy(Optional<Reloader> its) {
        reloader = its;
    }

    Gateways gateways() {
        return gateways;
    }

    Verbosity verbosity() {
        return verbosity;
    }

    Optional<Reloader> reloader() {
        return reloader;
    }

    Upgrade upgrade() {
        return upgrade;
    }

    Instant startedAt() {
        return startedAt;
    }

    void stop(Optional<Duration> grace) {
        stop.accept(grace);
    }
}
