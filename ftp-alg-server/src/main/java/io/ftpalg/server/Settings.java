package io.ftpalg.server;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.netty.channel.IoEventLoopGroup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a command line, or a listener of a config file, comes to.
 *
 * @param listen where clients connect, at least one unless there are listeners with implicit TLS
 * @param route where sessions go
 * @param serverMode how data ports are agreed with the server
 * @param sourceAddress the local address of connections to the server
 * @param passivePorts the ports for data connections of clients; any if absent
 * @param passiveAddress the IPv4 address that clients are told, if not that of their control connection
 * @param activeSourcePort the local port of data connections to clients; any if absent
 * @param dataConnect when the server's data port is connected to
 * @param pasvAddress how the host in a server's 227 reply is handled
 * @param dataPeers which other hosts may be the other end of data connections
 * @param telnet where 0xFF on the control connection is Telnet's
 * @param limits how much and how long
 * @param transport what drives the sockets
 * @param relay how data is moved
 * @param clientTls TLS with clients
 * @param serverTls TLS with servers
 * @param drain how long transfers may go on at shutdown
 * @param file what only a config file says
 */
record Settings(List<InetSocketAddress> listen, RouteChoice route, ServerDataMode serverMode,
        Optional<InetAddress> sourceAddress, Optional<PortRange> passivePorts, Optional<Inet4Address> passiveAddress,
        Optional<Integer> activeSourcePort, DataConnect dataConnect, PasvAddress pasvAddress, DataPeers dataPeers,
        TelnetMode telnet, Limits limits, TransportType transport, RelayType relay, ClientTlsSettings clientTls, UpstreamTlsSettings serverTls, Duration drain,
        FileSettings file) {

    Settings {
        listen = List.copyOf(listen);
    }

    /** Returns the gateway of these settings on event loops that it shares, not yet started; reads files. */
    FtpAlg gateway(IoEventLoopGroup loops) throws SettingsException {
        return GatewayMaker.make(this, Optional.of(loops));
    }

    /** Returns the same on event loops of its own. */
    FtpAlg gateway() throws SettingsException {
        return GatewayMaker.make(this, Optional.empty());
    }

    /** Returns the same with these limits. */
    Settings withLimits(Limits others) {
        return new Settings(listen, route, serverMode, sourceAddress, passivePorts, passiveAddress, activeSourcePort,
                dataConnect, pasvAddress, dataPeers, telnet, others, transport, relay, clientTls, serverTls, drain, file);
    }
}
