package io.ftpalg.server.runtime;

import io.ftpalg.FtpAlg;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.routing.ServerState;
import io.ftpalg.server.inspect.ContentInspector;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.RouteChoice;
import java.util.List;
import java.util.Optional;

/**
 * The gateway of a listener.
 *
 * @param settings what it was made of
 * @param gateway the gateway
 * @param pools the pools of servers of its router, in the order of its routes
 * @param inspector its inspection of content, if it has one
 */
public record MadeGateway(
        ListenerSettings settings, FtpAlg gateway, List<ServerPool> pools, Optional<ContentInspector> inspector) {
    public MadeGateway {
        pools = List.copyOf(pools);
    }

    /** Returns whether a session may have a server: logins may name one, or not all servers of the pools are ejected. */
    boolean canServe() {
        List<ServerState> servers =
                pools.stream().flatMap(pool -> pool.servers().stream()).toList();
        return !(settings.routing().otherwise() instanceof RouteChoice.Reverse)
                || servers.isEmpty()
                || servers.stream().anyMatch(server -> server.health() != ServerState.Health.EJECTED);
    }
}
