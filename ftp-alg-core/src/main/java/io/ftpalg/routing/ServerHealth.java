package io.ftpalg.routing;

import io.ftpalg.policy.ServerUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.ServerState.Health;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one server of a pool: its sessions, and whether it is well. Owned by the pool and told by sessions of all
 * event loops and by the checks; guarded by its own lock, which is held for a few steps at a time.
 *
 * <p>HEALTHY becomes EJECTED by failures in a row. EJECTED becomes RETURNING by a success, or by its time, which somebody must
 * look for, unless a check has failed since. RETURNING becomes HEALTHY by its time, and EJECTED again by one failure that
 * follows no success.
 */
final class ServerHealth {
    private static final Logger logger = LoggerFactory.getLogger(ServerHealth.class);

    /** In which order servers are tried. */
    enum Rank {
        /** By the balance. */
        FIRST,
        /** It is coming back and it is not its turn yet: after those. */
        LATER,
        /** It is ejected: better a try than a refusal. */
        LAST
    }

    private final HostPort server;
    private final HealthPolicy policy;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private Health health = Health.HEALTHY;
    /** When it was ejected, or began to return. */
    private long since;
    private Duration ejection = Duration.ZERO;
    /** Whether a check has found it ill since: checks go on, so that one of them will see it well. */
    private boolean needsSuccess;
    private int failures;
    private int ejections;
    private int sessions;

    ServerHealth(HostPort server, HealthPolicy policy, LongSupplier nanoTime, RandomGenerator random) {
        this.server = server;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** It could be used. */
    synchronized void succeeded() {
        failures = 0;
        ejections = 0;
        if (now() == Health.EJECTED) {
            comeBack("it answers again");
        }
    }

    /** It could not be used. */
    synchronized void failed(String reason) {
        failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
        // What fails while it is ejected was begun before, or had no other server to go to: no reason to wait longer.
        if (now() != Health.EJECTED && failures >= policy.failures()) {
            ejection = policy.ejectionAfter(ejections);
            ejections++;
            become(Health.EJECTED);
            logger.warn("server {} gets no new sessions for {} s after {}: {}", server, seconds(ejection),
                    failures == 1 ? "a failure" : failures + " failures in a row", reason);
        }
    }

    /** A check failed. */
    synchronized void checkFailed(String reason) {
        // Before its time is looked at, or that might bring it back for a moment.
        needsSuccess |= health == Health.EJECTED;
        failed("check: " + reason);
        needsSuccess |= health == Health.EJECTED;
    }

    /** Draws in which order this server is tried by one session. */
    synchronized Rank rank() {
        return switch (now()) {
            case HEALTHY -> Rank.FIRST;
            case RETURNING -> random.nextDouble() * policy.slowReturn().toNanos() < elapsed() ? Rank.FIRST : Rank.LATER;
            case EJECTED -> Rank.LAST;
        };
    }

    synchronized int sessions() {
        return sessions;
    }

    synchronized ServerState state() {
        return new ServerState(server, sessions, now(), failures);
    }

    /** Returns what hears of one session at this server. */
    ServerUse newUse() {
        return new Use();
    }

    private Health now() {
        if (health == Health.EJECTED && !needsSuccess && elapsed() >= ejection.toNanos()) {
            comeBack("its time is over");
        }
        if (health == Health.RETURNING && elapsed() >= policy.slowReturn().toNanos()) {
            become(Health.HEALTHY);
        }
        return health;
    }

    private void comeBack(String reason) {
        become(Health.RETURNING);
        logger.info("server {} is back, with a growing share of new sessions for {} s: {}", server,
                seconds(policy.slowReturn()), reason);
    }

    private void become(Health next) {
        health = next;
        needsSuccess = false;
        since = nanoTime.getAsLong();
    }

    private long elapsed() {
        return nanoTime.getAsLong() - since;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? Long.toString(time.toSeconds()) : Double.toString(time.toMillis() / 1000.0);
    }

    /** One session's use of this server; a session that connects anew begins it again. Guarded by the server's lock. */
    private final class Use implements ServerUse {
        private boolean counted;

        @Override
        public void begun() {
            count(true);
        }

        @Override
        public void ready() {
            succeeded();
        }

        @Override
        public void failed(String detail) {
            count(false);
            ServerHealth.this.failed(detail);
        }

        @Override
        public void ended() {
            count(false);
        }

        private void count(boolean in) {
            synchronized (ServerHealth.this) {
                if (counted != in) {
                    counted = in;
                    sessions += in ? 1 : -1;
                }
            }
        }
    }
}
