package io.ftpalg.server.admin.api;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.server.admin.AdminMethod;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoute;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.trace.Traces;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of the API's routes, and the thread that measures once a second. Owned by the main thread, for all gateways of the
 * program; its routes run on the event loop of the admin server.
 */
public final class AdminApi implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(AdminApi.class);

    private final EventRecords records = new EventRecords();
    private final Traces traces = new Traces();
    private final Actions actions = new Actions();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("admin-api", true));

    /** Returns what receives the events of all gateways. */
    public List<AlgListener> listeners() {
        return List.of(records, traces);
    }

    /** Lets this one receive what operators do. */
    public void notify(ActionListener listener) {
        actions.notify(listener);
    }

    /** Adds all routes, and begins to measure. */
    public void addTo(AdminRoutes.Builder routes, Program program) {
        Snapshots snapshots = new Snapshots(program.gateways());
        Figures figures = new Figures(program, records);
        ServerRoutes servers = new ServerRoutes(program, actions);
        EventStreams streams = new EventStreams(figures, servers, records, actions, program);
        get(routes, "/api/v1/status", request -> now(figures.status()));
        get(routes, "/api/v1/history", request -> now(figures.history()));
        addSessions(routes, snapshots);
        new SessionActionsRoutes(program, actions).addTo(routes);
        servers.addTo(routes);
        new QuotaRoutes(program, actions).addTo(routes);
        new OperatorRoutes(program, actions, snapshots).addTo(routes);
        new FactRoutes(program, thread).addTo(routes);
        addRecords(routes);
        new TraceRoutes(program, traces, actions).addTo(routes);
        streams.addTo(routes);
        var unused = thread.scheduleWithFixedDelay(
                () -> everySecond(program, snapshots, figures, streams), 1, 1, TimeUnit.SECONDS);
    }

    private void addSessions(AdminRoutes.Builder routes, Snapshots snapshots) {
        get(routes, "/api/v1/sessions", request -> snapshots
                .all()
                .thenApply(all -> json(SessionPages.sessions(all, request))));
        get(routes, "/api/v1/transfers", request -> snapshots
                .all()
                .thenApply(all -> json(SessionPages.transfers(all, request))));
        get(routes, "/api/v1/sessions/{id}", request -> snapshots
                .all()
                .thenApply(all -> details(all, Parameters.id(request))));
        get(
                routes,
                "/api/v1/transfers/finished",
                request -> now(Json.object()
                        .put(
                                "transfers",
                                records.finished(last(request)).stream()
                                        .map(EventRecords.Finished::json)
                                        .toList())));
    }

    private AdminResponse details(List<SessionSnapshot> all, long id) {
        SessionSnapshot session = all.stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> SessionActionsRoutes.noSession(id));
        return json(SessionJson.details(
                session,
                records.finished(EventRecords.TRANSFERS).stream()
                        .filter(one -> one.session() == id)
                        .map(EventRecords.Finished::json)
                        .toList()));
    }

    private void addRecords(AdminRoutes.Builder routes) {
        get(
                routes,
                "/api/v1/refusals",
                request ->
                        CompletableFuture.completedFuture(AdminResponse.json("{\"total\":" + records.refusedInAll.sum()
                                + ",\"refusals\":" + array(records.refusals(last(request))) + "}")));
        get(
                routes,
                "/api/v1/actions",
                request -> CompletableFuture.completedFuture(
                        AdminResponse.json("{\"actions\":" + array(actions.newest(last(request))) + "}")));
    }

    private static int last(AdminRequest request) {
        return Parameters.number(request, "limit", 1, 500, 100);
    }

    /** What is JSON already is not written again. */
    private static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    /** Whatever happens in one second, there is a next one: a task that throws would be the last one of its thread. */
    private void everySecond(Program program, Snapshots snapshots, Figures figures, EventStreams streams) {
        try {
            traces.endExpired();
            if (program.gateways().settings().admin().isPresent()) {
                List<SessionSnapshot> all = snapshots.all().get(10, TimeUnit.SECONDS);
                figures.measure(all);
                streams.everySecond();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            logger.error("figures not measured: internal error", e);
        }
    }

    static void get(AdminRoutes.Builder routes, String path, AdminRoute route) {
        routes.add(AdminMethod.GET, path, refusing(route));
    }

    static void post(AdminRoutes.Builder routes, String path, AdminRoute route) {
        routes.add(AdminMethod.POST, path, refusing(route));
    }

    /** A refusal is a response. */
    private static AdminRoute refusing(AdminRoute route) {
        return request -> {
            try {
                return route.handle(request).handle(AdminApi::outcome).thenCompose(Function.identity());
            } catch (ApiException e) {
                return CompletableFuture.completedFuture(e.response());
            }
        };
    }

    private static CompletionStage<AdminResponse> outcome(AdminResponse response, Throwable failure) {
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof ApiException refused) {
            return CompletableFuture.completedFuture(refused.response());
        }
        return failure == null ? CompletableFuture.completedFuture(response) : CompletableFuture.failedFuture(failure);
    }

    static CompletionStage<AdminResponse> now(Json.Fields body) {
        return CompletableFuture.completedFuture(json(body));
    }

    static AdminResponse json(Json.Fields body) {
        return AdminResponse.json(body.toString());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
