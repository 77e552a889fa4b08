package io.ftpalg.server.settings;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.server.tls.ClientLeg;
import java.util.Optional;

/**
 * TLS with clients.
 *
 * @param use whether it is used
 * @param auth how AUTH is handled where TLS does not end here, if that is set
 * @param leg certificates and engine, if TLS is used
 */
public record ClientTlsSettings(ClientTls use, Optional<AuthMode> auth, Optional<ClientLeg> leg) {
    /** None. */
    public static final ClientTlsSettings NONE =
            new ClientTlsSettings(ClientTls.NONE, Optional.empty(), Optional.empty());
}
