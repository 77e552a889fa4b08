package io.ftpalg.server.metrics;

import io.ftpalg.server.admin.AdminMethod;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.files.BuildVersion;
import io.netty.util.Version;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@code /health}: the process lives; {@code /ready}: it may get new sessions, else 503 with the reason; {@code /version}. The first two
 * need no token, since orchestrators have none. Stateless.
 */
public final class HealthRoutes {

    private HealthRoutes() {}

    /**
     * Adds the routes.
     *
     * @param notReady why no new session can be served, if so; called on the event loop of the admin server
     */
    public static void addTo(AdminRoutes.Builder routes, Supplier<Optional<String>> notReady) {
        AdminResponse healthy = AdminResponse.of(200, AdminResponse.TEXT, "ok\n");
        AdminResponse version = AdminResponse.of(200, AdminResponse.TEXT, version());
        routes.addOpen("/health", request -> CompletableFuture.completedStage(healthy));
        routes.addOpen("/ready", request -> CompletableFuture.completedStage(ready(notReady.get())));
        routes.add(AdminMethod.GET, "/version", request -> CompletableFuture.completedStage(version));
    }

    private static AdminResponse ready(Optional<String> notReady) {
        return AdminResponse.of(notReady.isEmpty() ? 200 : 503, AdminResponse.TEXT, notReady.orElse("ready") + '\n');
    }

    private static String version() {
        Version netty = Version.identify(HealthRoutes.class.getClassLoader()).get("netty-common");
        return "ftp-alg " + BuildVersion.version() + "\nJava " + Runtime.version() + "\nNetty "
                + (netty == null ? "unknown" : netty.artifactVersion()) + '\n';
    }
}
