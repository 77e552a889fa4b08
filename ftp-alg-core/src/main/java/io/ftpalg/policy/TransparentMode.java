package io.ftpalg.policy;

/**
 * How the packet filter of this host hands over connections of clients that do not know of the gateway (Linux only). The address
 * that the client connected to is the session's server then, unless its route has another.
 */
public enum TransparentMode {
    /**
     * A NAT rule (REDIRECT) changes the destination of the client's packets to this host; connection tracking keeps the original
     * one. Clients' data connections are redirected too, so that their ports are those of one range.
     */
    REDIRECT,
    /** A rule (TPROXY) delivers the client's packets here as they are; the gateway listens for data at the server's own address. */
    TPROXY
}
