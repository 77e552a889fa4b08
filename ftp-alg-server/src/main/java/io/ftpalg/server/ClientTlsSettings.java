package io.ftpalg.server;

import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.AuthMode;
import io.ftpalg.policy.ClientTls;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.tls.ClientTlsContexts;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * TLS with clients, as the command line says.
 *
 * @param use whether it is used
 * @param auth what becomes of AUTH where TLS does not end here, if that was said
 * @param leg certificates and engine, if TLS is used
 * @param implicitListen where TLS begins with the connection
 */
record ClientTlsSettings(ClientTls use, Optional<AuthMode> auth, Optional<ClientLeg> leg,
        List<InetSocketAddress> implicitListen) {
    static final ClientTlsSettings NONE = new ClientTlsSettings(ClientTls.NONE, Optional.empty(), Optional.empty(), List.of());

    ClientTlsSettings {
        implicitListen = List.copyOf(implicitListen);
    }

    /** Tells the builder; reads the certificates. Returns what is to be closed when the gateway has ended. */
    Optional<AutoCloseable> applyTo(FtpAlgBuilder builder) throws TlsConfigException {
        auth.ifPresent(builder::auth);
        implicitListen.forEach(builder::listenImplicitTls);
        if (leg.isEmpty()) {
            return Optional.empty();
        }
        ClientTlsContexts contexts = leg.get().contexts();
        builder.clientTls(use, contexts);
        return contexts instanceof AutoCloseable watching ? Optional.of(watching) : Optional.empty();
    }

    /** Returns it in a few words, or nothing where it is off. */
    Optional<String> summary() {
        return leg.map(on -> "TLS " + Values.name(use.control()) + " (" + Values.name(on.runningEngine()) + ")")
                .or(() -> auth.map(mode -> "AUTH " + Values.name(mode)));
    }
}
