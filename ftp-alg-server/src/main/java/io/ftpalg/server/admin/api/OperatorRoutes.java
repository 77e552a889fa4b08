package io.ftpalg.server.admin.api;

import io.ftpalg.live.OperatorGate;
import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Replies;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.runtime.OperatorState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What operators set for the whole program: maintenance, blocks, the log level, a reload, its end. */
final class OperatorRoutes {
    private static final int LONGEST_TEXT = 500;
    private static final Duration DEFAULT_BLOCK = Duration.ofHours(1);
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace", "default");

    private final Program program;
    private final Actions actions;
    private final Snapshots snapshots;
    /** Who blocked a network, and when; as many as there are blocks. */
    private final Map<Cidr, Blocked> blocked = new ConcurrentHashMap<>();

    private record Blocked(Instant since, String by) {}

    OperatorRoutes(Program program, Actions actions, Snapshots snapshots) {
        this.program = program;
        this.actions = actions;
        this.snapshots = snapshots;
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.post(routes, "/api/v1/reload", this::reload);
        AdminApi.post(routes, "/api/v1/drain", this::drain);
        AdminApi.post(routes, "/api/v1/upgrade", this::upgrade);
        AdminApi.post(routes, "/api/v1/maintenance", this::maintenance);
        AdminApi.get(routes, "/api/v1/blocks", request -> AdminApi.now(blocks()));
        AdminApi.post(routes, "/api/v1/blocks", this::block);
        AdminApi.post(routes, "/api/v1/blocks/remove", this::unblock);
        AdminApi.get(
                routes,
                "/api/v1/log-level",
                request -> AdminApi.now(Json.object()
                        .put("level", program.verbosity().level())
                        .put("configured", program.verbosity().configured())));
        AdminApi.post(routes, "/api/v1/log-level", this::logLevel);
    }

    private OperatorState state() {
        return program.gateways().operator();
    }

    private CompletionStage<AdminResponse> reload(AdminRequest request) {
        Parameters.body(request);
        return actions.run("reload", "", request.caller(), () -> program.reloader()
                .orElseThrow(() ->
                        new ApiException(409, "there is no config file to reload", "start ftp-alg with --config FILE"))
                .reloadNow()
                .thenApply(problems -> {
                    if (!problems.isEmpty()) {
                        throw new ApiException(
                                422,
                                "the config file was refused, and the previous one stays in use",
                                Optional.of("correct the file: see the problems"),
                                problems);
                    }
                    return "";
                }));
    }

    private CompletionStage<AdminResponse> drain(AdminRequest request) {
        Map<String, Object> body = Parameters.body(request, "graceSeconds");
        Optional<Duration> grace =
                Parameters.number(body, "graceSeconds", 0, 86_400).map(Duration::ofSeconds);
        return actions.run("drain", "", request.caller(), () -> {
            Duration time = grace.orElse(program.gateways().settings().drain());
            program.stop(grace);
            return CompletableFuture.completedFuture("grace=" + time.toSeconds() + "s");
        });
    }

    private CompletionStage<AdminResponse> upgrade(AdminRequest request) {
        Parameters.body(request);
        return actions.run("upgrade", "", request.caller(), () -> {
            if (program.gateways().settings().handover().isEmpty()) {
                throw new ApiException(
                        409, "no process can take the place of this one", "configure handover.socket, and restart");
            }
            // A process is started here and not on the event loop of the admin server.
            return CompletableFuture.supplyAsync(this::startNext);
        });
    }

    private String startNext() {
        try {
            return "process=" + program.upgrade().start().call();
        } catch (IllegalStateException e) {
            throw new ApiException(409, String.valueOf(e.getMessage()), "wait for it, or end it");
        } catch (Exception e) {
            throw new ApiException(500, "cannot start another process: " + e.getMessage(), "see the log");
        }
    }

    private CompletionStage<AdminResponse> maintenance(AdminRequest request) {
        Map<String, Object> body = Parameters.body(request, "on", "text");
        boolean on = Parameters.flag(body, "on")
                .orElseThrow(() -> new ApiException(400, "the body has no field on", "set it to true or false"));
        String text =
                Parameters.text(body, "text").filter(given -> !given.isBlank()).orElse(Replies.MAINTENANCE.text());
        if (text.length() > LONGEST_TEXT || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new ApiException(
                    400, "the text is not one line of printable ASCII of at most " + LONGEST_TEXT, "change it");
        }
        return actions.run(on ? "maintenance-on" : "maintenance-off", "", request.caller(), () -> {
            if (on) {
                state().beginMaintenance(text, Actions.name(request.caller()));
            } else {
                state().endMaintenance();
            }
            return CompletableFuture.completedFuture(on ? text : "");
        });
    }

    private Json.Fields blocks() {
        Instant now = Instant.now();
        return Json.object()
                .put(
                        "blocks",
                        state().gate().blocks().stream()
                                .map(block -> block(block, now))
                                .toList());
    }

    private Json.Fields block(OperatorGate.Block block, Instant now) {
        Blocked how = blocked.getOrDefault(block.network(), new Blocked(now, ""));
        return Json.object()
                .put("network", block.network().toString())
                .put("since", Values.time(how.since()))
                .put("until", Values.time(now.plus(block.left())))
                .put("secondsLeft", Values.seconds(block.left()))
                .put("by", how.by());
    }

    private CompletionStage<AdminResponse> block(AdminRequest request) {
        Map<String, Object> body = Parameters.body(request, "network", "seconds", "endSessions");
        Cidr network = Parameters.network(Parameters.required(body, "network"));
        Duration time = Parameters.number(body, "seconds", 1, OperatorGate.LONGEST.toSeconds())
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_BLOCK);
        boolean ends = Parameters.flag(body, "endSessions").orElse(false);
        return actions.run("block", network.toString(), request.caller(), () -> {
            String by = Actions.name(request.caller());
            try {
                state().gate().block(network, time);
            } catch (IllegalStateException e) {
                throw new ApiException(409, String.valueOf(e.getMessage()), "see /api/v1/blocks");
            }
            forgetOld();
            blocked.put(network, new Blocked(Instant.now(), by));
            String detail = "seconds=" + time.toSeconds();
            return ends
                    ? snapshots.all().thenApply(all -> detail + " sessions=" + end(all, network, by))
                    : CompletableFuture.completedFuture(detail);
        });
    }

    private long end(List<SessionSnapshot> all, Cidr network, String by) {
        return all.stream()
                .filter(session -> network.contains(session.client().getAddress()))
                .filter(session -> program.gateways().all().stream()
                        .anyMatch(gateway -> gateway.live().end(session.id(), by)))
                .count();
    }

    private void forgetOld() {
        blocked.keySet()
                .retainAll(state().gate().blocks().stream()
                        .map(OperatorGate.Block::network)
                        .toList());
    }

    private CompletionStage<AdminResponse> unblock(AdminRequest request) {
        Cidr network = Parameters.network(Parameters.required(Parameters.body(request, "network"), "network"));
        return actions.run("unblock", network.toString(), request.caller(), () -> {
            if (!state().gate().unblock(network)) {
                throw new ApiException(404, network + " is not blocked", "list them with /api/v1/blocks");
            }
            blocked.remove(network);
            return CompletableFuture.completedFuture("");
        });
    }

    private CompletionStage<AdminResponse> logLevel(AdminRequest request) {
        String level = Parameters.required(Parameters.body(request, "level"), "level");
        if (!LEVELS.contains(level)) {
            throw new ApiException(400, "no such log level: " + level, "one of " + String.join(", ", LEVELS));
        }
        return actions.run("log-level", level, request.caller(), () -> {
            program.verbosity().setByOperator(level);
            return CompletableFuture.completedFuture("");
        });
    }
}
