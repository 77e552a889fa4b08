package io.ftpalg.server.trace;

import io.ftpalg.policy.AlgListener;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The traces that run, a few at a time. One for all gateways of the program; its map is concurrent. Receives the events of sessions
 * too, which become lines of their traces.
 */
public final class Traces implements AlgListener {
    /** How many run at a time. */
    public static final int MOST = 8;

    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Trace> running = new ConcurrentHashMap<>();
    private volatile Consumer<Trace> onEnd = trace -> {};

    /** Lets this one receive each trace that has ended. */
    public void onEnd(Consumer<Trace> listener) {
        onEnd = listener;
    }

    /** Begins a trace, unless too many run. */
    public synchronized Optional<Trace> begin(TraceWanted wanted, String by) {
        if (running.size() >= MOST) {
            return Optional.empty();
        }
        Trace trace = new Trace(ids.incrementAndGet(), wanted, by);
        running.put(trace.id(), trace);
        return Optional.of(trace);
    }

    /** Returns a trace that runs. */
    public Optional<Trace> find(long id) {
        return Optional.ofNullable(running.get(id));
    }

    /** Returns those that run. */
    public List<Trace> all() {
        return running.values().stream()
                .sorted(Comparator.comparingLong(Trace::id))
                .toList();
    }

    /** Ends a trace; what waits for its reader can still be read. */
    public void end(Trace trace, String reason) {
        if (running.remove(trace.id()) != null) {
            trace.end(reason);
            onEnd.accept(trace);
        }
    }

    /** Ends those whose time is over. */
    public void endExpired() {
        all().stream().filter(trace -> trace.left().isZero()).forEach(trace -> end(trace, "time"));
    }

    private void event(long session, String text) {
        if (!running.isEmpty()) {
            running.values().forEach(trace -> trace.event(session, text));
        }
    }

    @Override
    public void sessionSecured(SessionSecured event) {
        event(
                event.session(),
                "tls side=" + word(event.side()) + " version=" + event.tls().protocol() + " cipher="
                        + event.tls().cipher());
    }

    @Override
    public void sessionTransparent(SessionTransparent event) {
        event(event.session(), "transparent: nothing is seen from here on");
    }

    @Override
    public void dataConnectionFailed(DataConnectionFailed event) {
        event(
                event.session(),
                "data connection failed side=" + word(event.side()) + " cause=" + event.failure() + " detail="
                        + event.detail());
    }

    @Override
    public void tlsFailed(TlsFailed event) {
        event(
                event.session(),
                "tls failed side=" + word(event.side()) + " cause="
                        + event.failure().kind() + " detail=" + event.failure().detail());
    }

    @Override
    public void rejected(Rejected event) {
        event(event.session(), "peer rejected side=" + word(event.side()) + " reason=" + event.reason());
    }

    @Override
    public void transferFinished(TransferFinished event) {
        event(
                event.session(),
                "transfer finished verb=" + event.verb() + " end=" + event.end() + " to_client=" + event.bytesToClient()
                        + " to_server=" + event.bytesToServer());
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        event(event.session(), "session closed cause=" + event.cause());
        if (!running.isEmpty()) {
            for (Trace trace : all()) {
                if (trace.sessionEnded(event.session())) {
                    end(trace, "sessions");
                }
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
