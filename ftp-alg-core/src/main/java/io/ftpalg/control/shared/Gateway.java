package io.ftpalg.control.shared;

import io.ftpalg.control.dns.DnsNames;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.tls.GatewayTls;
import io.ftpalg.data.leg.DataHeaders;
import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.session.base.SessionSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What all sessions of a gateway share. The javadoc of its parts that change has how they are guarded; the rest is constant.
 *
 * @param settings settings of sessions
 * @param transport the system interface
 * @param data what opens data connections
 * @param names the resolver
 * @param gate whom the operator lets in
 * @param admission admission of clients
 * @param sessions the live sessions
 * @param ownListener whether an address is a listener of this or another gateway of the process, which no session may connect to
 * @param sockets options of sockets, where a route does not set them
 * @param telnet where 0xFF is Telnet's IAC on control connections (RFC 854), and where a plain byte
 * @param tls where TLS contexts come from
 * @param proxyProtocol the balancers that name clients, if there are any
 * @param interception that clients do not know of the gateway, if so
 * @param protocol the protocol that clients begin with
 * @param tunnels what waits for clients of tunnels, where that is not FTP
 */
public record Gateway(
        SessionSettings settings,
        Transport transport,
        EventLoopDataChannels data,
        DnsNames names,
        ClientGate gate,
        Admission admission,
        Sessions sessions,
        Predicate<InetSocketAddress> ownListener,
        SocketSettings sockets,
        TelnetMode telnet,
        GatewayTls tls,
        Optional<ProxyProtocol> proxyProtocol,
        Optional<Interception> interception,
        ListenerProtocol protocol,
        Tunnels tunnels) {

    /** Returns the same for a listener where TLS begins with the connection. */
    public Gateway implicitTls() {
        return new Gateway(
                settings.withClientTls(settings.clientTls().implicitly()),
                transport,
                data,
                names,
                gate,
                admission,
                sessions,
                ownListener,
                sockets,
                telnet,
                tls,
                proxyProtocol,
                interception,
                protocol,
                tunnels);
    }

    /** Returns the balancers whose data connections begin with a header, if there are any. */
    public Optional<DataHeaders> dataHeaders() {
        return proxyProtocol
                .filter(ProxyProtocol::data)
                .map(balancers -> new DataHeaders(balancers::isFrom, limits().get(Limit.Time.PROXY_HEADER_TIMEOUT)));
    }

    public Limits limits() {
        return settings.limits();
    }
}
