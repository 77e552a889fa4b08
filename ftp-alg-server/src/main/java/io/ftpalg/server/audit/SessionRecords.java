package io.ftpalg.server.audit;

import static io.ftpalg.server.audit.record.AuditField.AT;
import static io.ftpalg.server.audit.record.AuditField.BYTES_TO_CLIENT;
import static io.ftpalg.server.audit.record.AuditField.BYTES_TO_SERVER;
import static io.ftpalg.server.audit.record.AuditField.CAUSE;
import static io.ftpalg.server.audit.record.AuditField.COMMANDS;
import static io.ftpalg.server.audit.record.AuditField.CRC32C;
import static io.ftpalg.server.audit.record.AuditField.DATA_PATH;
import static io.ftpalg.server.audit.record.AuditField.DETAIL;
import static io.ftpalg.server.audit.record.AuditField.DIRECTION;
import static io.ftpalg.server.audit.record.AuditField.DURATION_MS;
import static io.ftpalg.server.audit.record.AuditField.END;
import static io.ftpalg.server.audit.record.AuditField.FINDINGS;
import static io.ftpalg.server.audit.record.AuditField.LIMIT;
import static io.ftpalg.server.audit.record.AuditField.PATH;
import static io.ftpalg.server.audit.record.AuditField.PERIOD;
import static io.ftpalg.server.audit.record.AuditField.PROXY_GROUPS;
import static io.ftpalg.server.audit.record.AuditField.PROXY_USER;
import static io.ftpalg.server.audit.record.AuditField.QUOTA_NAME;
import static io.ftpalg.server.audit.record.AuditField.QUOTA_OF;
import static io.ftpalg.server.audit.record.AuditField.REASON;
import static io.ftpalg.server.audit.record.AuditField.RECEIVED;
import static io.ftpalg.server.audit.record.AuditField.RESULT;
import static io.ftpalg.server.audit.record.AuditField.RULE;
import static io.ftpalg.server.audit.record.AuditField.SENT;
import static io.ftpalg.server.audit.record.AuditField.SHA256;
import static io.ftpalg.server.audit.record.AuditField.SIDE;
import static io.ftpalg.server.audit.record.AuditField.TRANSFERS;
import static io.ftpalg.server.audit.record.AuditField.UNIT;
import static io.ftpalg.server.audit.record.AuditField.USED;
import static io.ftpalg.server.audit.record.AuditField.USER;
import static io.ftpalg.server.audit.record.AuditField.VERB;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.audit.AuditPlaces.Place;
import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.quota.CounterName;
import io.ftpalg.server.quota.QuotaExceeded;
import io.ftpalg.server.quota.QuotaListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes audit records of the events of sessions: each has what is known of its session by then. One for all gateways of the program;
 * the facts of a session are used on its event loop only. No event carries a secret.
 */
final class SessionRecords implements AlgListener, QuotaListener {
    private final Audit audit;
    private final Map<Long, Fields> facts = new ConcurrentHashMap<>();
    /** Of running transfers: they are cut if they have more to move. */
    private final Map<Long, QuotaExceeded> usedUp = new ConcurrentHashMap<>();

    SessionRecords(Audit audit) {
        this.audit = audit;
    }

    /** Returns the facts of a session; without effect where it was opened before the audit was turned on. */
    private Fields facts(long session) {
        Fields known = facts.get(session);
        return known == null ? AuditPlaces.session(session) : known;
    }

    private Fields record(long session) {
        return new Fields().putAll(facts(session));
    }

    /** Returns how many sessions have facts. */
    int sessions() {
        return facts.size();
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        Fields known = AuditPlaces.session(event.session());
        AuditPlaces.put(known, Place.CLIENT, event.client());
        facts.put(event.session(), known);
        Fields fields = new Fields().putAll(known);
        AuditPlaces.put(fields, Place.LISTENER, event.listener());
        audit.publish(AuditEvent.SESSION_OPENED, fields);
    }

    @Override
    public void sessionRefused(SessionRefused event) {
        Fields fields = new Fields().put(CAUSE, event.cause().name()).putText(DETAIL, event.detail());
        AuditPlaces.put(fields, Place.CLIENT, event.client());
        audit.publish(AuditEvent.SESSION_REFUSED, fields);
    }

    @Override
    public void proxyAuthenticated(ProxyAuthenticated event) {
        facts(event.session())
                .put(PROXY_USER, event.user().name())
                .put(PROXY_GROUPS, List.copyOf(new TreeSet<>(event.user().groups())));
        audit.publish(AuditEvent.LOGIN_ACCEPTED, record(event.session()).put(AT, "gateway"));
    }

    @Override
    public void proxyRefused(ProxyRefused event) {
        Fields fields = record(event.session()).put(AT, "gateway").put(PROXY_USER, event.user());
        AuditPlaces.put(fields, Place.CLIENT, event.client());
        audit.publish(AuditEvent.LOGIN_REFUSED, fields);
    }

    @Override
    public void serverConnected(ServerConnected event) {
        AuditPlaces.put(facts(event.session()), Place.SERVER, event.server());
    }

    @Override
    public void sessionSecured(SessionSecured event) {
        AuditPlaces.putTls(
                facts(event.session()),
                event.side() == Side.CLIENT ? Place.CLIENT : Place.SERVER,
                Optional.of(event.tls()));
    }

    @Override
    public void sessionAuthenticated(SessionAuthenticated event) {
        Fields known = facts(event.session()).put(USER, event.user());
        AuditPlaces.put(known, Place.SERVER, event.server());
        audit.publish(AuditEvent.LOGIN_ACCEPTED, record(event.session()).put(AT, "server"));
    }

    @Override
    public void loginRefused(LoginRefused event) {
        Fields fields = record(event.session()).put(AT, "server").put(USER, event.user());
        AuditPlaces.put(fields, Place.SERVER, event.server());
        audit.publish(AuditEvent.LOGIN_REFUSED, fields);
    }

    @Override
    public void transferStarted(TransferStarted event) {
        audit.publish(
                AuditEvent.TRANSFER_STARTED,
                transfer(record(event.session()), event.user(), event.verb(), event.path()));
    }

    @Override
    public void inspectionEnded(InspectionEnded event) {
        Map<String, String> found = new TreeMap<>(event.findings());
        Optional<String> sha256 = Optional.ofNullable(found.remove("sha256"));
        Optional<String> crc32c = Optional.ofNullable(found.remove("crc32c"));
        audit.publish(
                AuditEvent.CONTENT_INSPECTED,
                transfer(record(event.session()), event.user(), event.verb(), event.path())
                        .put(END, event.end().name())
                        .put(REASON, event.reason())
                        .put(SHA256, sha256)
                        .put(CRC32C, crc32c)
                        .put(
                                FINDINGS,
                                found.entrySet().stream()
                                        .map(one -> one.getKey() + "=" + one.getValue())
                                        .toList()));
    }

    @Override
    public void remnantHandled(RemnantHandled event) {
        audit.publish(
                AuditEvent.REMNANT_HANDLED,
                transfer(record(event.session()), event.user(), event.verb(), event.path())
                        .put(RECEIVED, event.code())
                        .put(RESULT, event.deleted() ? "deleted" : "kept")
                        .put(REASON, Optional.of(event.detail()).filter(text -> !text.isEmpty())));
    }

    @Override
    public void exceeded(QuotaExceeded event) {
        if (event.refused()) {
            quotaExceeded(event);
        } else {
            usedUp.put(event.session(), event);
        }
    }

    private void quotaExceeded(QuotaExceeded event) {
        CounterName quota = event.quota();
        audit.publish(
                AuditEvent.QUOTA_EXCEEDED,
                transfer(
                                record(event.session()),
                                Optional.empty(),
                                event.command().verb(),
                                event.command().argument())
                        .put(QUOTA_OF, quota.group() ? "group" : "user")
                        .put(QUOTA_NAME, quota.name())
                        .put(PERIOD, quota.period().name().toLowerCase(Locale.ROOT))
                        .put(UNIT, event.files() ? "files" : "bytes")
                        .put(LIMIT, event.limit())
                        .put(USED, event.used())
                        .put(RESULT, event.refused() ? "refused" : "cut"));
    }

    @Override
    public void transferFinished(TransferFinished event) {
        QuotaExceeded quota = usedUp.remove(event.session());
        if (quota != null && event.end() == TransferEnd.OVER_LIMIT) {
            quotaExceeded(quota);
        }
        Fields fields = transfer(record(event.session()), event.user(), event.verb(), event.path())
                .put(BYTES_TO_CLIENT, event.bytesToClient())
                .put(BYTES_TO_SERVER, event.bytesToServer())
                .put(DURATION_MS, event.duration().toMillis())
                .put(RECEIVED, event.received())
                .put(SENT, event.sent())
                .put(END, event.end().name())
                .put(DATA_PATH, event.dataPath().map(path -> path.name().toLowerCase(Locale.ROOT)));
        AuditPlaces.put(fields, Place.CLIENT, event.clientAddress());
        AuditPlaces.put(fields, Place.SERVER, event.serverAddress());
        AuditPlaces.putLeg(fields, Place.CLIENT_DATA, event.client());
        AuditPlaces.putLeg(fields, Place.SERVER_DATA, event.server());
        audit.publish(AuditEvent.TRANSFER_FINISHED, fields);
    }

    @Override
    public void commandDenied(CommandDenied event) {
        Fields fields = record(event.session())
                .put(USER, event.user())
                .put(VERB, event.verb().name())
                .put(DIRECTION, event.direction().name().toLowerCase(Locale.ROOT))
                .put(RULE, event.rule())
                .put(PATH, event.path())
                .put(SENT, event.code());
        AuditPlaces.put(fields, Place.CLIENT, event.client());
        audit.publish(AuditEvent.COMMAND_DENIED, fields);
    }

    private static Fields transfer(Fields fields, Optional<String> user, FtpVerb verb, String path) {
        return fields.put(USER, user)
                .put(VERB, verb.name())
                .putText(PATH, path)
                .put(
                        DIRECTION,
                        verb.is(FtpVerb.Trait.UPLOAD) ? "upload" : verb == FtpVerb.RETR ? "download" : "listing");
    }

    @Override
    public void rejected(Rejected event) {
        Fields fields = record(event.session())
                .put(REASON, event.reason().name())
                .put(SIDE, event.side().name().toLowerCase(Locale.ROOT));
        event.named().ifPresent(named -> AuditPlaces.put(fields, Place.NAMED, named));
        audit.publish(AuditEvent.PEER_REJECTED, fields);
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        Fields fields = record(event.session())
                .put(USER, event.user())
                .put(BYTES_TO_CLIENT, event.bytesToClient())
                .put(BYTES_TO_SERVER, event.bytesToServer())
                .put(DURATION_MS, event.duration().toMillis())
                .put(CAUSE, event.cause().name())
                .put(COMMANDS, event.commands())
                .put(TRANSFERS, event.transfers())
                .putText(DETAIL, event.detail());
        AuditPlaces.put(fields, Place.CLIENT, event.client());
        event.server().ifPresent(server -> AuditPlaces.put(fields, Place.SERVER, server));
        facts.remove(event.session());
        usedUp.remove(event.session());
        audit.publish(AuditEvent.SESSION_CLOSED, fields);
    }
}
