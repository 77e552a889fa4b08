package io.ftpalg.server;

import io.ftpalg.FtpAlg;
import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.Router;
import io.ftpalg.policy.Routers;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.TargetRules;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.server.tls.TlsConfigException;
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
 * @param telnet whether 0xFF on the control connection is Telnet's
 * @param limits how much and how long
 * @param transport what drives the sockets
 * @param relay how data is moved
 * @param clientTls TLS with clients
 * @param serverTls TLS with servers
 * @param drain how long transfers may go on at shutdown
 */
record Settings(List<InetSocketAddress> listen, RouteChoice route, ServerDataMode serverMode,
        Optional<InetAddress> sourceAddress, Optional<PortRange> passivePorts, Optional<Inet4Address> passiveAddress,
        Optional<Integer> activeSourcePort, DataConnect dataConnect, boolean telnet, Limits limits,
        TransportType transport, RelayType relay, ClientTlsSettings clientTls, UpstreamTlsSettings serverTls, Duration drain) {

    Settings {
        listen = List.copyOf(listen);
    }

    /** Returns the gateway of these settings, not yet started; it tells the log what happens. Reads the files of TLS. */
    FtpAlg gateway() throws TlsConfigException {
        return builder().build();
    }

    /** Returns the same on event loops that it shares. */
    FtpAlg gateway(IoEventLoopGroup loops) throws TlsConfigException {
        return builder().eventLoops(loops).build();
    }

    /** Returns the same with these limits. */
    Settings withLimits(Limits others) {
        return new Settings(listen, route, serverMode, sourceAddress, passivePorts, passiveAddress, activeSourcePort,
                dataConnect, telnet, others, transport, relay, clientTls, serverTls, drain);
    }

    private FtpAlgBuilder builder() throws TlsConfigException {
        FtpAlgBuilder builder = FtpAlg.builder()
                .router(router())
                .limits(limits)
                .filter(CommandFilter.safeSite())
                .listener(new EventLog())
                .dataConnect(dataConnect)
                .transport(transport)
                .relay(relay)
                .telnet(telnet);
        listen.forEach(builder::listen);
        passivePorts.ifPresent(builder::passivePorts);
        passiveAddress.ifPresent(builder::passiveAddress);
        activeSourcePort.ifPresent(builder::activeSourcePort);
        clientTls.applyTo(builder);
        serverTls.applyTo(builder);
        return builder;
    }

    private Router router() {
        if (route instanceof RouteChoice.Reverse reverse) {
            return Routers.fixed(reverse.server(), serverMode, sourceAddress, serverTls.use());
        }
        return Routers.forward(TargetRules.of(((RouteChoice.Forward) route).targets()), serverMode, sourceAddress,
                serverTls.use());
    }
}
