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
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.inspect.DataInspector;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.channel.IoEventLoopGroup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what a gateway is to be; made by {@link FtpAlg#builder}, used by one thread, for any number of gateways. */
public final class FtpAlgBuilder {
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<InetSocketAddress> implicitTlsAddresses = new ArrayList<>();
    private final List<AlgListener> listeners = new ArrayList<>();
    private boolean acceptOnly;
    private @Nullable Router router;
    private CommandFilter filter = CommandFilter.safeSite();
    private Optional<ReplyFilter> replyFilter = Optional.empty();
    private TransferPolicy transfers = TransferPolicy.NONE;
    private Optional<DataInspector> inspector = Optional.empty();
    private Remnant remnant = Remnant.KEEP;
    private Limits limits = Limits.defaults();
    private LoginPolicy login = LoginPolicy.DEFAULT;
    private Texts texts = Texts.DEFAULT;
    private ClientGate gate = ClientGate.OPEN;
    private SocketSettings sockets = SocketSettings.DEFAULT;
    private Optional<PortRange> passivePorts = Optional.empty();
    private Optional<Integer> activeSourcePort = Optional.empty();
    private Optional<PassiveAddress> passiveAddress = Optional.empty();
    private List<PassiveAddress> passiveAddresses = List.of();
    private Optional<Integer> announcedPorts = Optional.empty();
    private DataConnect dataConnect = DataConnect.EARLY;
    private PasvAddress pasvAddress = PasvAddress.IGNORE;
    private DataPeers dataPeers = DataPeers.SAME;
    private TransportType transport = TransportType.AUTO;
    private Optional<IoEventLoopGroup> loops = Optional.empty();
    private List<InetSocketAddress> nameServers = List.of();
    private RelayType relay = RelayType.AUTO;
    private KernelPath kernelPath = KernelPath.DEFAULT;
    private TelnetMode telnet = TelnetMode.AUTO;
    private ClientTls clientTls = ClientTls.NONE;
    private Optional<AuthMode> auth = Optional.empty();
    private Optional<ClientTlsContexts> clientContexts = Optional.empty();
    private Optional<ServerTlsContexts> serverContexts = Optional.empty();
    private Optional<ProxyProtocol> proxyProtocol = Optional.empty();
    private Optional<TransparentMode> transparent = Optional.empty();
    private boolean spoofClient;
    private ListenerProtocol protocol = ListenerProtocol.FTP;

    FtpAlgBuilder() {}

    /** Adds an address to listen on; port 0 lets the system pick one. */
    public FtpAlgBuilder listen(InetSocketAddress address) {
        addresses.add(address);
        return this;
    }

    /** Adds an address to listen on where TLS begins with the connection (port 990 by custom); needs {@link #clientTls}. */
    public FtpAlgBuilder listenImplicitTls(InetSocketAddress address) {
        implicitTlsAddresses.add(address);
        return this;
    }

    /**
     * Lets it listen nowhere: its clients come by {@link FtpAlg#accept} from a server of your own. Needs {@link #eventLoops}, of
     * which that server has the same.
     */
    public FtpAlgBuilder acceptOnly() {
        acceptOnly = true;
        return this;
    }

    /** Sets where sessions go; required. */
    public FtpAlgBuilder router(Router where) {
        router = where;
        return this;
    }

    /** Sets the limits and timeouts; {@link Limits#defaults} otherwise. */
    public FtpAlgBuilder limits(Limits all) {
        limits = all;
        return this;
    }

    /** Sets what decides on each command; {@link CommandFilter#safeSite} otherwise. */
    public FtpAlgBuilder filter(CommandFilter decides) {
        filter = decides;
        return this;
    }

    /** Sets what changes replies before the client receives them; none otherwise. */
    public FtpAlgBuilder replyFilter(ReplyFilter changes) {
        replyFilter = Optional.of(changes);
        return this;
    }

    /** Sets how many bytes transfers may move, and how fast; without limits otherwise. */
    public FtpAlgBuilder transfers(TransferPolicy policy) {
        transfers = policy;
        return this;
    }

    /** Sets what inspects the content of transfers; nothing otherwise. */
    public FtpAlgBuilder inspector(DataInspector inspects) {
        inspector = Optional.of(inspects);
        return this;
    }

    /** Sets how a file is handled that an upload leaves at the server when an inspection or a limit cuts it; it stays otherwise. */
    public FtpAlgBuilder remnant(Remnant handling) {
        remnant = handling;
        return this;
    }

    /** Sets how clients log in; {@link LoginPolicy#DEFAULT} otherwise. */
    public FtpAlgBuilder login(LoginPolicy policy) {
        login = policy;
        return this;
    }

    /** Sets texts of the operator; {@link Texts#DEFAULT} otherwise. */
    public FtpAlgBuilder texts(Texts words) {
        texts = words;
        return this;
    }

    /** Sets the gate that admits clients; {@link ClientGate#OPEN} otherwise. */
    public FtpAlgBuilder gate(ClientGate decides) {
        gate = decides;
        return this;
    }

    /** Adds a listener of events. */
    public FtpAlgBuilder listener(AlgListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Sets the options of sockets, where a route does not set them; {@link SocketSettings#DEFAULT} otherwise.
     * {@link #passivePorts} and {@link #activeSourcePort} take precedence, whichever is called first.
     */
    public FtpAlgBuilder sockets(SocketSettings settings) {
        sockets = settings;
        return this;
    }

    /** Sets the ports that clients connect to for passive data connections; the system picks them otherwise. */
    public FtpAlgBuilder passivePorts(PortRange range) {
        passivePorts = Optional.of(range);
        return this;
    }

    /**
     * Sets the address that a 227 reply names, where clients see the gateway under another one than it has (NAT).
     *
     * @throws IllegalArgumentException if it is not IPv4, the only family that 227 can carry
     */
    public FtpAlgBuilder passiveAddress(InetAddress advertised) {
        if (!(advertised instanceof Inet4Address)) {
            throw new IllegalArgumentException("a 227 reply carries an IPv4 address, not " + advertised);
        }
        passiveAddress = Optional.of(PassiveAddress.of(advertised.getHostAddress()));
        return this;
    }

    /**
     * Sets the addresses that 227 replies name to clients of certain networks; the first that has the client decides, and
     * {@link #passiveAddress} for those in none of them.
     */
    public FtpAlgBuilder passiveAddresses(List<PassiveAddress> ofNetworks) {
        passiveAddresses = List.copyOf(ofNetworks);
        return this;
    }

    /**
     * Sets the first of the ports that clients are sent in place of {@link #passivePorts}, where a port map in front of the gateway
     * shifts them: they are as many.
     */
    public FtpAlgBuilder announcePorts(int first) {
        announcedPorts = Optional.of(first);
        return this;
    }

    /**
     * Sets the local port of data connections that the gateway makes to clients; the system picks it otherwise.
     *
     * @throws IllegalArgumentException if it is not 1 to 65535
     */
    public FtpAlgBuilder activeSourcePort(int port) {
        activeSourcePort = SocketSettings.DEFAULT.withActiveSourcePort(port).activeSourcePort();
        return this;
    }

    /** Sets when the server's passive data port is dialled; {@link DataConnect#EARLY} otherwise. */
    public FtpAlgBuilder dataConnect(DataConnect when) {
        dataConnect = when;
        return this;
    }

    /** Sets how the host in a server's 227 reply is handled; {@link PasvAddress#IGNORE} otherwise. */
    public FtpAlgBuilder pasvAddress(PasvAddress how) {
        pasvAddress = how;
        return this;
    }

    /** Sets which other hosts may be the other end of data connections; {@link DataPeers#SAME} otherwise. */
    public FtpAlgBuilder dataPeers(DataPeers others) {
        dataPeers = others;
        return this;
    }

    /** Sets the system interface; {@link TransportType#AUTO} otherwise: that of the event loops, where they are given. */
    public FtpAlgBuilder transport(TransportType type) {
        transport = type;
        return this;
    }

    /** Sets how the bytes of data connections are moved; {@link RelayType#AUTO} otherwise. */
    public FtpAlgBuilder relay(RelayType type) {
        relay = type;
        return this;
    }

    /** Sets how the kernel carries data, where {@link RelayType#KERNEL} is set; {@link KernelPath#DEFAULT} otherwise. */
    public FtpAlgBuilder kernelPath(KernelPath path) {
        kernelPath = path;
        return this;
    }

    /**
     * Sets the name servers, each used if those before it do not reply; those of the system otherwise.
     *
     * @throws IllegalArgumentException if one of them is a name itself
     */
    public FtpAlgBuilder nameServers(List<InetSocketAddress> servers) {
        if (servers.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("a name server is an address, not a name: " + servers);
        }
        nameServers = List.copyOf(servers);
        return this;
    }

    /**
     * Runs the gateway on these event loops, which stay their owner's to shut down. Those of epoll are made by
     * {@link FtpAlg#newEventLoops}: Netty's own lose data connections ({@link #build} refuses them).
     */
    public FtpAlgBuilder eventLoops(IoEventLoopGroup group) {
        loops = Optional.of(group);
        return this;
    }

    /** Sets whether 0xFF on control connections is Telnet's IAC everywhere, as RFC 959 has it, or nowhere. */
    public FtpAlgBuilder telnet(boolean iac) {
        return telnet(TelnetMode.of(iac));
    }

    /** Sets where 0xFF on control connections is Telnet's IAC, and where a byte of a name; {@link TelnetMode#AUTO} by default. */
    public FtpAlgBuilder telnet(TelnetMode mode) {
        telnet = mode;
        return this;
    }

    /** Sets how clients are protected, and where the contexts for that come from; no TLS otherwise. */
    public FtpAlgBuilder clientTls(ClientTls use, ClientTlsContexts contexts) {
        clientTls = use;
        clientContexts = Optional.of(contexts);
        return this;
    }

    /**
     * Sets handling of AUTH where the gateway has no TLS of its own.
     *
     * @throws IllegalArgumentException if it is TERMINATE, which needs {@link #clientTls(ClientTls, ClientTlsContexts)}
     */
    public FtpAlgBuilder auth(AuthMode mode) {
        if (mode == AuthMode.TERMINATE) {
            throw new IllegalArgumentException("AUTH TERMINATE needs a certificate: set clientTls");
        }
        auth = Optional.of(mode);
        return this;
    }

    /** Sets where the contexts for TLS with servers come from; needed if a route asks for TLS. */
    public FtpAlgBuilder serverTls(ServerTlsContexts contexts) {
        serverContexts = Optional.of(contexts);
        return this;
    }

    /**
     * Receives clients behind balancers, which name each in a PROXY header: its address counts as the client's everywhere, and the one
     * that it connected to is announced in 227 replies, unless {@link #passiveAddress} is set. Contradicts {@link #transparent}.
     */
    public FtpAlgBuilder proxyProtocol(ProxyProtocol balancers) {
        proxyProtocol = Optional.of(balancers);
        return this;
    }

    /**
     * Receives clients that do not know of the gateway: the packet filter of this host hands over their connections. A client that
     * connects to the gateway itself is refused. The router is asked with the {@link RouteRequest#originalDestination}, which
     * {@link io.ftpalg.routing.Routers#originalDestination} makes the server. Needs {@link TransportType#EPOLL}, one of the
     * capabilities CAP_NET_ADMIN and CAP_NET_RAW, which the start tries out, and for REDIRECT {@link #passivePorts}.
     */
    public FtpAlgBuilder transparent(TransparentMode mode) {
        transparent = Optional.of(mode);
        return this;
    }

    /**
     * Connects to servers from the client's address, control and data, unless the route has a source address; needs
     * {@link #transparent}. What servers send to that address must come to this host.
     */
    public FtpAlgBuilder spoofClient() {
        spoofClient = true;
        return this;
    }

    /**
     * Sets the protocol that clients begin with; {@link ListenerProtocol#FTP} otherwise. With any other the client names its server
     * there, which the router gets as the {@link RouteRequest#target}: it must be one that takes targets, such as
     * {@link io.ftpalg.routing.Routers#forward}.
     */
    public FtpAlgBuilder protocol(ListenerProtocol first) {
        protocol = first;
        return this;
    }

    /**
     * Returns the gateway, not started. What is called on this builder later changes nothing of it.
     *
     * @throws IllegalStateException if there is no router, or no address to listen on, or two calls contradict each other;
     *     the message names both
     * @throws IllegalArgumentException if this machine does not have the transport, or the transport not the relay or the mark,
     *     or the event loops cannot be used; the message has the reason
     */
    public FtpAlg build() {
        return new FtpAlg(options());
    }

    /** Returns what was collected so far, checked. */
    GatewayOptions options() {
        if (router == null) {
            throw new IllegalStateException("a gateway needs a router");
        }
        return new GatewayOptions(
                addresses,
                implicitTlsAddresses,
                acceptOnly,
                listeners,
                router,
                filter,
                replyFilter,
                inspector.map(transfers::inspectedBy).orElse(transfers).withRemnant(remnant),
                limits,
                login,
                texts,
                gate,
                allSockets(),
                Stream.concat(passiveAddresses.stream(), passiveAddress.stream())
                        .toList(),
                dataConnect,
                pasvAddress,
                dataPeers,
                system(),
                loops,
                nameServers,
                relay,
                kernelPath,
                telnet,
                clientTlsWithAuth(),
                clientContexts,
                serverContexts,
                proxyProtocol,
                transparent,
                spoofClient,
                protocol);
    }

    private SocketSettings allSockets() {
        SocketSettings all = sockets;
        all = passivePorts.isEmpty() ? all : all.withPassivePorts(passivePorts.get());
        all = announcedPorts.isEmpty() ? all : all.withAnnouncedPorts(announcedPorts.get());
        return activeSourcePort.isEmpty() ? all : all.withActiveSourcePort(activeSourcePort.get());
    }

    private Transport system() {
        if (loops.isEmpty()) {
            return Transport.of(transport);
        }
        Transport driven = Transport.of(loops.get());
        if (transport != TransportType.AUTO && Transport.of(transport) != driven) {
            throw new IllegalStateException("transport(" + transport + ") contradicts eventLoops, which drive " + driven
                    + ": leave one of them out");
        }
        return driven;
    }

    private ClientTls clientTlsWithAuth() {
        if (auth.isEmpty()) {
            return clientTls;
        }
        if (clientTls.control() != TlsUse.OFF) {
            throw new IllegalStateException("auth(" + auth.get() + ") contradicts clientTls(control "
                    + clientTls.control() + "): AUTH is the gateway's own where it has TLS; leave one of them out");
        }
        if (!implicitTlsAddresses.isEmpty()) {
            throw new IllegalStateException(
                    "auth(" + auth.get() + ") contradicts listenImplicitTls: leave one of them out");
        }
        return new ClientTls(TlsUse.OFF, TlsUse.OFF, auth.get(), false, false, false);
    }
}
