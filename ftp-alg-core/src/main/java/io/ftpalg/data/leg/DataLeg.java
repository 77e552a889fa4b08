package io.ftpalg.data.leg;

/**
 * One data connection towards one side, from the request for it to its end: being listened for, dialled, or connected.
 *
 * <p>Owned by the session that asked for it, on that session's event loop. Until a relay takes it over no byte is read from
 * it. Once {@link #close} or {@link #abort} was called, its listener receives nothing more.
 */
public interface DataLeg {

    /** Has {@link DataLegListener#onReadable} called once bytes, or an end, are there on a connection in the clear; once a call. */
    void watch();

    /** Ends it in order (FIN), and the listening or dialling with it. Does nothing the second time. */
    void close();

    /** Ends it so that the peer sees a failure (RST), and the listening or dialling with it. Does nothing the second time. */
    void abort();
}
