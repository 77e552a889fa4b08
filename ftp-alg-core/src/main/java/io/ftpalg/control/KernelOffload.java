package io.ftpalg.control;

import io.ftpalg.control.server.LocalAddresses;
import io.ftpalg.control.server.ServerControl;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.KernelData;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.data.kernel.FlowRequest;
import io.ftpalg.data.kernel.KernelPlane;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.data.OffloadRequest;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session has the kernel carry: the facts for {@link KernelFit}, and the requests. Owned by the session's driver, on its loop.
 */
final class KernelOffload {
    private static final Logger logger = LoggerFactory.getLogger(KernelOffload.class);

    /** A session has two ends, but PORT may name others. */
    private static final int MOST_HOSTS = 8;

    private final Gateway gateway;
    private final EventLoop loop;
    private final ServerControl server;
    private final long session;
    private final InetSocketAddress client;
    private final InetSocketAddress listener;
    private final DataLegs data;
    /** Whether the ends looked up last are addresses of this host, which costs some system calls. */
    private final Map<InetAddress, Boolean> ownHosts = new HashMap<>();

    /**
     * Makes it, without a request.
     *
     * @param session the session's number
     * @param client the client's address
     * @param listener what the client connected to
     * @param data the session's data connections
     */
    KernelOffload(
            Gateway gateway,
            EventLoop loop,
            ServerControl server,
            long session,
            InetSocketAddress client,
            InetSocketAddress listener,
            DataLegs data) {
        this.gateway = gateway;
        this.loop = loop;
        this.data = data;
        this.server = server;
        this.session = session;
        this.client = client;
        this.listener = listener;
    }

    /** Returns whether the kernel may carry this connection. */
    boolean mayOffload(OffloadRequest request) {
        Optional<KernelData> kernel = gateway.data().kernel();
        if (kernel.isEmpty()) {
            return false;
        }
        if (server.isBehindProxy()) {
            logger.debug("{} relayed, not carried by the kernel: the server is behind a proxy", session);
            return false;
        }
        if (gateway.dataHeaders().isPresent() || server.hasDataHeaders()) {
            logger.debug("{} relayed, not carried by the kernel: data connections begin with a PROXY header", session);
            return false;
        }
        Optional<String> obstacle = KernelFit.obstacle(facts(request, kernel.get()), this::isThisHost);
        obstacle.ifPresent(why -> logger.debug("{} relayed, not carried by the kernel: {}", session, why));
        return obstacle.isEmpty();
    }

    private KernelFit.Facts facts(OffloadRequest request, KernelData kernel) {
        SocketSettings sockets = server.sockets();
        Optional<PortRange> ports = request.listening() == Side.CLIENT ? sockets.passivePorts() : sockets.sourcePorts();
        return new KernelFit.Facts(
                kernel.plane().usable(),
                request.sameDirection(),
                request.underTls(),
                gateway.interception().isPresent(),
                sockets.dscp().isPresent() || sockets.mark().isPresent(),
                ports.filter(kernel::covers).isPresent(),
                peer(request),
                IpLiteral.canonical(
                        request.listening() == Side.CLIENT
                                ? listener.getAddress()
                                : server.connected().localAddress().getAddress()),
                IpLiteral.canonical(request.target().getAddress()),
                source(request).getAddress());
    }

    private InetAddress peer(OffloadRequest request) {
        return IpLiteral.canonical(
                request.listening() == Side.CLIENT
                        ? client.getAddress()
                        : server.connected().remoteAddress().getAddress());
    }

    /** As the gateway would connect to the target itself, but for a port from a range, which only a socket picks. */
    private InetSocketAddress source(OffloadRequest request) {
        InetAddress target = request.target().getAddress();
        return request.listening() == Side.CLIENT
                ? new InetSocketAddress(IpLiteral.canonical(server.sourceAddress(target)), 0)
                : new InetSocketAddress(
                        IpLiteral.canonical(LocalAddresses.towardsClient(target, listener.getAddress())),
                        server.sockets().activeSourcePort().orElse(0));
    }

    private boolean isThisHost(InetAddress address) {
        if (ownHosts.size() >= MOST_HOSTS) {
            ownHosts.clear();
        }
        return ownHosts.computeIfAbsent(address, SharedGatewayState::isThisHost);
    }

    /** Has the kernel carry the connection to the port that is open, of one that it may carry. */
    void offload(OffloadRequest request) {
        InetSocketAddress open = data.listening(request.listening())
                .orElseThrow(() -> new IllegalStateException("no port is open for the " + request.listening()));
        // A redirected client connects to the server's address, although the port is open at the gateway's.
        InetSocketAddress own = request.listening() == Side.CLIENT
                ? new InetSocketAddress(listener.getAddress(), open.getPort())
                : open;
        KernelPlane plane = gateway.data()
                .kernel()
                .orElseThrow(() -> new IllegalStateException("the kernel is to carry nothing"))
                .plane();
        FlowRequest flow = new FlowRequest(
                peer(request),
                IpLiteral.canonical(own),
                IpLiteral.canonical(request.target()),
                Optional.of(source(request)));
        data.offload(loop, request.listening(), flow, (wanted, events) -> plane.offload(loop, wanted, events));
    }
}
