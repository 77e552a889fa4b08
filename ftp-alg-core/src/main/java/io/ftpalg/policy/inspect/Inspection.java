package io.ftpalg.policy.inspect;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The inspection of one direction of one transfer. Called on the session's event loop, one call at a time: the next one comes when the
 * verdict of the last is there, and until then the sender is not read. Must not block; a stage may be completed on any thread.
 *
 * <p>An inspection that throws, or whose stage fails, is null or has null, rejects the transfer.
 */
public interface Inspection {

    /** Returns how much is held back, and for how long; called once, first. */
    default InspectionTerms terms() {
        return InspectionTerms.DEFAULT;
    }

    /** Returns where bytes are held that are too many for memory, if there is such a place; called once, behind {@link #terms}. */
    default Optional<SpillFile> spill() {
        return Optional.empty();
    }

    /**
     * Inspects the next bytes.
     *
     * @param piece the bytes, read-only; valid during the call only: what is needed later must be copied
     */
    CompletionStage<InspectionVerdict> inspect(ByteBuffer piece);

    /**
     * Decides on the whole, after its last byte; HOLD is none of its verdicts. What was held back is passed on only then.
     *
     * @param bytes how many there were
     */
    CompletionStage<InspectionVerdict> end(long bytes);

    /** The transfer ended before the last verdict, also by a rejection: nothing more is called. */
    default void cancel() {}

    /** Returns what was found out about the content, such as its hash, for listeners; called once, when the transfer is over. */
    default Map<String, String> findings() {
        return Map.of();
    }
}
