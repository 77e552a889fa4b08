package io.ftpalg.server.audit.sink;

import java.io.IOException;

/** A way to a syslog server. Used by the thread of its sink, which it may block; closed on any. */
interface SyslogTransport extends AutoCloseable {

    /** Sends a message, or keeps it until {@link #flush}; connects first where that is needed. */
    void send(byte[] message) throws IOException;

    /** Sends what is kept. */
    default void flush() throws IOException {}

    /** Ends the connection, and a send that blocks. */
    @Override
    void close();
}
