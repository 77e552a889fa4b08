package io.ftpalg.policy;

/** What becomes of a client's AUTH (RFC 2228, RFC 6384 section 5). */
public enum AuthMode {
    /** The gateway answers it: TLS ends here. */
    TERMINATE,
    /** It is refused. */
    DENY,
    /** It is the server's: once the server accepts, the gateway passes bytes and understands nothing any more. */
    PASSTHROUGH
}
