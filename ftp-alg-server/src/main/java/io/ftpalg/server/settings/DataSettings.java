package io.ftpalg.server.settings;

import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.PortRange;
import java.net.Inet4Address;
import java.util.Optional;

/**
 * The data connections of a listener.
 *
 * @param passivePorts the ports for data connections of clients; any if absent
 * @param passiveAddress the IPv4 address that clients are sent, if not that of their control connection
 * @param activeSourcePort the local port of data connections to clients; any if absent
 * @param connect when the server's data port is connected to
 * @param pasvAddress how the host in a server's 227 reply is handled
 * @param peers which other hosts may be the other end of data connections
 * @param sockets the local ports towards servers, codepoint and mark
 */
public record DataSettings(
        Optional<PortRange> passivePorts,
        Optional<Inet4Address> passiveAddress,
        Optional<Integer> activeSourcePort,
        DataConnect connect,
        PasvAddress pasvAddress,
        DataPeers peers,
        SocketSettings sockets) {}
