package io.ftpalg.control;

import io.ftpalg.data.FreePorts;
import io.ftpalg.policy.SocketSettings;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;

/** The local ends from which a control connection to a server is tried. Stateless. */
final class LocalEnds {
    private LocalEnds() {
    }

    /**
     * Returns the local ends to bind, in this order: the next one where a bind or connect failed and
     * {@link FreePorts#isTaken}. None if the choice is the system's.
     */
    static Iterator<InetSocketAddress> of(SocketSettings sockets, InetSocketAddress server) {
        if (sockets.sourcePorts().isEmpty()) {
            return sockets.sourceAddress().map(own -> new InetSocketAddress(own, 0)).stream().iterator();
        }
        InetAddress any = IpLiteral.of(new byte[server.getAddress().getAddress().length]);
        return FreePorts.candidates(sockets.sourceAddress().orElse(any), sockets.sourcePorts().get());
    }
}
