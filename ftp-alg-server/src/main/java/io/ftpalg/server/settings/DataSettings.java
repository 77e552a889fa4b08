package io.ftpalg.server.settings;

import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.PortRange;
import java.util.List;
import java.util.Optional;

/**
 * The data connections of a listener.
 *
 * @param passivePorts the ports for data connections of clients; any if absent
 * @param announcedPorts the first of the ports that clients are sent in place of the passive ports; the same if absent
 * @param passiveAddresses the IPv4 addresses that clients are sent, if not that of their control connection
 * @param activeSourcePort the local port of data connections to clients; any if absent
 * @param connect when the server's data port is connected to
 * @param pasvAddress how the host in a server's 227 reply is handled
 * @param peers which other hosts may be the other end of data connections
 * @param sockets the local ports towards servers, codepoint and mark
 * @param bandwidth how fast transfers move
 */
public record DataSettings(
        Optional<PortRange> passivePorts,
        Optional<Integer> announcedPorts,
        List<PassiveAddress> passiveAddresses,
        Optional<Integer> activeSourcePort,
        DataConnect connect,
        PasvAddress pasvAddress,
        DataPeers peers,
        SocketSettings sockets,
        BandwidthSettings bandwidth) {
    public DataSettings {
        passiveAddresses = List.copyOf(passiveAddresses);
    }
}
