package io.ftpalg.server.concurrency;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many sessions and transfers users, groups and networks have now. There is an entry only for who has some. Shared by all event loops; guarded
 * by its own lock, which is held for a few map operations once a login and twice a transfer.
 */
public final class UseCounts {
    private final Map<Subject, Integer> sessions = new HashMap<>();
    private final Map<Subject, Integer> transfers = new HashMap<>();

    /**
     * Who is counted.
     *
     * @param kind what it is
     * @param name its name
     */
    record Subject(Kind kind, String name) {}

    /** Kinds of what is counted. */
    enum Kind {
        USER("user"),
        GROUP("group"),
        CLIENTS("network"),
        SERVERS("server");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word for it in replies to clients. */
        String word() {
            return word;
        }
    }

    /**
     * A limit of who is counted.
     *
     * @param subject who
     * @param most how many at a time
     */
    record Limit(Subject subject, int most) {}

    /** Counts a session in for all of these, or returns which limit is reached, and counts nothing. */
    synchronized Optional<Limit> enterSession(List<Limit> limits) {
        return enter(sessions, limits);
    }

    /** Counts a transfer in for all of these, or returns which limit is reached, and counts nothing. */
    synchronized Optional<Limit> enterTransfer(List<Limit> limits) {
        return enter(transfers, limits);
    }

    synchronized void leaveSession(List<Limit> limits) {
        leave(sessions, limits);
    }

    synchronized void leaveTransfer(List<Limit> limits) {
        leave(transfers, limits);
    }

    /** Returns how many entries there are. */
    synchronized int size() {
        return sessions.size() + transfers.size();
    }

    private static Optional<Limit> enter(Map<Subject, Integer> counts, List<Limit> limits) {
        Optional<Limit> reached = limits.stream()
                .filter(limit -> counts.getOrDefault(limit.subject(), 0) >= limit.most())
                .findFirst();
        if (reached.isEmpty()) {
            limits.forEach(limit -> counts.merge(limit.subject(), 1, Integer::sum));
        }
        return reached;
    }

    private static void leave(Map<Subject, Integer> counts, List<Limit> limits) {
        limits.forEach(limit -> counts.computeIfPresent(limit.subject(), (who, n) -> n == 1 ? null : n - 1));
    }
}
