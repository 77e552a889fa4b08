package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.JsonLine;
import io.ftpalg.server.audit.sink.SinkSettings.Facility;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** A record as a message of syslog (RFC 5424): its event is the MSGID, and its JSON the MSG. Stateless. */
final class SyslogMessage {
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;
    private static final Set<AuditEvent> NOTICES = EnumSet.of(
            AuditEvent.RECORDS_DROPPED,
            AuditEvent.SESSION_REFUSED,
            AuditEvent.LOGIN_REFUSED,
            AuditEvent.COMMAND_DENIED,
            AuditEvent.PEER_REJECTED);

    private SyslogMessage() {}

    /** Returns the bytes of the message, without the framing of a transport. */
    static byte[] of(AuditRecord record, Facility facility, long pid) {
        String header = "<" + (facility.number() * 8 + severity(record)) + ">1 " + JsonLine.time(record.time()) + " "
                + record.origin().instance() + " ftp-alg " + pid + " "
                + record.event().text() + " - ";
        return (header + JsonLine.of(record)).getBytes(StandardCharsets.UTF_8);
    }

    private static int severity(AuditRecord record) {
        boolean failed = record.text(AuditField.RESULT).filter("failed"::equals).isPresent();
        return NOTICES.contains(record.event()) || failed ? NOTICE : INFORMATIONAL;
    }
}
