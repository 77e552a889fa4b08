package io.ftpalg.server;

import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.metrics.HealthRoutes;
import io.ftpalg.server.runtime.Gateways;

/** The routes of the admin server: the one place where its parts meet the gateways. Stateless. */
final class AdminTable {

    private AdminTable() {}

    /** Returns the routes about these gateways. */
    static AdminRoutes of(Gateways gateways) {
        AdminRoutes.Builder routes = AdminRoutes.builder();
        HealthRoutes.addTo(routes, gateways::notReady);
        return routes.build();
    }
}
