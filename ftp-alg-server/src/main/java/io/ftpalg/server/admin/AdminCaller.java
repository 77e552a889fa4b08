package io.ftpalg.server.admin;

/**
 * Who sent a request, for the audit log.
 *
 * @param name the address, the user of the other end of a Unix domain socket, or the subject of a certificate; no secret
 * @param proof what shows that the caller may ask
 */
public record AdminCaller(String name, Proof proof) {

    /** What shows that a caller may ask. */
    public enum Proof {
        /** The connection is from this machine. */
        LOOPBACK,
        /** The caller knows the token. */
        TOKEN,
        /** The caller has a certificate of the CA of admin clients. */
        CERTIFICATE,
        /** The caller may open the Unix domain socket. */
        SOCKET,
        /** Nothing: the route is open to all. */
        NONE
    }
}
