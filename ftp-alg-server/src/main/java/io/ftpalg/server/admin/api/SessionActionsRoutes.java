package io.ftpalg.server.admin.api;

import io.ftpalg.server.admin.AdminRoutes;
import java.util.concurrent.CompletableFuture;

/** Ends sessions. */
final class SessionActionsRoutes {
    private final Program program;
    private final Actions actions;

    SessionActionsRoutes(Program program, Actions actions) {
        this.program = program;
        this.actions = actions;
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.post(routes, "/api/v1/sessions/{id}/end", request -> {
            long id = Parameters.id(request);
            Parameters.body(request);
            return actions.run("end-session", Long.toString(id), request.caller(), () -> {
                String by = Actions.name(request.caller());
                if (program.gateways().all().stream()
                        .noneMatch(gateway -> gateway.live().end(id, by))) {
                    throw noSession(id);
                }
                return CompletableFuture.completedFuture("");
            });
        });
    }

    static ApiException noSession(long id) {
        return new ApiException(
                404, "no session " + id + ": it has ended, or never was", "list them with /api/v1/sessions");
    }
}
