package io.ftpalg.control.tunnel;

import io.ftpalg.control.shared.Gateway;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.netty.channel.socket.SocketChannel;

/** Makes the session of a client that has asked for a server. */
public interface SessionOpener {
    /**
     * Starts a session on the client's connection, which was counted in, and whose decoder holds what the client sent already. Its
     * first reply decides what the client is told.
     */
    void open(Gateway gateway, EarlyTarget tunnel, TunnelReplies replies);

    /** Starts a session of the client on a connection of the gateway's own, which has its other end in this process. */
    void openOwn(Gateway gateway, SocketChannel control, EarlyTarget tunnel);
}
