package io.ftpalg.control;

import io.ftpalg.control.server.LocalAddresses;
import io.ftpalg.control.server.ServerControl;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The local ends of one session's data connections. They are at the gateway's ends of the control connections, unless clients do
 * not know of the gateway: such a client has its data connections with the address that it connected to, and a server that is
 * to see the client's address has them with that. Constant; on the session's loop.
 */
final class LocalEnds {
    private final InetSocketAddress listener;
    private final Optional<InetSocketAddress> originalDestination;
    private final Optional<TransparentMode> mode;
    private final ServerControl server;

    /**
     * A local end.
     *
     * @param address the address, and the port or 0
     * @param foreign whether it is another host's
     */
    record LocalEnd(InetSocketAddress address, boolean foreign) {
        static LocalEnd own(InetSocketAddress address) {
            return new LocalEnd(address, false);
        }
    }

    /**
     * Makes them.
     *
     * @param listener the gateway's end of the client's control connection
     * @param originalDestination what the client connected to, if that is not the gateway
     * @param mode how the client came here then
     */
    LocalEnds(
            InetSocketAddress listener,
            Optional<InetSocketAddress> originalDestination,
            Optional<TransparentMode> mode,
            ServerControl server) {
        this.listener = listener;
        this.originalDestination = originalDestination;
        this.mode = mode;
        this.server = server;
    }

    /** Returns where the data port for this side is opened. */
    LocalEnd listening(Side side) {
        if (side == Side.SERVER) {
            return new LocalEnd(server.connected().localAddress(), server.hasForeignAddress());
        }
        // Redirected data connections arrive at this host's own address.
        return originalDestination
                .filter(destination ->
                        mode.filter(TransparentMode.TPROXY::equals).isPresent())
                .map(destination -> new LocalEnd(destination, true))
                .orElseGet(() -> LocalEnd.own(listener));
    }

    /** Returns from where this host of that side is connected to. */
    LocalEnd dialling(Side side, InetAddress host) {
        if (side == Side.SERVER) {
            return new LocalEnd(new InetSocketAddress(server.sourceAddress(host), 0), server.hasForeignAddress());
        }
        InetAddress known = originalDestination.orElse(listener).getAddress();
        InetAddress from = LocalAddresses.towardsClient(host, known);
        return new LocalEnd(
                new InetSocketAddress(from, server.sockets().activeSourcePort().orElse(0)),
                originalDestination.isPresent() && from.equals(known));
    }
}
