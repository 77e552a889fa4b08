package io.ftpalg.server.audit.record;

import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.audit.record.AuditRecord.Origin;
import java.time.Instant;

/** Records for tests. Stateless. */
public final class TestRecords {
    /** Where they come from. */
    public static final Origin ORIGIN = new Origin("gw1", "0123456789abcdef");

    private TestRecords() {}

    /** Returns a record of a transfer with this path. */
    public static AuditRecord transfer(long seq, String path) {
        return new Fields()
                .put(AuditField.SESSION, 7L)
                .put(AuditField.VERB, "STOR")
                .put(AuditField.PATH, path)
                .record(seq, Instant.parse("2026-11-29T05:15:00.123Z"), ORIGIN, AuditEvent.TRANSFER_FINISHED);
    }
}
