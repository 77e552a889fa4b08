package io.ftpalg.control.tunnel;

import java.net.InetSocketAddress;

/** The replies of a protocol by which clients ask for connections, as messages of its encoder. Stateless. */
public interface TunnelReplies {

    /** Why there is no connection. */
    enum Refusal {
        /** The rules do not allow it. */
        NOT_ALLOWED,
        /** There is none, for whatever reason: no server, or no place. */
        FAILED,
        /** It did not come in time. */
        TIMEOUT
    }

    /**
     * Returns the reply to a client that has the connection it asked for.
     *
     * @param address the gateway's end of it, or the peer that has connected
     */
    Object granted(InetSocketAddress address);

    /** Returns the reply to a client that does not get one. */
    Object refused(Refusal why);
}
