package io.ftpalg.server.settings.limits;

import io.ftpalg.protocol.Cidr;
import java.util.Map;
import java.util.Optional;

/**
 * How many sessions and transfers users, groups and networks may have at a time.
 *
 * @param eachUser those of each user, but for users that have limits of their own
 * @param users those of single users, by name
 * @param groups those of all users of a group together, by name
 * @param clients those of all clients of a network together
 * @param servers those of all servers of a network together: the route
 */
public record ConcurrencySettings(
        AtOnce eachUser,
        Map<String, AtOnce> users,
        Map<String, AtOnce> groups,
        Map<Cidr, AtOnce> clients,
        Map<Cidr, AtOnce> servers) {
    /** No limits. */
    public static final ConcurrencySettings NONE =
            new ConcurrencySettings(AtOnce.NO_LIMIT, Map.of(), Map.of(), Map.of(), Map.of());

    public ConcurrencySettings {
        users = Map.copyOf(users);
        groups = Map.copyOf(groups);
        clients = Map.copyOf(clients);
        servers = Map.copyOf(servers);
    }

    /**
     * How many at a time.
     *
     * @param sessions sessions, if limited
     * @param transfers transfers, if limited
     */
    public record AtOnce(Optional<Integer> sessions, Optional<Integer> transfers) {
        /** No limit. */
        public static final AtOnce NO_LIMIT = new AtOnce(Optional.empty(), Optional.empty());
    }
}
