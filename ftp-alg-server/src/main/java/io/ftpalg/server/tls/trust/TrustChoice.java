package io.ftpalg.server.tls.trust;

import java.nio.file.Path;
import java.util.Set;

/** How certificates of servers are checked. */
public sealed interface TrustChoice {

    /** By the CAs of the JDK. */
    record JdkCas() implements TrustChoice {}

    /**
     * By CAs of one's own.
     *
     * @param file their certificates in PEM
     */
    record CaFile(Path file) implements TrustChoice {}

    /**
     * By their public keys.
     *
     * @param pins the keys
     */
    record Pins(Set<PublicKeyPin> pins) implements TrustChoice {
        public Pins {
            pins = Set.copyOf(pins);
        }
    }

    /** Without a check. */
    record Anyone() implements TrustChoice {}

    /** Returns whether a certificate must have the name that was connected to. */
    default boolean checksNames() {
        return this instanceof JdkCas || this instanceof CaFile;
    }
}
