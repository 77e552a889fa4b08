package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.InspectionTerms.Trickle;
import io.ftpalg.server.inspect.spill.SpillSettings;
import java.util.Optional;

/**
 * What of files is held until the verdict on the whole, and where.
 *
 * @param hold what is held
 * @param trickle what is passed on before the verdict, if anything is
 * @param spill where that is held for which memory is too small, if there is such a place
 */
public record HoldingSettings(Hold hold, Optional<Trickle> trickle, Optional<SpillSettings> spill) {
    /** The end only. */
    public static final HoldingSettings END = new HoldingSettings(Hold.END, Optional.empty(), Optional.empty());

    /** What is held. */
    public enum Hold {
        /** The last bytes. */
        END,
        /** The whole file. */
        ALL
    }

    /** Returns whether there is less space for all held files than one of them may have. */
    public boolean isBelowOneFile() {
        return spill.filter(space -> space.total() < space.maxSize()).isPresent();
    }
}
