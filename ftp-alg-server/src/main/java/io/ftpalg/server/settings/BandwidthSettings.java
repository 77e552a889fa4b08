package io.ftpalg.server.settings;

import io.ftpalg.protocol.Cidr;
import java.util.Map;

/**
 * The bandwidth of a listener's transfers. Each holds for itself: the slowest decides.
 *
 * @param transfer of each transfer
 * @param user of all transfers of a user
 * @param address of all transfers of a client's address
 * @param groups of all transfers of the users of a group, by the group's name
 * @param clients of all transfers with the clients of a network
 * @param servers of all transfers with the servers of a network: the route
 * @param listener of all transfers
 */
public record BandwidthSettings(
        Rate transfer,
        Rate user,
        Rate address,
        Map<String, Rate> groups,
        Map<Cidr, Rate> clients,
        Map<Cidr, Rate> servers,
        Rate listener) {
    /** No limits. */
    public static final BandwidthSettings NONE =
            new BandwidthSettings(Rate.NONE, Rate.NONE, Rate.NONE, Map.of(), Map.of(), Map.of(), Rate.NONE);

    public BandwidthSettings {
        groups = Map.copyOf(groups);
        clients = Map.copyOf(clients);
        servers = Map.copyOf(servers);
    }
}
