package io.ftpalg.server.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The lines of a trace that wait for its reader, a bounded number: those that find no place are counted in their place. Any
 * thread; guarded by its own lock, which is held for a moment.
 */
final class TraceLines {
    private final int most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long lines;
    private long dropped;

    /** What waits: a line, as JSON, or how many are missing here. */
    record Waiting(String json, long missing) {}

    TraceLines(int most) {
        this.most = most;
    }

    /** Adds a line, or counts it as missing; returns whether nothing was waiting. */
    synchronized boolean add(TracedText line) {
        lines++;
        if (waiting.size() >= most) {
            dropped++;
            Waiting last = waiting.peekLast();
            long missing = last == null ? 0 : last.missing();
            if (missing > 0) {
                waiting.removeLast();
            }
            waiting.addLast(new Waiting("", missing + 1));
            return false;
        }
        waiting.addLast(new Waiting(line.json(lines), 0));
        return waiting.size() == 1;
    }

    synchronized Optional<Waiting> next() {
        return Optional.ofNullable(waiting.pollFirst());
    }

    synchronized void putBack(Waiting one) {
        waiting.addFirst(one);
    }

    synchronized long lines() {
        return lines;
    }

    synchronized long dropped() {
        return dropped;
    }
}
