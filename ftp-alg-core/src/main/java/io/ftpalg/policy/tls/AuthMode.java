package io.ftpalg.policy.tls;

/** Handling of a client's AUTH (RFC 2228, RFC 6384 section 5). */
public enum AuthMode {
    /** The gateway replies itself: TLS ends here. */
    TERMINATE,
    /** It is refused. */
    DENY,
    /** It is the server's: once the server accepts, the gateway passes bytes and understands nothing any more. */
    PASSTHROUGH
}
