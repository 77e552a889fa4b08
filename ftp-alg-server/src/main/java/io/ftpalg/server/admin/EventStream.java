package io.ftpalg.server.admin;

/**
 * A client that receives server-sent events, until one side ends it. Its methods may be called on any thread; callbacks come on
 * the event loop of the admin server. It has at most {@link AdminLimits#UNSENT} waiting to be sent, and a client that reads nothing for
 * {@link AdminLimits#WRITE_TIME} is closed.
 */
public interface EventStream {

    /**
     * Sends an event, unless the client has not read what was sent before or has left: then nothing is sent.
     *
     * @param name its type; no line ends
     * @param data its text, of any number of lines
     * @return whether it was sent
     */
    boolean send(String name, String data);

    /** Returns whether {@link #send} would send now. */
    boolean isWritable();

    /** Calls this each time the client has read enough that it is writable again. One callback; a later one replaces it. */
    void onWritable(Runnable callback);

    /** Calls this once when the stream has ended, whichever side ended it; at once if it has already. */
    void onClosed(Runnable callback);

    /** Ends the stream when what was sent has left. */
    void close();
}
