package io.ftpalg.server;

import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.api.AdminApi;
import io.ftpalg.server.admin.api.Program;
import io.ftpalg.server.admin.page.PageRoutes;
import io.ftpalg.server.metrics.GatewayFacts;
import io.ftpalg.server.metrics.HealthRoutes;
import io.ftpalg.server.metrics.Metrics;

/** The routes of the admin server: the one place where its parts meet the gateways. Stateless. */
final class AdminTable {

    private AdminTable() {}

    /** Returns the routes about these gateways, which notify these metrics and the API, and those of the page. */
    static AdminRoutes of(GatewayFacts facts, Metrics metrics, AdminApi api, Program program) {
        AdminRoutes.Builder routes = AdminRoutes.builder();
        HealthRoutes.addTo(routes, facts::notReady);
        PageRoutes.addTo(routes);
        metrics.addTo(routes, facts);
        api.addTo(routes, program);
        return routes.build();
    }
}
