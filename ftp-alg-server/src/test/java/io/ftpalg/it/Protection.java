package io.ftpalg.it;

/** How a control connection, and with it its data connections, are protected. */
enum Protection {
    /** Not. */
    CLEAR,
    /** By TLS after AUTH, with PROT P (RFC 4217). */
    EXPLICIT,
    /** By TLS from the first byte. */
    IMPLICIT
}
