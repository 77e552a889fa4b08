package io.ftpalg.server.admin.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last few of something, the newest first. Any thread; guarded by its own lock, which is held for a moment.
 *
 * @param <T> what it holds
 */
final class Ring<T> {
    private final int size;
    private final Deque<T> last = new ArrayDeque<>();

    Ring(int size) {
        this.size = size;
    }

    synchronized void add(T one) {
        if (last.size() == size) {
            last.removeLast();
        }
        last.addFirst(one);
    }

    /** Returns at most so many. */
    synchronized List<T> newest(int most) {
        return new ArrayList<>(last).subList(0, Math.min(most, last.size()));
    }
}
