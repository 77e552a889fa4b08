package io.ftpalg.server;

import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.TargetRule;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where sessions go. Filled by picocli. */
final class RoutingOptions {
    @Option(names = "--upstream", paramLabel = "HOST[:PORT]",
            description = "the server that every session goes to (reverse); port 21 if left out; ftpes://HOST with TLS,"
                    + " ftps://HOST with implicit TLS on port 990; may be repeated; _ftp._tcp.DOMAIN for those that DNS lists")
    private List<Upstream> upstream = new ArrayList<>();

    @Option(names = "--balance", paramLabel = "HOW",
            description = "which of several servers comes first: first (default), round-robin, least-sessions, hash (the same"
                    + " one for a client)")
    private Optional<Balance> balance = Optional.empty();

    @Option(names = "--forward",
            description = "go where the login says, USER user@host[:port], if a target is allowed")
    private boolean forward;

    @Option(names = "--allow-target", paramLabel = "HOST_OR_CIDR[:PORTS]",
            description = "a server that logins may name; may be repeated")
    private List<TargetRule> allowTarget = new ArrayList<>();

    @Option(names = "--server-mode", paramLabel = "MODE",
            description = "data ports with the server: client (as the client does, the default), passive, active,"
                    + " port, eprt, pasv, epsv")
    private ServerDataMode serverMode = ServerDataMode.CLIENT;

    @Option(names = "--source-address", paramLabel = "ADDRESS",
            description = "local address of connections to the server")
    private Optional<InetAddress> sourceAddress = Optional.empty();

    /**
     * Returns where sessions go.
     *
     * @param hasRoutes whether some have a route already
     * @param health when a server counts as ill
     */
    RouteChoice route(CommandSpec spec, boolean hasRoutes, HealthPolicy health) {
        if (!forward && upstream.isEmpty() && hasRoutes) {
            return new RouteChoice.Nowhere();
        }
        if (forward == !upstream.isEmpty()) {
            throw error(spec, forward ? "--upstream and --forward exclude each other: give one of them"
                    : "nowhere to go: give --upstream HOST[:PORT] or --forward");
        }
        if (!forward && !allowTarget.isEmpty()) {
            throw error(spec, "--allow-target '" + allowTarget.get(0) + "': works with --forward only");
        }
        if (forward && balance.isPresent()) {
            throw error(spec, "--balance is between servers of --upstream, not with --forward");
        }
        return forward ? new RouteChoice.Forward(allowTarget)
                : new RouteChoice.Reverse(upstream, balance.orElse(Balance.FIRST), health);
    }

    ServerDataMode serverMode() {
        return serverMode;
    }

    Optional<InetAddress> sourceAddress() {
        return sourceAddress;
    }

    private static ParameterException error(CommandSpec spec, String message) {
        CommandLine line = spec.commandLine();
        return new ParameterException(line, message);
    }
}
