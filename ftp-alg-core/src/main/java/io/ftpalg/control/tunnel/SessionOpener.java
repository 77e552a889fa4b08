package io.ftpalg.control.tunnel;

import io.ftpalg.control.shared.Gateway;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;

/** Makes the session of a client that has asked for a server. */
@FunctionalInterface
public interface SessionOpener {
    /**
     * Starts a session on the client's connection, which was counted in, and whose decoder holds what the client sent already. Its
     * first reply decides what the client is told.
     */
    void open(Gateway gateway, EarlyTarget tunnel, TunnelReplies replies);
}
