package io.ftpalg.server;

import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.ServerTls;
import io.ftpalg.server.tls.ServerLeg;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.server.tls.TrustChoice;
import java.util.Optional;

/**
 * TLS with servers, as the command line says.
 *
 * @param use whether it is used
 * @param leg trust and engine, if it is
 */
record UpstreamTlsSettings(ServerTls use, Optional<ServerLeg> leg) {
    static final UpstreamTlsSettings NONE = new UpstreamTlsSettings(ServerTls.OFF, Optional.empty());

    /** Tells the builder; reads the files. */
    void applyTo(FtpAlgBuilder builder) throws TlsConfigException {
        if (leg.isPresent()) {
            builder.serverTls(leg.get().contexts());
        }
    }

    boolean isInsecure() {
        return leg.filter(on -> on.trust() instanceof TrustChoice.Anyone).isPresent();
    }

    /** Returns it in a few words, or nothing where it is off. */
    Optional<String> summary() {
        return leg.map(on -> "server TLS " + (use.implicit() ? "implicit" : Values.name(use.mode())) + " ("
                + Values.name(on.engine().resolved()) + ")");
    }
}
