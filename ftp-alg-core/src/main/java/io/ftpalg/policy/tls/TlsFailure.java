package io.ftpalg.policy.tls;

/**
 * Why TLS with a peer failed.
 *
 * @param kind what was wrong, as far as the error shows
 * @param detail the error, for a log; may hold text that the peer chose, such as the names of its certificate
 */
public record TlsFailure(Kind kind, String detail) {

    /** What was wrong: few enough to be a metric's label. */
    public enum Kind {
        /** Both sides have no TLS version in common. */
        VERSION,
        /** The peer's certificate is not accepted. */
        CERTIFICATE,
        /** The peer does not accept the gateway's certificate, or demands one. */
        OWN_CERTIFICATE,
        /** What the peer sent is not TLS. */
        NOT_TLS,
        /** A data connection did not resume the TLS session of its control connection. */
        NOT_RESUMED,
        /** The server refused AUTH, PBSZ or PROT. */
        REFUSED,
        /** A data connection ended without close_notify. */
        TRUNCATED,
        /** Any other error, such as no handshake in time. */
        OTHER
    }

    /** Makes one of no special kind. */
    public static TlsFailure other(String detail) {
        return new TlsFailure(Kind.OTHER, detail);
    }
}
