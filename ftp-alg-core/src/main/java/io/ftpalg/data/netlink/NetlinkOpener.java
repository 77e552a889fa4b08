package io.ftpalg.data.netlink;

import java.io.IOException;

/** Opens sockets of the family AF_NETLINK, which the JDK and Netty cannot. */
@FunctionalInterface
public interface NetlinkOpener {
    /** Returns the descriptor of a new, non-blocking socket of this protocol, in the network namespace of the calling thread. */
    int netlinkSocket(int protocol) throws IOException;
}
