package io.ftpalg.server.admin.api;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.routing.ServerState;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.runtime.MadeGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Servers of pools: how they are, and in or out of rotation. */
final class ServerRoutes {
    private final Program program;
    private final Actions actions;

    ServerRoutes(Program program, Actions actions) {
        this.program = program;
        this.actions = actions;
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.get(routes, "/api/v1/servers", request -> AdminApi.now(servers()));
        AdminApi.post(routes, "/api/v1/servers/eject", request -> change(request, "eject-server", ServerPool::eject));
        AdminApi.post(
                routes,
                "/api/v1/servers/return",
                request -> change(request, "return-server", ServerPool::returnToRotation));
    }

    Json.Fields servers() {
        return Json.object()
                .put("servers", made().stream().flatMap(ServerRoutes::servers).toList());
    }

    private List<MadeGateway> made() {
        return program.gateways().made();
    }

    private static Stream<Json.Fields> servers(MadeGateway made) {
        return made.pools().stream()
                .flatMap(pool -> pool.servers().stream().map(server -> server(server, name(made), pool.toString())));
    }

    private static Json.Fields server(ServerState server, String listener, String pool) {
        Optional<String> ejectedBy = server.health() == ServerState.Health.EJECTED
                ? Optional.of(server.byOperator() ? "operator" : "health")
                : Optional.empty();
        return Json.object()
                .put("server", server.server().toString())
                .put("listener", listener)
                .put("pool", pool)
                .put("health", Values.word(server.health()))
                .put("ejectedBy", ejectedBy)
                .put("sessions", server.sessions())
                .put("failures", server.failures());
    }

    /** Returns the first address of a listener. */
    static String name(MadeGateway made) {
        return made.gateway().boundAddresses().stream()
                .findFirst()
                .or(() -> Stream.concat(
                                made.settings().bind().plain().stream(), made.settings().bind().implicitTls().stream())
                        .findFirst())
                .map(Values::address)
                .orElse("");
    }

    private CompletionStage<AdminResponse> change(
            AdminRequest request, String action, BiPredicate<ServerPool, HostPort> change) {
        Map<String, Object> body = Parameters.body(request, "server", "listener");
        String text = Parameters.required(body, "server");
        Optional<String> listener = Parameters.text(body, "listener");
        return actions.run(action, text, request.caller(), () -> {
            HostPort server = known(text);
            long changed = made().stream()
                    .filter(made -> listener.isEmpty() || listener.get().equals(name(made)))
                    .flatMap(made -> made.pools().stream())
                    .filter(pool -> change.test(pool, server))
                    .count();
            if (changed == 0) {
                throw new ApiException(
                        409, "server " + text + " is " + why(action, listener), "list them with /api/v1/servers");
            }
            if (action.equals("return-server")) {
                program.gateways().operator().returned(server);
            } else if (listener.isEmpty()) {
                program.gateways().operator().ejected(server);
            }
            return CompletableFuture.completedFuture("pools=" + changed);
        });
    }

    private static String why(String action, Optional<String> listener) {
        return action.equals("return-server") ? "not ejected" : "not in a pool of listener " + listener.orElse("any");
    }

    private HostPort known(String text) {
        return made().stream()
                .flatMap(made -> made.pools().stream())
                .flatMap(pool -> pool.servers().stream())
                .map(ServerState::server)
                .filter(server -> server.toString().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(404, "no server " + text + " in a pool", "name it as /api/v1/servers does"));
    }
}
