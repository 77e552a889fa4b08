package io.ftpalg.policy.tls;

import java.util.Optional;

/**
 * What a TLS handshake came to.
 *
 * @param protocol such as TLSv1.3
 * @param cipher its IANA name
 * @param resumed whether an earlier session was resumed; empty if unknown
 * @param serverName the name that the client asked for (SNI), if any
 * @param peerSubject the subject of the peer's certificate, if it showed one
 */
public record TlsDetails(
        String protocol,
        String cipher,
        Optional<Boolean> resumed,
        Optional<String> serverName,
        Optional<String> peerSubject) {}
