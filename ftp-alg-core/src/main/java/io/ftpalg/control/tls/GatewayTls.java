package io.ftpalg.control.tls;

import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What all sessions share for TLS.
 *
 * @param clients where contexts for clients come from
 * @param servers where contexts for servers come from
 * @param handshakes runs the costly parts of a handshake, so that event loops continue relaying
 */
public record GatewayTls(
        Optional<ClientTlsContexts> clients, Optional<ServerTlsContexts> servers, Executor handshakes) {

    /** No TLS on either side. */
    public static final GatewayTls NONE = new GatewayTls(Optional.empty(), Optional.empty(), Runnable::run);
}
