package io.ftpalg.control.server;

import io.ftpalg.control.net.Transport;
import io.ftpalg.data.port.FreePorts;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;

/** The local ends from which a control connection to a server, or a data connection to a client, is tried. Stateless. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /**
     * Returns the local ends to bind, in this order: the next one where a bind or connect failed and
     * {@link FreePorts#isTaken}. None if the choice is the system's. Where the transport cannot leave the choice of a port to
     * connect, there are ports to share.
     */
    static Iterator<InetSocketAddress> of(SocketSettings sockets, InetSocketAddress server, Transport transport) {
        if (sockets.sourcePorts().isEmpty()) {
            boolean late = transport == Transport.EPOLL || transport == Transport.IO_URING;
            if (!late && sockets.sourceAddress().isPresent()) {
                return FreePorts.anyPort(sockets.sourceAddress().get());
            }
            return sockets.sourceAddress().map(own -> new InetSocketAddress(own, 0)).stream()
                    .iterator();
        }
        InetAddress any = IpLiteral.of(new byte[server.getAddress().getAddress().length]);
        return FreePorts.candidates(
                sockets.sourceAddress().orElse(any), sockets.sourcePorts().get());
    }

    /**
     * Returns the local address of data connections to a client's host: the one that the client knows, unless the client has
     * named a host of another family, for which it is any.
     */
    public static InetAddress towardsClient(InetAddress host, InetAddress known) {
        int length = IpLiteral.canonical(host).getAddress().length;
        return IpLiteral.canonical(known).getAddress().length == length ? known : IpLiteral.of(new byte[length]);
    }
}
