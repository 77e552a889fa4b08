package io.ftpalg.routing;

import io.ftpalg.policy.route.RouterContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a server of a pool is unhealthy, and how it returns to rotation: after a failed check, alone or besides sessions, by the
 * success of one; from what sessions alone found by its time; from either by the success of a session that had no other server
 * to go to.
 *
 * @param check how servers are looked after besides what sessions see of them, if they are; {@code GREETING} also finds those
 *     that accept and then refuse. A server under implicit TLS does not greet in the clear: it only must accept.
 * @param interval the time from the end of one round of checks to the next
 * @param timeout how long one check of one address may take
 * @param failures how many failures in a row, of sessions or of checks, eject a server; a session's success resets both, a
 *     check's success those of checks
 * @param ejection for how long a server is ejected; each further time, with no success in between, it is twice as long as the
 *     time before, up to ten times this
 * @param slowReturn how long a returning server gets a share of the new sessions that grows from nothing to its full one;
 *     zero for at once
 */
public record HealthPolicy(
        Optional<RouterContext.Probe> check,
        Duration interval,
        Duration timeout,
        int failures,
        Duration ejection,
        Duration slowReturn) {
    // Above the constant whose constructor needs it.
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_EJECTION = 10;

    /** No checks, but what sessions see: three failures in a row eject a server for 30 seconds, and it returns over 30 more. */
    public static final HealthPolicy DEFAULT = new HealthPolicy(
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    public HealthPolicy {
        for (Duration positive : List.of(interval, timeout, ejection)) {
            if (positive.isZero() || positive.isNegative() || positive.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "interval, timeout and ejection are more than 0 and at most a day, not " + positive);
            }
        }
        if (slowReturn.isNegative() || slowReturn.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a slow return takes 0 to a day, not " + slowReturn);
        }
        if (failures < 1) {
            throw new IllegalArgumentException("at least 1 failure ejects a server, not " + failures);
        }
    }

    /** Returns the same with this check. */
    public HealthPolicy withCheck(Optional<RouterContext.Probe> other) {
        return new HealthPolicy(other, interval, timeout, failures, ejection, slowReturn);
    }

    /** Returns the same with checks at this interval, each of which may take this long. */
    public HealthPolicy withTimes(Duration otherInterval, Duration otherTimeout) {
        return new HealthPolicy(check, otherInterval, otherTimeout, failures, ejection, slowReturn);
    }

    /** Returns the same with servers ejected like this. */
    public HealthPolicy withEjection(int otherFailures, Duration otherEjection, Duration otherSlowReturn) {
        return new HealthPolicy(check, interval, timeout, otherFailures, otherEjection, otherSlowReturn);
    }

    /** Returns how long the next ejection is, after so many in a row. */
    Duration ejectionAfter(int before) {
        return ejection.multipliedBy(before > 3 ? LONGEST_EJECTION : Math.min(1 << before, LONGEST_EJECTION));
    }
}
