package io.ftpalg.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The waits of a session, one of each kind at a time.
 *
 * <p>Waits are started and stopped with every command and hardly ever end: a task that is scheduled already is left where it
 * is, and looks when it runs whether there is more to wait.
 */
final class Timers {

    /** What is being waited for. */
    enum Kind {
        /** The accepted login. */
        LOGIN,
        /** The client's next command. */
        IDLE,
        /** The server's next reply line. */
        REPLY,
        /** A step of the command in flight. */
        EXCHANGE,
        /** The transfer command that uses the agreed data port. */
        DATA_IDLE,
        /** The moment at which the client's next error may be answered. */
        PACE
    }

    private final SessionPort port;
    private final Map<Kind, Wait> waits = new EnumMap<>(Kind.class);

    Timers(SessionPort port) {
        this.port = port;
    }

    /** Starts the wait anew. */
    void start(Kind kind, Duration delay, Runnable task) {
        waits.computeIfAbsent(kind, made -> new Wait()).start(port.nanoTime() + delay.toNanos(), task);
    }

    void stop(Kind kind) {
        Wait wait = waits.get(kind);
        if (wait != null) {
            wait.task = null;
        }
    }

    boolean isRunning(Kind kind) {
        Wait wait = waits.get(kind);
        return wait != null && wait.task != null;
    }

    void stopAll() {
        waits.values().forEach(Wait::cancel);
        waits.clear();
    }

    /** One wait, and the scheduled task that looks after it: due at its end, or earlier. */
    private final class Wait {
        private @Nullable Runnable task;
        private long end;
        private SessionPort.@Nullable Scheduled scheduled;
        private long due;

        void start(long until, Runnable then) {
            task = then;
            end = until;
            if (scheduled != null && due - end > 0) {
                scheduled.cancel();
                scheduled = null;
            }
            if (scheduled == null) {
                schedule();
            }
        }

        void cancel() {
            task = null;
            if (scheduled != null) {
                scheduled.cancel();
                scheduled = null;
            }
        }

        private void schedule() {
            due = end;
            scheduled = port.schedule(Duration.ofNanos(end - port.nanoTime()), this::look);
        }

        private void look() {
            scheduled = null;
            Runnable then = task;
            if (then == null) {
                return;
            }
            if (end - port.nanoTime() > 0) {
                schedule();
            } else {
                task = null;
                then.run();
            }
        }
    }
}
