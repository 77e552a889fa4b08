package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.AuditRecord.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditRecordTest {

    @Test
    void weighsItsTexts() {
        AuditRecord record = new Fields()
                .put(AuditField.PATH, "12345")
                .put(AuditField.PROXY_GROUPS, List.of("12", "3"))
                .put(AuditField.SENT, 226)
                .record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.TRANSFER_FINISHED);

        assertThat(record.weight()).isEqualTo(AuditRecord.FIXED_WEIGHT + 8);
    }

    @Test
    void leavesOutWhatIsNotThere() {
        Fields fields = new Fields().put(AuditField.SENT, Optional.empty()).putText(AuditField.DETAIL, "");

        assertThat(fields.record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.SESSION_CLOSED)
                        .fields())
                .isEmpty();
    }

    @Test
    void hasTextsAndNumbers() {
        AuditRecord record = new Fields()
                .put(AuditField.SENT, 226)
                .record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.TRANSFER_FINISHED);

        assertThat(record.number(AuditField.SENT)).isEqualTo(226);
        assertThat(record.number(AuditField.RECEIVED)).isZero();
        assertThat(record.text(AuditField.SENT)).contains("226");
        assertThat(record.text(AuditField.PATH)).isEmpty();
    }
}
