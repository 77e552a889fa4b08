package io.ftpalg.it;

import java.util.Optional;

/**
 * How a server protects its connections. A server that can demand that data connections resume the session of their
 * control connection does.
 *
 * @param protection how, and no other way is allowed
 * @param only the one version of TLS, else any
 * @param material where its certificate is from
 */
record ServerSecurity(Protection protection, Optional<TlsVersion> only, Optional<TlsMaterial> material) {
    static final ServerSecurity NONE = new ServerSecurity(Protection.CLEAR, Optional.empty(), Optional.empty());

    static ServerSecurity of(Protection protection, TlsMaterial material) {
        return new ServerSecurity(protection, Optional.empty(), Optional.of(material));
    }

    boolean tls() {
        return protection != Protection.CLEAR;
    }

    boolean implicit() {
        return protection == Protection.IMPLICIT;
    }

    TlsMaterial.Identity identity() {
        return material.orElseThrow().server();
    }
}
