package io.ftpalg.server.quota;

/** Is notified of transfers that quotas refuse or cut. Called on event loops; must not block. */
@FunctionalInterface
public interface QuotaListener {
    /** Does nothing. */
    QuotaListener NONE = event -> {};

    /** A transfer was refused; or one has used up a quota, and is cut if it has more to move. */
    void exceeded(QuotaExceeded event);
}
