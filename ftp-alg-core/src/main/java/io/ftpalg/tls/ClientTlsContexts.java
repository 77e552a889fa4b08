package io.ftpalg.tls;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives the context in which the gateway is the TLS server of a client.
 *
 * <p>Shared by all sessions and called on their event loops, once a session: must not block, but may complete later and
 * elsewhere. The data connections of a session use the context of its control connection, so that they can resume it.
 */
@FunctionalInterface
public interface ClientTlsContexts {

    /**
     * Returns the context for a client, or fails if there is none for this name.
     *
     * @param serverName the name that the client asks for (SNI), if any
     * @param listener the gateway's end of the control connection
     */
    CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener);

    /**
     * Returns the context for a client as {@link #choose(Optional, InetSocketAddress)} does, which is the default; to be
     * implemented where one client may not ask for too much. This is the method that the gateway calls.
     *
     * <p>If the client's connection ends first, the gateway cancels the stage ({@link CompletionStage#toCompletableFuture()}),
     * so that nothing is made for a client that has left.
     *
     * @param serverName the name that the client asks for (SNI), if any
     * @param listener the gateway's end of the control connection
     * @param client the client's end of the control connection
     */
    default CompletionStage<SslContext> choose(
            Optional<String> serverName, InetSocketAddress listener, InetSocketAddress client) {
        return choose(serverName, listener);
    }

    /** Returns the contexts that are always this one. */
    static ClientTlsContexts of(SslContext context) {
        if (!context.isServer()) {
            throw new IllegalArgumentException("the gateway is the TLS server of its clients: build with forServer");
        }
        return (serverName, listener) -> CompletableFuture.completedFuture(context);
    }
}
