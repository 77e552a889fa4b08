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
 * @param use whether it is used with servers in whose name nothing is said of it; its other parts are for all
 * @param data how data connections are protected, if that was said
 * @param leg trust and engine, if it is
 */
record UpstreamTlsSettings(ServerTls use, Optional<ServerTls.Data> data, Optional<ServerLeg> leg) {
    static final UpstreamTlsSettings NONE = new UpstreamTlsSettings(ServerTls.OFF, Optional.empty(), Optional.empty());

    /** Returns how a server is protected in whose name this was said. */
    ServerTls towards(Optional<Upstream.Scheme> scheme) {
        return scheme.map(Upstream.Scheme::tls).map(said -> said.mode() == ServerTls.Mode.OFF ? said
                : new ServerTls(said.mode(), said.implicit(), data.orElse(said.data()), use.strictEnd(), use.name(),
                        use.context())).orElse(use);
    }

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
        return leg.map(on -> "server TLS " + (use.implicit() ? "implicit" : use.mode() == ServerTls.Mode.OFF ? "by server" : Values.name(use.mode())) + " ("
                + Values.name(on.engine().resolved()) + ")");
    }
}
