package io.ftpalg.server.tls;

import java.util.List;
import java.util.stream.Stream;

/** Versions and ciphers towards clients, by Mozilla's names and lists (Server Side TLS 5.7). */
public enum TlsProfile {
    /** TLS 1.3 only. */
    MODERN(List.of("TLSv1.3"), List.of()),
    /** TLS 1.2 with forward secrecy and authenticated encryption, and TLS 1.3. */
    INTERMEDIATE(
            List.of("TLSv1.3", "TLSv1.2"),
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));

    private static final List<String> TLS_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private final List<String> protocols;
    private final List<String> olderCiphers;

    TlsProfile(List<String> protocols, List<String> olderCiphers) {
        this.protocols = protocols;
        this.olderCiphers = olderCiphers;
    }

    List<String> protocols() {
        return protocols;
    }

    /** Returns the IANA names of the ciphers; an engine leaves out what it does not have. */
    List<String> ciphers() {
        return Stream.concat(TLS_1_3.stream(), olderCiphers.stream()).toList();
    }
}
