package io.ftpalg.session.base;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The waits of a session, one of each kind at a time.
 *
 * <p>Waits are started and stopped with every command and hardly ever end. One task looks after all of them: it is left
 * where it is unless a wait ends sooner, and sees when it runs what is left to wait for.
 */
public final class Timers {

    /** What is being waited for. */
    public enum Kind {
        /** The accepted login. */
        LOGIN,
        /** The client's next command. */
        IDLE,
        /** The filter's verdict on a command. */
        VERDICT,
        /** The server's next reply line. */
        REPLY,
        /** A reply that shows whether the one before belonged to an earlier transfer. */
        OWED,
        /** A step of the command in flight. */
        EXCHANGE,
        /** The transfer command that uses the agreed data port. */
        DATA_IDLE,
        /** A peer that reads what waits for it. */
        STALL,
        /** The moment at which the reply to the client's next error may be sent. */
        PACE
    }

    private final SessionActions port;
    private final Map<Kind, Wait> waits = new EnumMap<>(Kind.class);
    private SessionActions.@Nullable Scheduled scheduled;
    private long due;

    public Timers(SessionActions port) {
        this.port = port;
    }

    /** Starts the wait again. */
    public void start(Kind kind, Duration delay, Runnable task) {
        Wait wait = new Wait(kind, port.nanoTime() + delay.toNanos(), task);
        waits.put(kind, wait);
        lookBy(wait.end());
    }

    public void stop(Kind kind) {
        waits.remove(kind);
    }

    public boolean isRunning(Kind kind) {
        return waits.containsKey(kind);
    }

    public void stopAll() {
        waits.clear();
        cancel();
    }

    private void lookBy(long end) {
        if (scheduled != null && due - end > 0) {
            cancel();
        }
        if (scheduled == null) {
            due = end;
            scheduled = port.schedule(Duration.ofNanos(end - port.nanoTime()), this::look);
        }
    }

    private void cancel() {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
    }

    private void look() {
        scheduled = null;
        long now = port.nanoTime();
        Wait next = earliest();
        while (next != null && next.end() - now <= 0) {
            waits.remove(next.kind());
            next.task().run();
            next = earliest();
        }
        if (next != null) {
            lookBy(next.end());
        }
    }

    private @Nullable Wait earliest() {
        Wait first = null;
        for (Wait wait : waits.values()) {
            if (first == null || wait.end() - first.end() < 0) {
                first = wait;
            }
        }
        return first;
    }

    private record Wait(Kind kind, long end, Runnable task) {}
}
