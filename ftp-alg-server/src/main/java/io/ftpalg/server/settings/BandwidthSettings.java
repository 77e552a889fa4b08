package io.ftpalg.server.settings;

import java.util.Map;

/**
 * The bandwidth of a listener's transfers. Each holds for itself: the slowest decides.
 *
 * @param transfer of each transfer
 * @param user of all transfers of a user
 * @param address of all transfers of a client's address
 * @param groups of all transfers of the users of a group, by the group's name
 * @param listener of all transfers
 */
public record BandwidthSettings(Rate transfer, Rate user, Rate address, Map<String, Rate> groups, Rate listener) {
    /** No limits. */
    public static final BandwidthSettings NONE =
            new BandwidthSettings(Rate.NONE, Rate.NONE, Rate.NONE, Map.of(), Rate.NONE);

    public BandwidthSettings {
        groups = Map.copyOf(groups);
    }
}
