package io.ftpalg.server.admin.api;

import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.Reloader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The running program, as the API acts on it. Made by the main thread, which adds the reloader once; used by any thread.
 */
public final class Program {
    private final Gateways gateways;
    private final Verbosity verbosity;
    private final Consumer<Optional<Duration>> stop;
    private final Instant startedAt = Instant.now();
    private volatile Optional<Reloader> reloader = Optional.empty();

    /**
     * Makes it.
     *
     * @param stop ends the program, as a signal does, and returns at once; running transfers have so long, or what the config has
     */
    public Program(Gateways gateways, Verbosity verbosity, Consumer<Optional<Duration>> stop) {
        this.gateways = gateways;
        this.verbosity = verbosity;
        this.stop = stop;
    }

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

    Instant startedAt() {
        return startedAt;
    }

    void stop(Optional<Duration> grace) {
        stop.accept(grace);
    }
}
