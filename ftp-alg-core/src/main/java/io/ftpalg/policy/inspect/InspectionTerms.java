package io.ftpalg.policy.inspect;

import java.time.Duration;
import java.util.Optional;

/**
 * How much an inspection holds back, and for how long. A transfer under inspection holds at most the larger of both sizes, and what the
 * relay reads at a time.
 *
 * @param holdBack bytes at the end that are passed on only after the last verdict, {@link #LEAST_HELD_BACK} to {@link #MOST_HELD}
 * @param holdAtMost bytes that may wait behind HOLD; with more the transfer is rejected, unless there is a {@link SpillFile};
 *     {@code holdBack} to {@link #MOST_HELD}
 * @param verdictTimeout how long each verdict may take; then the transfer is rejected; 1 ms to 1 h
 * @param whole whether nothing is passed on before the last verdict, as if each before it were HOLD
 * @param trickle what is passed on before a verdict all the same, so that the receiver does not time out; never of the last
 *     {@link #LEAST_HELD_BACK} bytes that are held
 */
public record InspectionTerms(
        int holdBack, int holdAtMost, Duration verdictTimeout, boolean whole, Optional<Trickle> trickle) {
    /** The smallest tail that is held back: 64 KiB. */
    public static final int LEAST_HELD_BACK = 64 << 10;

    /** The most that may be held: 64 MiB. */
    public static final int MOST_HELD = 64 << 20;

    /** 64 KiB at the end, 1 MiB behind HOLD, 60 s. */
    public static final InspectionTerms DEFAULT = new InspectionTerms(LEAST_HELD_BACK, 1 << 20, Duration.ofSeconds(60));

    /** Makes terms by which what has passed is passed on, and nothing before. */
    public InspectionTerms(int holdBack, int holdAtMost, Duration verdictTimeout) {
        this(holdBack, holdAtMost, verdictTimeout, false, Optional.empty());
    }

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

    /**
     * What is passed on before a verdict, each time that nothing was passed on for an interval.
     *
     * @param bytes how many, at most; 1 to {@link #LEAST_HELD_BACK}
     * @param interval 10 ms to 1 h
     */
    public record Trickle(int bytes, Duration interval) {
        public Trickle {
            if (bytes < 1 || bytes > LEAST_HELD_BACK) {
                throw new IllegalArgumentException("bytes are 1 to " + LEAST_HELD_BACK + ", not " + bytes);
            }
            if (interval.toMillis() < 10 || interval.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("interval is 10 ms to 1 h, not " + interval);
            }
        }
    }
}
