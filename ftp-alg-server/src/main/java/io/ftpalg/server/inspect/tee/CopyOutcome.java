package io.ftpalg.server.inspect.tee;

import java.util.Locale;
import java.util.Optional;

/**
 * How a copy ended.
 *
 * @param kind how
 * @param reason why it is not complete, if that is known
 */
record CopyOutcome(Kind kind, Optional<String> reason) {
    static final CopyOutcome COMPLETE = new CopyOutcome(Kind.COMPLETE, Optional.empty());
    static final CopyOutcome CUT = new CopyOutcome(Kind.CUT, Optional.empty());

    /** See {@link CopyOutcome}. */
    enum Kind {
        /** The whole file, which passed all inspections. */
        COMPLETE,
        /** An inspection rejected the file: the copy has what came until then. */
        REJECTED,
        /** The transfer ended early. */
        CUT,
        /** It could not be written. */
        FAILED;

        /** Returns its name in the manifest. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CopyOutcome rejected(String reason) {
        return new CopyOutcome(Kind.REJECTED, Optional.of(reason));
    }

    static CopyOutcome failed(String reason) {
        return new CopyOutcome(Kind.FAILED, Optional.of(reason));
    }
}
