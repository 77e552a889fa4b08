package io.ftpalg.server.admin.api;

import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.quota.CounterName;
import io.ftpalg.server.quota.QuotaChange;
import io.ftpalg.server.quota.QuotaKeeper;
import io.ftpalg.server.quota.QuotaReport;
import io.ftpalg.server.quota.QuotaTable;
import io.ftpalg.server.quota.Used;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Quotas: what users and groups have used, set and reset. */
final class QuotaRoutes {
    private static final long MOST = 1L << 50;

    private final Program program;
    private final Actions actions;

    QuotaRoutes(Program program, Actions actions) {
        this.program = program;
        this.actions = actions;
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.get(routes, "/api/v1/quotas", request -> AdminApi.now(quotas(request)));
        AdminApi.post(routes, "/api/v1/quotas/set", this::set);
        AdminApi.post(routes, "/api/v1/quotas/reset", this::reset);
    }

    private QuotaKeeper keeper() {
        return program.gateways().quotas();
    }

    private QuotaTable table() {
        return QuotaTable.of(program.gateways().settings().quotas());
    }

    private Json.Fields quotas(AdminRequest request) {
        return QuotaReport.of(
                table(),
                keeper().counters().all(),
                keeper().file().map(Object::toString).orElse(""),
                Values.word(keeper().state()),
                Parameters.text(request, "q").orElse(""),
                Parameters.number(request, "limit", 1, 1000, 100));
    }

    private CompletionStage<AdminResponse> set(AdminRequest request) {
        Map<String, Object> body = Parameters.body(request, "user", "group", "period", "direction", "bytes", "files");
        QuotaChange change = change(body);
        return actions.run("quota-set", target(change), request.caller(), () -> {
            List<CounterName> names = change.in(table());
            if (names.size() != 1) {
                throw new ApiException(
                        names.isEmpty() ? 404 : 400,
                        names.isEmpty()
                                ? "there is no such quota"
                                : "there are " + names.size() + " quotas of " + target(change),
                        names.isEmpty() ? "see quotas.rules of the config" : "give period and direction");
            }
            Used used = keeper().counters().used(names.get(0));
            long bytes = Parameters.longNumber(body, "bytes", 0, MOST).orElse(used.bytes());
            long files = Parameters.longNumber(body, "files", 0, MOST).orElse(used.files());
            if (!keeper().set(names.get(0), bytes, files)) {
                throw new ApiException(409, "there are too many counters", "wait until periods have ended");
            }
            return CompletableFuture.completedFuture("bytes=" + bytes + " files=" + files);
        });
    }

    private CompletionStage<AdminResponse> reset(AdminRequest request) {
        QuotaChange change = change(Parameters.body(request, "user", "group", "period", "direction"));
        return actions.run("quota-reset", target(change), request.caller(), () -> {
            List<CounterName> names = change.among(keeper().counters().all().keySet());
            if (names.isEmpty()) {
                throw new ApiException(404, "nothing is counted for " + target(change), "see /api/v1/quotas");
            }
            names.forEach(name -> keeper().set(name, 0, 0));
            return CompletableFuture.completedFuture("counters=" + names.size());
        });
    }

    private static String target(QuotaChange change) {
        return change.group() ? "group " + change.name() : "user " + change.name();
    }

    private static QuotaChange change(Map<String, Object> body) {
        try {
            return QuotaChange.of(
                    Parameters.text(body, "user"),
                    Parameters.text(body, "group"),
                    Parameters.text(body, "period"),
                    Parameters.text(body, "direction"));
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    400, String.valueOf(e.getMessage()), Optional.of("see docs/openapi.yaml"), List.of());
        }
    }
}
