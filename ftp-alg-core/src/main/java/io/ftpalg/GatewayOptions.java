package io.ftpalg;

import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.ReplyFilter;
import io.ftpalg.policy.Texts;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a gateway, complete and without contradictions: a snapshot of a {@link FtpAlgBuilder}, whose methods have what
 * each component is. Constant.
 *
 * @param addresses where it listens
 * @param implicitTlsAddresses where it listens with TLS from the first byte
 * @param acceptOnly whether it listens nowhere
 * @param transport the system interface, that of the event loops if they were given
 * @param givenLoops the event loops, if they are the embedder's
 */
record GatewayOptions(
        List<InetSocketAddress> addresses,
        List<InetSocketAddress> implicitTlsAddresses,
        boolean acceptOnly,
        List<AlgListener> listeners,
        Router router,
        CommandFilter filter,
        Optional<ReplyFilter> replyFilter,
        TransferPolicy transfers,
        Limits limits,
        LoginPolicy login,
        Texts texts,
        ClientGate gate,
        SocketSettings sockets,
        List<PassiveAddress> passiveAddresses,
        DataConnect dataConnect,
        PasvAddress pasvAddress,
        DataPeers dataPeers,
        Transport transport,
        Optional<IoEventLoopGroup> givenLoops,
        List<InetSocketAddress> nameServers,
        RelayType relay,
        KernelPath kernelPath,
        TelnetMode telnet,
        ClientTls clientTls,
        Optional<ClientTlsContexts> clientContexts,
        Optional<ServerTlsContexts> serverContexts,
        Optional<ProxyProtocol> proxyProtocol,
        Optional<TransparentMode> transparent,
        boolean spoofClient,
        ListenerProtocol protocol) {

    GatewayOptions {
        addresses = List.copyOf(addresses);
        implicitTlsAddresses = List.copyOf(implicitTlsAddresses);
        listeners = List.copyOf(listeners);
        nameServers = List.copyOf(nameServers);
        passiveAddresses = List.copyOf(passiveAddresses);
        if (acceptOnly) {
            checkAcceptOnly(addresses, implicitTlsAddresses, givenLoops);
        } else {
            checkAddresses(addresses, implicitTlsAddresses);
        }
        checkTls(clientTls, clientContexts, implicitTlsAddresses, acceptOnly);
        if (transparent.isPresent() && proxyProtocol.isPresent()) {
            throw new IllegalStateException(
                    "transparent contradicts proxyProtocol: clients come by the packet filter, or by a balancer");
        }
        checkTransparent(transparent, spoofClient, transport, sockets, passiveAddresses);
        checkProtocol(protocol, router, transparent, implicitTlsAddresses, acceptOnly);
        if ((relay == RelayType.SPLICE || relay == RelayType.KERNEL) && transport != Transport.EPOLL) {
            throw new IllegalArgumentException("relay " + relay + " needs transport EPOLL, not " + transport);
        }
        if (relay == RelayType.KERNEL
                && (sockets.passivePorts().isEmpty() || sockets.sourcePorts().isEmpty())) {
            throw new IllegalStateException(
                    "relay KERNEL needs passivePorts, the ports towards clients, and sockets with"
                            + " sourcePorts, those towards servers: the kernel looks at connections to these only");
        }
        if (sockets.mark().isPresent() && transport != Transport.EPOLL) {
            throw new IllegalArgumentException("a mark needs transport EPOLL, not " + transport);
        }
    }

    private static void checkTransparent(
            Optional<TransparentMode> mode,
            boolean spoofClient,
            Transport transport,
            SocketSettings sockets,
            List<PassiveAddress> passiveAddresses) {
        if (spoofClient && mode.isEmpty()) {
            throw new IllegalStateException(
                    "spoofClient needs transparent: servers reply to the client's address, which must"
                            + " lead through this host");
        }
        if (mode.isEmpty()) {
            return;
        }
        if (transport != Transport.EPOLL) {
            throw new IllegalArgumentException("transparent needs transport EPOLL, not " + transport);
        }
        if (!passiveAddresses.isEmpty()) {
            throw new IllegalStateException(
                    "transparent contradicts passiveAddress: a 227 names the address that the client connected to");
        }
        if (mode.get() == TransparentMode.REDIRECT && sockets.passivePorts().isEmpty()) {
            throw new IllegalStateException(
                    "transparent(REDIRECT) needs passivePorts: the rule that redirects clients' data connections names them");
        }
        if (spoofClient && sockets.sourceAddress().isPresent()) {
            throw new IllegalStateException(
                    "spoofClient contradicts the source address of sockets: servers see one or the other");
        }
    }

    private static void checkProtocol(
            ListenerProtocol protocol,
            Router router,
            Optional<TransparentMode> transparent,
            List<InetSocketAddress> implicitTls,
            boolean acceptOnly) {
        if (protocol == ListenerProtocol.FTP) {
            return;
        }
        if (transparent.isPresent()) {
            throw new IllegalStateException("protocol(" + protocol
                    + ") contradicts transparent: clients either name their server or do not know of the gateway");
        }
        if (!implicitTls.isEmpty()) {
            throw new IllegalStateException(
                    "protocol(" + protocol + ") contradicts listenImplicitTls: clients begin in the clear there");
        }
        if (acceptOnly) {
            throw new IllegalStateException("protocol(" + protocol
                    + ") contradicts acceptOnly: connections that a server of yours accepts begin with FTP");
        }
        if (!router.takesTargets()) {
            throw new IllegalStateException("protocol(" + protocol
                    + ") needs a router that takes targets, such as Routers.forward: the client names its server");
        }
    }

    private static void checkAcceptOnly(
            List<InetSocketAddress> addresses, List<InetSocketAddress> implicit, Optional<IoEventLoopGroup> loops) {
        if (!addresses.isEmpty() || !implicit.isEmpty()) {
            throw new IllegalStateException("acceptOnly contradicts listen: leave one of them out");
        }
        if (loops.isEmpty()) {
            throw new IllegalStateException(
                    "acceptOnly needs eventLoops: the gateway and your server have the same event loops");
        }
    }

    private static void checkAddresses(List<InetSocketAddress> addresses, List<InetSocketAddress> implicit) {
        if (addresses.isEmpty() && implicit.isEmpty()) {
            throw new IllegalStateException(
                    "a gateway needs an address to listen on, or acceptOnly if clients come from a server of your own");
        }
        Set<InetSocketAddress> seen = new HashSet<>();
        for (InetSocketAddress address : addresses) {
            if (address.getPort() != 0 && !seen.add(address)) {
                throw new IllegalStateException(
                        "listen(" + NetUtil.toSocketAddressString(address) + ") was called twice");
            }
        }
        for (InetSocketAddress address : implicit) {
            if (address.getPort() != 0 && !seen.add(address)) {
                throw new IllegalStateException(
                        "listenImplicitTls(" + NetUtil.toSocketAddressString(address)
                                + ") and another listen name the same address: TLS begins there with the connection, or with AUTH");
            }
        }
    }

    /** Returns how many data ports of clients there may be at a time; 0 if any port of the system will do. */
    int passivePortCount() {
        return sockets.passivePorts().map(PortRange::size).orElse(0);
    }

    private static void checkTls(
            ClientTls tls, Optional<ClientTlsContexts> contexts, List<InetSocketAddress> implicit, boolean acceptOnly) {
        if (!implicit.isEmpty() && contexts.isEmpty()) {
            throw new IllegalStateException("listening with implicit TLS needs clientTls");
        }
        if (!implicit.isEmpty() && tls.control() == TlsUse.OFF) {
            throw new IllegalStateException(
                    "listenImplicitTls contradicts clientTls(control OFF): there is no TLS without it");
        }
        if (tls.control() != TlsUse.OFF && tls.auth() != AuthMode.TERMINATE && implicit.isEmpty() && !acceptOnly) {
            throw new IllegalStateException("clientTls(control " + tls.control() + ") contradicts AUTH " + tls.auth()
                    + ": clients come to TLS by AUTH only, or at an address of listenImplicitTls");
        }
        if (tls.control() == TlsUse.OFF && (tls.clearCommandChannel() || tls.dataReuse())) {
            throw new IllegalStateException("clientTls(control OFF) contradicts "
                    + (tls.dataReuse() ? "dataReuse" : "clearCommandChannel") + ": there is no TLS");
        }
    }
}
