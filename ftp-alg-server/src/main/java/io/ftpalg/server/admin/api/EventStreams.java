package io.ftpalg.server.admin.api;

import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.EventStream;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.runtime.Reloader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Server-sent events: status once a second, and what happens in between. Any thread; a stream that is not read misses events, and
 * receives how many.
 */
final class EventStreams {
    private static final int REFUSALS_A_SECOND = 20;

    private final Figures figures;
    private final ServerRoutes servers;
    private final Program program;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong leftOut = new AtomicLong();
    private volatile String lastServers = "";
    private volatile Optional<Reloader.Outcome> lastReload = Optional.empty();

    /** One stream, and how many events it missed. */
    private static final class Watcher {
        private final EventStream stream;
        private final AtomicLong missed = new AtomicLong();

        Watcher(EventStream stream) {
            this.stream = stream;
        }

        void send(String name, String data) {
            long count = missed.get();
            if (count > 0
                    && stream.send("dropped", Json.object().put("count", count).toString())) {
                missed.addAndGet(-count);
            }
            if (!stream.send(name, data)) {
                missed.incrementAndGet();
            }
        }
    }

    EventStreams(Figures figures, ServerRoutes servers, EventRecords records, Actions actions, Program program) {
        this.figures = figures;
        this.servers = servers;
        this.program = program;
        records.watch(this::onRefusal);
        actions.watch(action -> all("action", action));
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.get(
                routes,
                "/api/v1/events",
                request -> CompletableFuture.completedFuture(AdminResponse.events(this::begin)));
    }

    void begin(EventStream stream) {
        Watcher watcher = new Watcher(stream);
        watcher.send("status", figures.status().toString());
        watcher.send("servers", servers.servers().toString());
        watchers.add(watcher);
        stream.onClosed(() -> watchers.remove(watcher));
    }

    private void onRefusal(String refusal) {
        if (watchers.isEmpty()) {
            return;
        }
        if (refusals.incrementAndGet() <= REFUSALS_A_SECOND) {
            all("refusal", refusal);
        } else {
            leftOut.incrementAndGet();
        }
    }

    private void all(String name, String data) {
        watchers.forEach(watcher -> watcher.send(name, data));
    }

    void everySecond() {
        refusals.set(0);
        long count = leftOut.getAndSet(0);
        config();
        if (watchers.isEmpty()) {
            return;
        }
        if (count > 0) {
            all("dropped", Json.object().put("count", count).toString());
        }
        all("status", figures.status().toString());
        String now = health();
        if (!now.equals(lastServers)) {
            lastServers = now;
            all("servers", servers.servers().toString());
        }
    }

    private void config() {
        Optional<Reloader.Outcome> outcome = program.reloader().map(Reloader::outcome);
        if (lastReload.isPresent() && !outcome.equals(lastReload)) {
            outcome.ifPresent(reload -> all("config", config(reload.problems()).toString()));
        }
        lastReload = outcome;
    }

    private Json.Fields config(List<String> problems) {
        return Json.object()
                .put("result", problems.isEmpty() ? "reloaded" : "kept")
                .put("loadedAt", program.reloader().map(Reloader::loadedAt).map(Values::time))
                .put("problems", problems.isEmpty() ? Optional.empty() : Optional.of(problems));
    }

    /** What of the servers is news: not how many sessions they have. */
    private String health() {
        StringBuilder health = new StringBuilder();
        program.gateways().made().forEach(made -> made.pools()
                .forEach(pool -> pool.servers().forEach(server -> health.append(server.server())
                        .append(server.health())
                        .append(server.byOperator())
                        .append(' '))));
        return health.toString();
    }
}
