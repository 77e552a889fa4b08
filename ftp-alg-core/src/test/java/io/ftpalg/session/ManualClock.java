package io.ftpalg.session;

import io.ftpalg.session.base.SessionActions.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that stands still until a test moves it, and the tasks that wait for their time. */
final class ManualClock {
    private final List<Task> tasks = new ArrayList<>();
    private long now;
    private long nextTask;

    private record Task(long due, long number, Runnable action) {}

    /** Returns the time, in nanoseconds. */
    long now() {
        return now;
    }

    /** Returns how many tasks wait. */
    int waiting() {
        return tasks.size();
    }

    Scheduled schedule(Duration delay, Runnable action) {
        Task task = new Task(now + delay.toNanos(), nextTask++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Lets time pass, and runs what falls due, in order. */
    void elapse(Duration time) {
        long end = now + time.toNanos();
        while (true) {
            Optional<Task> next = tasks.stream()
                    .filter(task -> task.due <= end)
                    .min(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            tasks.remove(next.get());
            now = next.get().due;
            next.get().action.run();
        }
    }
}
