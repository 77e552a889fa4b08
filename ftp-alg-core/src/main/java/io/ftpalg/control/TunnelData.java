package io.ftpalg.control;

import io.ftpalg.control.server.ServerControl;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.TunnelPorts;
import io.ftpalg.control.shared.TunnelReceiver;
import io.ftpalg.control.shared.Tunnels.AwaitingConnection;
import io.ftpalg.control.shared.Tunnels.AwaitingSession;
import io.ftpalg.data.leg.AwaitedLeg;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The client's data connections of a session in a tunnel: the client asks for each by its own protocol, so that no port is listened on
 * and none is connected to. A port is announced all the same, by which its request is recognized. On the session's loop.
 */
final class TunnelData {
    private final EarlyTarget tunnel;
    private final Gateway gateway;
    private final EventLoop loop;
    private final InetSocketAddress client;
    private final Optional<InetSocketAddress> destination;
    private final InetSocketAddress listener;
    private final ServerControl server;
    private final DataLegs data;
    private TunnelPorts<AwaitingSession>.@Nullable Place place;

    /**
     * Makes it.
     *
     * @param client the client
     * @param listener the gateway's end of its control connection
     */
    TunnelData(
            EarlyTarget tunnel,
            Gateway gateway,
            EventLoop loop,
            NamedClient client,
            InetSocketAddress listener,
            ServerControl server,
            DataLegs data) {
        this.tunnel = tunnel;
        this.gateway = gateway;
        this.loop = loop;
        this.client = client.address();
        this.destination = client.destination();
        this.listener = listener;
        this.server = server;
        this.data = data;
    }

    /** Takes a port for the client's next data connection. */
    void listen() {
        close();
        PassivePorts ports = gateway.data().ports().passive(server.sockets().passivePorts());
        Receiver receiver = new Receiver();
        Set<String> names = names();
        AwaitingSession waiting =
                new AwaitingSession(asked -> names.contains(canonical(asked.host())), user(), loop, receiver);
        place = gateway.tunnels()
                .sessions()
                .open(client.getAddress(), ports, waiting)
                .orElse(null);
        if (place == null) {
            data.await(listener, false).failed(DataFailure.NO_PORT, "the client has all ports already");
        } else {
            receiver.leg = data.await(new InetSocketAddress(listener.getAddress(), place.port()), true);
        }
    }

    /** Takes the connection that waits at this port of the client (BIND), if there is one. */
    boolean dial(InetSocketAddress address) {
        if (!IpLiteral.sameHost(address.getAddress(), client.getAddress())) {
            return false;
        }
        Optional<AwaitingConnection> waiting = gateway.tunnels()
                .connections()
                .claim(client.getAddress(), address.getPort(), one -> one.user().equals(user()));
        waiting.ifPresent(one -> {
            Receiver receiver = new Receiver();
            receiver.leg = data.await(listener, false);
            one.handover().to(server.address(), loop, receiver);
        });
        return waiting.isPresent();
    }

    private Optional<String> user() {
        return tunnel.user().map(ProxyUser::name);
    }

    /** What the client may call the host that it has its data from: what it was told in a 227, or the server, by any name. */
    private Set<String> names() {
        InetSocketAddress end = server.address();
        Stream<String> named = Stream.of(tunnel.target().host(), end.getHostString());
        Stream<InetAddress> announced = Stream.of(
                        Optional.of(listener.getAddress()),
                        destination.map(InetSocketAddress::getAddress),
                        passiveAddress())
                .flatMap(Optional::stream);
        return Stream.concat(named, announced.map(IpLiteral::format))
                .map(TunnelData::canonical)
                .collect(Collectors.toSet());
    }

    private Optional<InetAddress> passiveAddress() {
        try {
            return gateway.settings().passiveAddresses().of(client.getAddress());
        } catch (UnknownHostException e) {
            // PASV is refused.
            return Optional.empty();
        }
    }

    /** An address may be written in several ways. */
    private static String canonical(String host) {
        return IpLiteral.parse(host)
                .map(address -> IpLiteral.format(IpLiteral.canonical(address)))
                .orElseGet(() -> HostPort.canonicalName(host));
    }

    /** The client is to have no data connection at the port that it was told. */
    void close() {
        if (place != null) {
            place.close();
            place = null;
        }
    }

    /** Brings a connection to the leg that it is for. */
    private final class Receiver implements TunnelReceiver {
        private @Nullable AwaitedLeg leg;

        @Override
        public void arrived(SocketChannel connection) {
            try {
                DataLegs.marks(server.sockets()).accepted(connection);
            } catch (ChannelException e) {
                lost(e);
                return;
            }
            if (leg != null) {
                leg.arrived(connection);
            }
        }

        @Override
        public void lost(Throwable cause) {
            if (leg != null) {
                leg.failed(DataFailure.NOT_ACCEPTED, String.valueOf(cause.getMessage()));
            }
        }
    }
}
