package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.audit.record.JsonLine;
import io.ftpalg.server.audit.record.TestRecords;
import io.ftpalg.server.audit.sink.SinkSettings.Facility;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {

    private static String message(AuditRecord record, Facility facility) {
        return new String(SyslogMessage.of(record, facility, 42), StandardCharsets.UTF_8);
    }

    @Test
    void hasTheHeaderOfRfc5424AndTheRecord() {
        AuditRecord record = TestRecords.transfer(3, "x");

        assertThat(message(record, Facility.LOCAL0))
                .isEqualTo("<134>1 2026-11-29T05:15:00.123Z gw1 ftp-alg 42 transfer_finished - " + JsonLine.of(record));
    }

    @Test
    void aRefusalIsANotice() {
        AuditRecord record = new Fields().record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.LOGIN_REFUSED);

        assertThat(message(record, Facility.AUTHPRIV)).startsWith("<85>1 ");
    }

    @Test
    void aFailureIsANotice() {
        AuditRecord record = new Fields()
                .put(AuditField.RESULT, "failed")
                .record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.CONFIG_RELOADED);

        assertThat(message(record, Facility.DAEMON)).startsWith("<29>1 ");
    }
}
