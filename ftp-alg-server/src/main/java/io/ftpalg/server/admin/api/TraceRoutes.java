package io.ftpalg.server.admin.api;

import io.ftpalg.FtpAlg;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.EventStream;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.trace.Trace;
import io.ftpalg.server.trace.TraceWanted;
import io.ftpalg.server.trace.Traces;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Session traces: begins and ends them, and streams their lines. */
final class TraceRoutes {
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);

    private final Program program;
    private final Traces traces;
    private final Actions actions;

    TraceRoutes(Program program, Traces traces, Actions actions) {
        this.program = program;
        this.traces = traces;
        this.actions = actions;
        traces.onEnd(trace ->
                program.gateways().all().forEach(gateway -> gateway.live().endTrace(trace)));
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.get(
                routes,
                "/api/v1/traces",
                request -> AdminApi.now(Json.object()
                        .put(
                                "traces",
                                traces.all().stream().map(TraceRoutes::json).toList())));
        AdminApi.post(routes, "/api/v1/traces", this::begin);
        AdminApi.post(routes, "/api/v1/traces/{id}/stop", this::stop);
        AdminApi.get(
                routes,
                "/api/v1/traces/{id}/stream",
                request -> CompletableFuture.completedFuture(stream(find(Parameters.id(request)))));
    }

    private static Json.Fields json(Trace trace) {
        return Json.object()
                .put("id", trace.id())
                .put("client", trace.wanted().client().map(Object::toString))
                .put("user", trace.wanted().user())
                .put("limit", trace.wanted().sessions())
                .put("startedAt", Values.time(trace.startedAt()))
                .put("secondsLeft", Values.seconds(trace.left()))
                .put("sessions", trace.sessions())
                .put("lines", trace.lines())
                .put("dropped", trace.dropped())
                .put("by", trace.by());
    }

    private CompletionStage<AdminResponse> begin(AdminRequest request) {
        Map<String, Object> body = Parameters.body(request, "client", "user", "sessions", "seconds");
        TraceWanted wanted = new TraceWanted(
                Parameters.text(body, "client").map(Parameters::network),
                Parameters.text(body, "user"),
                Parameters.number(body, "sessions", 1, 1000),
                Parameters.number(body, "seconds", 1, 86_400)
                        .map(Duration::ofSeconds)
                        .orElse(DEFAULT_TIME));
        if (wanted.client().isEmpty()
                && wanted.user().isEmpty()
                && wanted.sessions().isEmpty()) {
            throw new ApiException(
                    400, "a trace of all sessions is not possible", "give client, user or sessions: what to trace");
        }
        Trace trace = traces.begin(wanted, Actions.name(request.caller()))
                .orElseThrow(() -> new ApiException(
                        409, "there are " + Traces.MOST + " traces already", "stop one: /api/v1/traces has them"));
        CompletableFuture<Integer> offered = CompletableFuture.completedFuture(0);
        for (FtpAlg gateway : program.gateways().all()) {
            offered = offered.thenCombine(gateway.live().trace(trace), (gateways, done) -> gateways + 1);
        }
        return offered.thenApply(done -> {
            actions.record("start-trace", Long.toString(trace.id()), request.caller(), "done", target(wanted));
            return AdminResponse.of(201, AdminResponse.JSON, json(trace).toString());
        });
    }

    private static String target(TraceWanted wanted) {
        return wanted.client().map(client -> "client=" + client + " ").orElse("")
                + wanted.user().map(user -> "user=" + user + " ").orElse("")
                + wanted.sessions().map(count -> "sessions=" + count + " ").orElse("")
                + "seconds=" + wanted.time().toSeconds();
    }

    private CompletionStage<AdminResponse> stop(AdminRequest request) {
        Parameters.body(request);
        long id = Parameters.id(request);
        return actions.run("stop-trace", Long.toString(id), request.caller(), () -> {
            traces.end(find(id), "stopped");
            return CompletableFuture.completedFuture("");
        });
    }

    private Trace find(long id) {
        return traces.find(id)
                .orElseThrow(() -> new ApiException(
                        404, "no trace " + id + ": it is over, or never was", "list them with /api/v1/traces"));
    }

    private static AdminResponse stream(Trace trace) {
        return AdminResponse.events(stream -> {
            Streaming streaming = new Streaming(trace, stream);
            if (trace.read(streaming::pump)) {
                stream.onWritable(streaming::pump);
                stream.onClosed(trace::unread);
                streaming.pump();
            } else {
                stream.send("end", end(trace, "stopped"));
                stream.close();
            }
        });
    }

    private static String end(Trace trace, String reason) {
        return Json.object()
                .put("reason", reason)
                .put("lines", trace.lines())
                .put("dropped", trace.dropped())
                .toString();
    }

    /** Passes lines on to one stream, from whatever thread has news, one at a time. */
    private static final class Streaming implements Trace.Reader {
        private final Trace trace;
        private final EventStream stream;
        private Optional<String> over = Optional.empty();

        Streaming(Trace trace, EventStream stream) {
            this.trace = trace;
            this.stream = stream;
        }

        synchronized void pump() {
            if (over.isEmpty()) {
                trace.drain(this);
            }
        }

        @Override
        public boolean line(String json) {
            return stream.send("line", json);
        }

        @Override
        public boolean missing(long count) {
            return stream.send("dropped", Json.object().put("count", count).toString());
        }

        @Override
        public void over(String reason) {
            over = Optional.of(reason);
            stream.send("end", end(trace, reason));
            stream.close();
        }
    }
}
