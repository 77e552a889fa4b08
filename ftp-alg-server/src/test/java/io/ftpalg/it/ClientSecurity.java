package io.ftpalg.it;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client protects its connections.
 *
 * @param protection how
 * @param version the one version of TLS that it speaks
 * @param trust the file of the authorities that it trusts; the server's certificate is always checked
 * @param self the client's own certificate and key in one file
 * @param resume whether data connections offer the session of the control connection, where a client has the choice
 */
record ClientSecurity(Protection protection, TlsVersion version, Path trust, Optional<Path> self, boolean resume) {
    static final ClientSecurity NONE =
            new ClientSecurity(Protection.CLEAR, TlsVersion.TLS_1_3, Path.of(""), Optional.empty(), false);

    static ClientSecurity of(Protection protection, TlsVersion version, TlsMaterial material) {
        return new ClientSecurity(protection, version, material.authority(), Optional.empty(), true);
    }

    /** Returns the same without any session resumed. */
    ClientSecurity withoutResumption() {
        return new ClientSecurity(protection, version, trust, self, false);
    }

    /** Returns the same with a certificate of the client. */
    ClientSecurity as(TlsMaterial.Identity identity) {
        return new ClientSecurity(protection, version, trust, Optional.of(identity.both()), resume);
    }

    boolean tls() {
        return protection != Protection.CLEAR;
    }

    boolean implicit() {
        return protection == Protection.IMPLICIT;
    }

    @Override
    public String toString() {
        return tls() ? protection + " " + version.number() : protection.toString();
    }
}
