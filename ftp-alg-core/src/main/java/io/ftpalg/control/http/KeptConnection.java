package io.ftpalg.control.http;

/** The connection of an HTTP client, as far as it outlives a response (RFC 9112 section 9.3). On its loop. */
public interface KeptConnection {

    /** Returns whether another request may follow the response whose head is sent now. */
    boolean mayContinue();

    /** The response was sent whole, and its session has ended: the next request is read. */
    void next();
}
