package io.ftpalg.policy.inspect;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Where the bytes of one direction of a transfer are held that are too many for memory: what was written is read once, in order. Called on
 * the session's event loop, one call at a time: the next one comes when the stage of the last is complete. Must not block; a stage may be
 * completed on any thread. Bytes are on their way to disk or back here: they should be encrypted, and gone after {@link #close}.
 *
 * <p>A stage that fails rejects the transfer, for the reason of a {@link SpillException}.
 */
public interface SpillFile {
    /** Returns how many bytes are held in memory before all of these are written. */
    int above();

    /**
     * Writes these bytes behind those written before.
     *
     * @param bytes they stay as they are until the stage is complete
     */
    CompletionStage<Void> write(ByteBuffer bytes);

    /** Returns the next of the bytes that were written, at least one, and at most so many; there are as many. */
    CompletionStage<ByteBuffer> read(int most);

    /** Discards what is left. A call before may not be complete. */
    void close();
}
