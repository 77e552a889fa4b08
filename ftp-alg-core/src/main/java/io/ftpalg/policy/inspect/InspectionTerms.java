package io.ftpalg.policy.inspect;

import java.time.Duration;

/**
 * How much an inspection holds back, and for how long. A transfer under inspection holds at most the larger of both sizes, and what the
 * relay reads at a time.
 *
 * @param holdBack bytes at the end that are passed on only after the last verdict, {@link #LEAST_HELD_BACK} to {@link #MOST_HELD}
 * @param holdAtMost bytes that may wait behind HOLD; with more the transfer is rejected; {@code holdBack} to {@link #MOST_HELD}
 * @param verdictTimeout how long each verdict may take; then the transfer is rejected; 1 ms to 1 h
 */
public record InspectionTerms(int holdBack, int holdAtMost, Duration verdictTimeout) {
    /** The smallest tail that is held back: 64 KiB. */
    public static final int LEAST_HELD_BACK = 64 << 10;

    /** The most that may be held: 64 MiB. */
    public static final int MOST_HELD = 64 << 20;

    /** 64 KiB at the end, 1 MiB behind HOLD, 60 s. */
    public static final InspectionTerms DEFAULT = new InspectionTerms(LEAST_HELD_BACK, 1 << 20, Duration.ofSeconds(60));

    public InspectionTerms {
        if (holdBack < LEAST_HELD_BACK || holdBack > MOST_HELD) {
            throw new IllegalArgumentException(
                    "holdBack is " + LEAST_HELD_BACK + " to " + MOST_HELD + " bytes, not " + holdBack);
        }
        if (holdAtMost < holdBack || holdAtMost > MOST_HELD) {
            throw new IllegalArgumentException(
                    "holdAtMost is " + holdBack + " (holdBack) to " + MOST_HELD + " bytes, not " + holdAtMost);
        }
        if (verdictTimeout.toMillis() < 1 || verdictTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("verdictTimeout is 1 ms to 1 h, not " + verdictTimeout);
        }
    }
}
