package io.ftpalg.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The waits of a session, one of each kind at a time. */
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
    private final Map<Kind, SessionPort.Scheduled> running = new EnumMap<>(Kind.class);

    Timers(SessionPort port) {
        this.port = port;
    }

    /** Starts the wait anew. */
    void start(Kind kind, Duration delay, Runnable task) {
        stop(kind);
        running.put(kind, port.schedule(delay, () -> {
            running.remove(kind);
            task.run();
        }));
    }

    void stop(Kind kind) {
        SessionPort.Scheduled scheduled = running.remove(kind);
        if (scheduled != null) {
            scheduled.cancel();
        }
    }

    boolean isRunning(Kind kind) {
        return running.containsKey(kind);
    }

    void stopAll() {
        running.values().forEach(SessionPort.Scheduled::cancel);
        running.clear();
    }
}
