package io.ftpalg.bench;

/** Which legs of a relay are under TLS. A name of one is a parameter of the benchmark. */
public enum TlsLegs {
    /** The client's. */
    CLIENT,
    /** The server's. */
    SERVER,
    /** Both. */
    BOTH;

    boolean client() {
        return this != SERVER;
    }

    boolean server() {
        return this != CLIENT;
    }
}
