package io.ftpalg.control.tls;

import io.ftpalg.policy.tls.TlsDetails;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a handshake agreed, as listeners and checks want it. */
final class SslSessions {

    private SslSessions() {}

    /**
     * Returns what is reported of a handshake.
     *
     * @param watch tells whether it resumed a session
     * @param name the name that the TLS client sent, if any
     */
    static TlsDetails details(SSLSession made, ResumptionWatch watch, Optional<String> name) {
        return new TlsDetails(
                made.getProtocol(),
                made.getCipherSuite(),
                watch.resumed(),
                name,
                certificate(made).map(peer -> peer.getSubjectX500Principal().getName()));
    }

    /** Returns the peer's own certificate, if it has shown one. */
    static Optional<X509Certificate> certificate(SSLSession made) {
        try {
            Certificate[] chain = made.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate peer ? Optional.of(peer) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
