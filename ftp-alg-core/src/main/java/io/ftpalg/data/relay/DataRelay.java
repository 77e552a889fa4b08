package io.ftpalg.data.relay;

import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.Side;
import java.time.Duration;

/**
 * The join of two data connections. Owned by the session, on its event loop; ends exactly once and owns both connections
 * until then and after: they are closed when it has ended.
 */
public interface DataRelay {

    /** Returns what moves the bytes. */
    DataPath path();

    /** Returns how many bytes were written to this side so far, as far as that is known. */
    long written(Side to);

    /**
     * Cuts both connections so that either peer sees a failure (RST); the result comes as
     * {@link RelayResult.End#ABORTED}. Does nothing once the relay has ended.
     */
    void abort();

    /**
     * Moves nothing more in either direction, neither bytes nor an end, and then cuts as {@link #abort} does once this time is
     * over: a command that was sent before on another connection reaches its peer first.
     */
    void abortAfter(Duration time);

    /**
     * Cuts an upload as {@link #abort} does, unless the client has sent all of it: its FIN has arrived, even if bytes before
     * it are not read yet, or arrives in a moment. For a client whose control connection is gone.
     */
    void cutUnlessSent();
}
