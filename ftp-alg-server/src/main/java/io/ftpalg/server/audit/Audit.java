package io.ftpalg.server.audit;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.audit.record.AuditRecord.Origin;
import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.audit.sink.SinkException;
import io.ftpalg.server.audit.sink.SinkSettings;
import io.ftpalg.server.audit.sink.SinkWorker;
import io.ftpalg.server.audit.sink.Sinks;
import io.ftpalg.server.quota.QuotaListener;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit of the program: numbers records, and hands each to all sinks, which write on threads of their own. One for the whole run;
 * a reload changes its sinks. Records are made on any thread, which waits for nothing but a number.
 */
public final class Audit implements AutoCloseable {
    private final String run = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private final SessionRecords listener = new SessionRecords(this);
    private final AuditGate gate = new AuditGate(this);
    /** Held for moments only: records get into each queue in the order of their numbers. */
    private final Object numbering = new Object();

    private long seq;
    private volatile State state = State.OFF;

    private record State(Origin origin, List<SinkWorker> sinks) {
        static final State OFF = new State(new Origin("", ""), List.of());

        State {
            sinks = List.copyOf(sinks);
        }
    }

    /** Returns what makes records of the events of sessions, for all gateways. */
    public AlgListener listener() {
        return listener;
    }

    /** Returns what makes records of transfers that quotas refuse or cut, for all gateways. */
    public QuotaListener quotas() {
        return listener;
    }

    /** Returns what refuses new sessions while a sink that must write cannot. */
    public ClientGate gate() {
        return gate::refuse;
    }

    /** Returns what refuses transfers then. */
    public CommandFilter filter() {
        return gate::filter;
    }

    /** Fails if a sink could not be used as the system is now; changes nothing. */
    public static void check(Optional<AuditSettings> settings) throws SinkException {
        if (settings.isPresent()) {
            for (SinkSettings sink : settings.get().sinks()) {
                Sinks.check(sink);
            }
        }
    }

    /**
     * Has records written as these settings have it; sinks whose settings are the same stay, and open what they write to again. Blocks
     * until replaced sinks have written what they had. One thread at a time.
     */
    public synchronized void apply(Optional<AuditSettings> settings) {
        State before = state;
        if (settings.isEmpty()) {
            stop(before);
            return;
        }
        Origin origin = new Origin(settings.get().instance(), run);
        List<SinkWorker> kept = new ArrayList<>();
        List<SinkWorker> made = new ArrayList<>();
        for (SinkSettings one : settings.get().sinks()) {
            Optional<SinkWorker> same = before.sinks().stream()
                    .filter(sink -> sink.settings().equals(one) && origin.equals(before.origin()))
                    .findFirst();
            if (same.isPresent()) {
                kept.add(same.get());
            } else {
                made.add(new SinkWorker(one, Sinks.of(one, origin), origin));
            }
        }
        List<SinkWorker> all = new ArrayList<>(kept);
        all.addAll(made);
        synchronized (numbering) {
            state = new State(origin, all);
        }
        before.sinks().stream().filter(sink -> !kept.contains(sink)).forEach(SinkWorker::close);
        made.forEach(SinkWorker::start);
        kept.forEach(SinkWorker::reopen);
        if (before.sinks().isEmpty()) {
            publish(AuditEvent.AUDIT_STARTED, new Fields());
        }
    }

    /** Another process, which replaces this one, writes to the files from now on; this one continues in files beside them. */
    public void makeWay() {
        state.sinks().forEach(SinkWorker::makeWay);
    }

    /** Makes a record of these fields, which must not change any more, and hands it to the sinks. */
    void publish(AuditEvent event, Fields fields) {
        Instant now = Instant.now();
        synchronized (numbering) {
            State to = state;
            if (!to.sinks().isEmpty()) {
                AuditRecord record = fields.record(++seq, now, to.origin(), event);
                to.sinks().forEach(sink -> sink.offer(record));
            }
        }
    }

    /** Returns the name of a sink that must write and cannot, if there is one. */
    Optional<String> unable() {
        for (SinkWorker sink : state.sinks()) {
            if (sink.settings().must() && !sink.canWrite()) {
                return Optional.of(sink.settings().name());
            }
        }
        return Optional.empty();
    }

    /** Records that the config file was read again. */
    public void configReloaded(String file, String why, boolean accepted, String detail) {
        publish(
                AuditEvent.CONFIG_RELOADED,
                new Fields()
                        .put(AuditField.BY, why)
                        .put(AuditField.RESULT, accepted ? "done" : "failed")
                        .putText(AuditField.DETAIL, detail)
                        .put(AuditField.FILE, file));
    }

    /** Records what an operator did. */
    public void adminAction(String action, String by, String target, String result, String detail) {
        publish(
                AuditEvent.ADMIN_ACTION,
                new Fields()
                        .put(AuditField.ACTION, action)
                        .put(AuditField.BY, by)
                        .putText(AuditField.TARGET, target)
                        .put(AuditField.RESULT, result)
                        .putText(AuditField.DETAIL, detail));
    }

    /** Returns how many records each sink has dropped, by its name. Any thread. */
    public Map<String, Long> dropped() {
        Map<String, Long> counts = new LinkedHashMap<>();
        state.sinks().forEach(sink -> counts.put(sink.settings().name(), sink.dropped()));
        return counts;
    }

    private void stop(State before) {
        publish(AuditEvent.AUDIT_STOPPED, new Fields());
        synchronized (numbering) {
            state = State.OFF;
        }
        before.sinks().forEach(SinkWorker::close);
    }

    /** Writes what waits, as far as that works within a few seconds; blocks. */
    @Override
    public synchronized void close() {
        stop(state);
    }
}
