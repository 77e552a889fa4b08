package io.ftpalg.server.settings.limits;

import java.util.Optional;

/**
 * How much may be transferred in each period.
 *
 * @param who whose transfers are counted together
 * @param name the name of the user or group; empty for each user
 * @param period how long a period is
 * @param direction which transfers are counted
 * @param bytes how many bytes, if limited
 * @param files how many files, if limited
 */
public record QuotaRule(
        Who who, String name, Period period, Way direction, Optional<Long> bytes, Optional<Long> files) {

    /** Whose transfers are counted together. */
    public enum Who {
        /** Those of one user. */
        USER,
        /** Those of all users of one group of the gateway's own. */
        GROUP,
        /** Those of each user, for itself, but for users that have a rule of their own. */
        EACH_USER
    }

    /** How long a period is, by the calendar. */
    public enum Period {
        HOUR,
        DAY,
        MONTH
    }

    /** Which transfers are counted. */
    public enum Way {
        /** Those to servers. */
        UPLOAD,
        /** Those to clients. */
        DOWNLOAD,
        /** All of them. */
        BOTH
    }
}
