package io.ftpalg.routing;

import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.ServerState.Health;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions and the health of one server of a pool. Owned by the pool and called by sessions of all
 * event loops and by the checks; guarded by its own lock, which is held for a few steps at a time.
 *
 * <p>HEALTHY becomes EJECTED by failures in a row, of sessions or of checks. EJECTED becomes RETURNING by a session's success, or
 * as its {@link End} says. RETURNING becomes HEALTHY by its time, and EJECTED again by one failure that follows no success.
 *
 * <p>Sessions and checks count apart, since a check covers less: its success does not cover TLS, or the greeting if it only
 * connects, and must not undo what sessions saw. A session's success undoes both.
 */
final class ServerHealth {
    private static final Logger logger = LoggerFactory.getLogger(ServerHealth.class);

    /** In which order servers are tried. */
    enum Rank {
        /** By the balance. */
        FIRST,
        /** It returns to rotation, and its share is not reached yet: after those. */
        LATER,
        /** It is ejected: better a try than a refusal. */
        LAST,
        /** An operator ejected it: it is not tried. */
        NEVER
    }

    /** What ends an ejection. */
    private enum End {
        /** After its time, which is checked at each call: only sessions failed, so that checks may not find the cause. */
        TIME,
        /** By a check's success: a check failed, too. */
        CHECK
    }

    private final HostPort server;
    private final HealthPolicy policy;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private Health health = Health.HEALTHY;
    /** When it was ejected, or began to return. */
    private long since;

    private Duration ejection = Duration.ZERO;
    private End end = End.TIME;
    private boolean byOperator;
    private int failures;
    private int checkFailures;
    private int ejections;
    private int sessions;

    ServerHealth(HostPort server, HealthPolicy policy, LongSupplier nanoTime, RandomGenerator random) {
        this.server = server;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** A session could use it. */
    synchronized void succeeded() {
        failures = 0;
        checkFailures = 0;
        ejections = 0;
        if (now() == Health.EJECTED) {
            comeBack("it replies again");
        }
    }

    /** A session could not use it. */
    synchronized void failed(String reason) {
        failures = oneMore(failures);
        ejectAfter(failures, End.TIME, reason);
    }

    /** A check found it healthy. */
    synchronized void checkSucceeded() {
        checkFailures = 0;
        if (now() == Health.EJECTED && end == End.CHECK) {
            ejections = 0;
            comeBack("it replies again");
        }
    }

    /** A check found it unhealthy. */
    synchronized void checkFailed(String reason) {
        if (health == Health.EJECTED) {
            // Before its time is checked, or that might return it to rotation for a moment. A later check ends it.
            end = End.CHECK;
        }
        checkFailures = oneMore(checkFailures);
        ejectAfter(checkFailures, End.CHECK, "check: " + reason);
    }

    private static int oneMore(int inARow) {
        return Math.min(inARow + 1, Integer.MAX_VALUE - 1);
    }

    private void ejectAfter(int inARow, End next, String reason) {
        // What fails while it is ejected was begun before, or had no other server to go to: no reason to wait longer.
        if (now() != Health.EJECTED && inARow >= policy.failures()) {
            ejection = policy.ejectionAfter(ejections);
            ejections++;
            end = next;
            become(Health.EJECTED);
            logger.warn(
                    "server ejected server={} seconds={} failures={} detail=\"{}\"",
                    server,
                    seconds(ejection),
                    inARow,
                    reason);
        }
    }

    /** No session is to be sent to it, however healthy it is, until {@link #returnToRotation}. */
    synchronized void ejectByOperator() {
        if (!byOperator) {
            byOperator = true;
            logger.warn("server ejected server={} detail=\"by an operator\"", server);
        }
    }

    /** It is healthy, whoever ejected it; false if it was not ejected. */
    synchronized boolean returnToRotation() {
        boolean was = byOperator || now() == Health.EJECTED;
        if (was) {
            byOperator = false;
            failures = 0;
            checkFailures = 0;
            ejections = 0;
            comeBack("by an operator");
        }
        return was;
    }

    /** Draws in which order this server is tried by one session. */
    synchronized Rank rank() {
        if (byOperator) {
            return Rank.NEVER;
        }
        return switch (now()) {
            case HEALTHY -> Rank.FIRST;
            case RETURNING -> random.nextDouble() * policy.slowReturn().toNanos() < elapsed() ? Rank.FIRST : Rank.LATER;
            case EJECTED -> Rank.LAST;
        };
    }

    /** Returns whether nothing is lost if it is forgotten. */
    synchronized boolean isUnused() {
        return sessions == 0 && !byOperator;
    }

    synchronized int sessions() {
        return sessions;
    }

    synchronized ServerState state() {
        Health health = byOperator ? Health.EJECTED : now();
        return new ServerState(server, sessions, health, Math.max(failures, checkFailures), byOperator);
    }

    /** Returns the use of this server by one session. */
    ServerUse newUse() {
        return new Use();
    }

    private Health now() {
        if (health == Health.EJECTED && end == End.TIME && elapsed() >= ejection.toNanos()) {
            comeBack("the ejection ended");
        }
        if (health == Health.RETURNING && elapsed() >= policy.slowReturn().toNanos()) {
            become(Health.HEALTHY);
        }
        return health;
    }

    private void comeBack(String reason) {
        become(Health.RETURNING);
        logger.info(
                "server returned server={} slow_return={} detail=\"{}\"", server, seconds(policy.slowReturn()), reason);
    }

    private void become(Health next) {
        health = next;
        since = nanoTime.getAsLong();
    }

    private long elapsed() {
        return nanoTime.getAsLong() - since;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0
                ? Long.toString(time.toSeconds())
                : Double.toString(time.toMillis() / 1000.0);
    }

    /** One session's use of this server; a session that connects once more begins it again. Guarded by the server's lock. */
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
