package io.ftpalg.server.settings;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.server.tls.ServerLeg;
import io.ftpalg.server.tls.trust.TrustChoice;
import java.util.Optional;

/**
 * TLS with servers.
 *
 * @param use whether it is used with servers whose name has no scheme; its other parts are for all
 * @param data how data connections are protected, if that is set
 * @param leg trust store and engine, if TLS is used with any server
 */
public record ServerTlsSettings(ServerTls use, Optional<ServerTls.Data> data, Optional<ServerLeg> leg) {
    /** None. */
    public static final ServerTlsSettings NONE =
            new ServerTlsSettings(ServerTls.OFF, Optional.empty(), Optional.empty());

    /** Returns how a server whose name has this scheme is protected. */
    public ServerTls towards(Optional<Upstream.Scheme> scheme) {
        return scheme.map(Upstream.Scheme::tls)
                .map(own -> own.mode() == ServerTls.Mode.OFF
                        ? own
                        : new ServerTls(
                                own.mode(),
                                own.implicit(),
                                data.orElse(own.data()),
                                use.strictEnd(),
                                use.name(),
                                use.context()))
                .orElse(use);
    }

    /** Returns whether any certificate of a server is accepted. */
    public boolean isInsecure() {
        return leg.filter(on -> on.trust() instanceof TrustChoice.Anyone).isPresent();
    }
}
