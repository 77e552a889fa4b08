package io.ftpalg.server.settings;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import io.ftpalg.routing.TargetRule;
import java.util.List;
import java.util.stream.Collectors;

/** Where sessions go. */
public sealed interface RouteChoice {

    /**
     * To one server of these.
     *
     * @param servers the servers, at least one
     * @param balance which comes first
     * @param health when one is unhealthy
     */
    record Reverse(List<Upstream> servers, Balance balance, HealthPolicy health) implements RouteChoice {
        public Reverse {
            servers = List.copyOf(servers);
        }

        /** Returns the choice of one server. */
        public static Reverse to(HostPort server) {
            return new Reverse(List.of(Upstream.of(server)), Balance.FIRST, HealthPolicy.DEFAULT);
        }

        @Override
        public String toString() {
            String all = servers.stream().map(Upstream::name).collect(Collectors.joining(", "));
            return (servers.size() == 1 ? all : balance.text() + " of " + all) + " (reverse)";
        }
    }

    /**
     * To the server that the login names.
     *
     * @param targets what logins may name; nothing if empty
     */
    record Forward(List<TargetRule> targets) implements RouteChoice {
        public Forward {
            targets = List.copyOf(targets);
        }

        @Override
        public String toString() {
            return "user@host (forward, " + targets.size() + (targets.size() == 1 ? " target rule)" : " target rules)");
        }
    }

    /**
     * To the server that the client connected to, in transparent mode.
     *
     * @param targets what clients may connect to
     */
    record OriginalDestination(List<TargetRule> targets) implements RouteChoice {
        public OriginalDestination {
            targets = List.copyOf(targets);
        }

        @Override
        public String toString() {
            return "original destination (" + targets.size()
                    + (targets.size() == 1 ? " target rule)" : " target rules)");
        }
    }

    /** Nowhere: sessions that no route is for are refused. */
    record Nowhere() implements RouteChoice {
        @Override
        public String toString() {
            return "all other logins refused";
        }
    }
}
