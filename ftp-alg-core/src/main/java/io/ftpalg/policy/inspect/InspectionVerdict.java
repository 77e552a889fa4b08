package io.ftpalg.policy.inspect;

import io.ftpalg.protocol.FtpReply;
import java.util.Optional;

/** What an {@link Inspection} decides on a piece, or on the whole. */
public sealed interface InspectionVerdict {
    /** What was inspected so far may be passed on, but for what its terms hold back until the end. */
    InspectionVerdict PASS = new Pass();

    /** Nothing more is passed on until another verdict; the sender is read on. */
    InspectionVerdict HOLD = new Hold();

    /** See {@link #PASS}. */
    record Pass() implements InspectionVerdict {}

    /** See {@link #HOLD}. */
    record Hold() implements InspectionVerdict {}

    /**
     * The transfer is cut, by resets on both data connections.
     *
     * @param reason why, for the log, listeners and the usual reply; not what a peer sent
     * @param reply the client's reply, negative; the usual one if empty: 550 to an upload, 451 to a download, with the reason
     */
    record Reject(String reason, Optional<FtpReply> reply) implements InspectionVerdict {
        public Reject {
            if (reason.isBlank() || reason.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException("a reason is one line of printable ASCII");
            }
            reply.filter(given -> !given.isNegative()).ifPresent(given -> {
                throw new IllegalArgumentException("the reply to what is rejected is negative, not " + given.code());
            });
        }
    }

    /** Returns a rejection with the usual reply. */
    static Reject reject(String reason) {
        return new Reject(reason, Optional.empty());
    }

    /** Returns a rejection with a reply of its own. */
    static Reject reject(String reason, FtpReply reply) {
        return new Reject(reason, Optional.of(reply));
    }
}
