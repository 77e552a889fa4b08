package io.ftpalg.server;

import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.AuthMode;
import io.ftpalg.policy.ClientTls;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.TlsConfigException;
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

    /** Tells the builder; reads the certificates. */
    void applyTo(FtpAlgBuilder builder) throws TlsConfigException {
        if (leg.isPresent()) {
            builder.clientTls(use, leg.get().contexts());
        }
        auth.ifPresent(builder::auth);
        implicitListen.forEach(builder::listenImplicitTls);
    }

    /** Returns it in a few words, or nothing where it is off. */
    Optional<String> summary() {
        return leg.map(on -> "TLS " + Values.name(use.control()) + " (" + Values.name(on.runningEngine()) + ")")
                .or(() -> auth.map(mode -> "AUTH " + Values.name(mode)));
    }
}
