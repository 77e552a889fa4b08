package io.ftpalg.tls;

import io.ftpalg.policy.tls.ServerTls;
import io.netty.handler.ssl.SslContext;

/**
 * Gives the context in which the gateway is the TLS client of a server.
 *
 * <p>Shared by all sessions and asked on their event loops, once a session: must not block. Sessions to the same server
 * should get the same context. The gateway sets the name to be checked and offers each data connection the TLS session of
 * its own control connection, which many servers demand.
 */
@FunctionalInterface
public interface ServerTlsContexts {

    /** Returns the context for a server. */
    SslContext choose(ServerTls tls);

    /** Returns the contexts that are always this one. */
    static ServerTlsContexts of(SslContext context) {
        if (!context.isClient()) {
            throw new IllegalArgumentException("the gateway is the TLS client of its servers: build with forClient");
        }
        return tls -> context;
    }
}
