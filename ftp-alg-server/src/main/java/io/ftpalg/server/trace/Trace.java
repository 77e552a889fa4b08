package io.ftpalg.server.trace;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import io.ftpalg.live.TraceLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One trace that runs. It receives lines on the event loops of sessions, and gives them to one reader. Its parts are concurrent;
 * what it keeps of one session is changed on that session's event loop only.
 *
 * <p>Where a user is wanted, what a session did before it named one is kept, {@value #UNDECIDED_LINES} lines at most, and shown if it is
 * that user.
 */
public final class Trace implements SessionTracer {
    /** Lines that wait for a reader. */
    static final int WAITING = 10_000;

    private static final int UNDECIDED_LINES = 64;
    /** How many sessions may wait for their user at a time; those beyond are not traced. */
    private static final int UNDECIDED_SESSIONS = 1000;

    private final long id;
    private final TraceWanted wanted;
    private final String by;
    private final Instant startedAt = Instant.now();
    private final TraceLines lines = new TraceLines(WAITING);
    private final Map<Long, Boolean> shown = new ConcurrentHashMap<>();
    private final Map<Long, List<TracedText>> undecided = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicBoolean read = new AtomicBoolean();
    private volatile Optional<String> ended = Optional.empty();
    private volatile Runnable onNews = () -> {};

    Trace(long id, TraceWanted wanted, String by) {
        this.id = id;
        this.wanted = wanted;
        this.by = by;
    }

    /** Returns its number. */
    public long id() {
        return id;
    }

    /** Returns which sessions it has. */
    public TraceWanted wanted() {
        return wanted;
    }

    /** Returns who began it. */
    public String by() {
        return by;
    }

    /** Returns when it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns for how long it still runs. */
    public Duration left() {
        Duration left = wanted.time().minus(Duration.between(startedAt, Instant.now()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns how many sessions it has shown. */
    public int sessions() {
        return sessions.get();
    }

    /** Returns how many lines it had. */
    public long lines() {
        return lines.lines();
    }

    /** Returns how many of them were dropped. */
    public long dropped() {
        return lines.dropped();
    }

    // ---- on the event loops of sessions

    @Override
    public boolean wants(SessionSnapshot session) {
        boolean clientFits = wanted.client()
                .map(network -> network.contains(session.client().getAddress()))
                .orElse(true);
        if (!clientFits || ended.isPresent()) {
            return false;
        }
        if (wanted.user().isEmpty() || hasUser(session, wanted.user().get())) {
            return show(session.id());
        }
        if (session.user().isPresent() || undecided.size() >= UNDECIDED_SESSIONS) {
            return false;
        }
        undecided.put(session.id(), new ArrayList<>());
        return true;
    }

    private static boolean hasUser(SessionSnapshot session, String user) {
        return session.user().filter(user::equals).isPresent()
                || session.proxyUser().filter(its -> its.name().equals(user)).isPresent();
    }

    private boolean show(long session) {
        int most = wanted.sessions().orElse(Integer.MAX_VALUE);
        if (sessions.getAndUpdate(n -> n < most ? n + 1 : n) >= most) {
            return false;
        }
        shown.put(session, true);
        return true;
    }

    @Override
    public boolean line(TraceLine line) {
        List<TracedText> kept = undecided.get(line.session());
        if (kept == null) {
            boolean shows = ended.isEmpty() && shown.containsKey(line.session());
            if (shows) {
                add(TracedText.of(line));
            }
            return shows;
        }
        if (kept.size() < UNDECIDED_LINES) {
            kept.add(TracedText.of(line));
        }
        Optional<String> named = user(line);
        if (named.isPresent()) {
            return decide(line.session(), isWanted(named.get()));
        }
        return ended.isEmpty();
    }

    /** A name may have more behind it, by which the gateway finds the server. */
    private boolean isWanted(String named) {
        String user = wanted.user().orElse("");
        return named.equals(user) || named.startsWith(user + "@") || named.startsWith(user + "%");
    }

    private static Optional<String> user(TraceLine line) {
        boolean isUser = line.direction() == TraceLine.Direction.FROM_CLIENT
                && line.text().startsWith("USER ");
        return isUser ? Optional.of(line.text().substring(5)) : Optional.empty();
    }

    private boolean decide(long session, boolean fits) {
        List<TracedText> kept = undecided.remove(session);
        if (!fits || kept == null || ended.isPresent() || !show(session)) {
            return false;
        }
        kept.forEach(this::add);
        return true;
    }

    /** Something happened to a session, which may be one of these; on its event loop. */
    void event(long session, String text) {
        if (shown.containsKey(session) && ended.isEmpty()) {
            add(TracedText.event(session, text));
        }
    }

    /** A session is over; on its event loop. Returns whether no other one can follow. */
    boolean sessionEnded(long session) {
        undecided.remove(session);
        shown.remove(session);
        return shown.isEmpty() && sessions.get() >= wanted.sessions().orElse(Integer.MAX_VALUE);
    }

    private void add(TracedText line) {
        if (lines.add(line)) {
            onNews.run();
        }
    }

    // ---- its end, and its reader

    /** No line follows; the first reason counts. */
    synchronized void end(String reason) {
        if (ended.isEmpty()) {
            ended = Optional.of(reason);
        }
        onNews.run();
    }

    /** Returns why it is over, if it is. */
    public Optional<String> ended() {
        return ended;
    }

    /** Becomes its reader, unless there is one; receives a call when there are lines again, or it is over. Any thread. */
    public boolean read(Runnable news) {
        if (!read.compareAndSet(false, true)) {
            return false;
        }
        onNews = news;
        return true;
    }

    /** There is no reader any more. */
    public void unread() {
        onNews = () -> {};
        read.set(false);
    }

    /**
     * Passes on what waits, until the reader takes no more.
     *
     * @param reader receives a line as JSON, or how many are missing; returns whether it took that
     */
    public void drain(Reader reader) {
        Optional<TraceLines.Waiting> next = lines.next();
        while (next.isPresent()) {
            TraceLines.Waiting one = next.get();
            if (!(one.missing() > 0 ? reader.missing(one.missing()) : reader.line(one.json()))) {
                lines.putBack(one);
                return;
            }
            next = lines.next();
        }
        ended.ifPresent(reader::over);
    }

    /** Who reads a trace. */
    public interface Reader {
        /** Takes a line, as JSON, or not now. */
        boolean line(String json);

        /** So many lines are missing here. */
        boolean missing(long count);

        /** Nothing follows. */
        void over(String reason);
    }
}
