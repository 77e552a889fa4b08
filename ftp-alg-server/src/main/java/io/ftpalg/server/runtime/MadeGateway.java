package io.ftpalg.server.runtime;

import io.ftpalg.FtpAlg;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.routing.ServerState;
import io.ftpalg.server.inspect.scan.ScannerHealth;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.RouteChoice;
import java.util.List;

/**
 * The gateway of a listener.
 *
 * @param settings what it was made of
 * @param gateway the gateway
 * @param pools the pools of servers of its router, in the order of its routes
 * @param scanners whether the scanners of its inspection are reachable
 */
public record MadeGateway(
        ListenerSettings settings, FtpAlg gateway, List<ServerPool> pools, List<ScannerHealth> scanners) {
    public MadeGateway {
        pools = List.copyOf(pools);
        scanners = List.copyOf(scanners);
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
