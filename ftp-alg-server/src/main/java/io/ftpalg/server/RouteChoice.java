package io.ftpalg.server;

import io.ftpalg.policy.TargetRule;
import io.ftpalg.protocol.HostPort;
import java.util.List;

/** Where sessions go, as the command line says. */
sealed interface RouteChoice {

    /**
     * To one server.
     *
     * @param server that server
     */
    record Reverse(HostPort server) implements RouteChoice {
        @Override
        public String toString() {
            return server + " (reverse)";
        }
    }

    /**
     * Where the login says.
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
}
