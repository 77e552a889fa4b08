package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.AuditRecord.Fields;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class XferlogLineTest {
    private static final Instant AT = Instant.parse("2026-11-09T06:34:49.300Z");

    private static Fields fields(String verb, String direction) {
        return new Fields()
                .put(AuditField.CLIENT_IP, "127.0.0.1")
                .put(AuditField.USER, "bob")
                .put(AuditField.VERB, verb)
                .put(AuditField.PATH, "/pub/a x.bin")
                .put(AuditField.DIRECTION, direction)
                .put(AuditField.BYTES_TO_CLIENT, 7)
                .put(AuditField.BYTES_TO_SERVER, 30000)
                .put(AuditField.DURATION_MS, 16)
                .put(AuditField.END, "COMPLETE");
    }

    private static Optional<String> line(Fields fields) {
        return XferlogLine.of(fields.record(1, AT, TestRecords.ORIGIN, AuditEvent.TRANSFER_FINISHED), ZoneOffset.UTC);
    }

    /** vsftpd's line of the same upload, but for its own name of the user of an anonymous session. */
    @Test
    void isAsVsftpdWritesIt() {
        assertThat(line(fields("STOR", "upload").put(AuditField.USER, "anonymous")))
                .contains("Mon Nov  9 06:34:49 2026 1 127.0.0.1 30000 /pub/a_x.bin b _ i a anonymous ftp 0 * c");
    }

    @Test
    void aDownloadIsOutgoingAndOfARealUser() {
        assertThat(line(fields("RETR", "download"))).get().asString().endsWith(" 7 /pub/a_x.bin b _ o r bob ftp 0 * c");
    }

    @Test
    void whatWasCutIsIncomplete() {
        assertThat(line(fields("RETR", "download").put(AuditField.END, "CLIENT_RESET")))
                .get()
                .asString()
                .endsWith(" i");
    }

    @Test
    void aListingHasNoLine() {
        assertThat(line(fields("LIST", "listing"))).isEmpty();
    }

    @Test
    void anotherEventHasNoLine() {
        assertThat(XferlogLine.of(
                        fields("RETR", "download").record(1, AT, TestRecords.ORIGIN, AuditEvent.TRANSFER_STARTED),
                        ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    void aHostileNameIsOneWord() {
        assertThat(line(fields("STOR", "upload").put(AuditField.PATH, "a\r\nb\u00a0\tc")))
                .get()
                .asString()
                .hasLineCount(1)
                .contains(" a\\x0d\\x0ab\\xa0\\x09c b ")
                .satisfies(line -> assertThat(line.split(" +")).hasSize(18));
    }

    @Test
    void hasTheTimeOfItsZone() {
        assertThat(XferlogLine.of(
                        fields("RETR", "download").record(1, AT, TestRecords.ORIGIN, AuditEvent.TRANSFER_FINISHED),
                        ZoneId.of("Asia/Tokyo")))
                .get()
                .asString()
                .startsWith("Mon Nov  9 15:34:49 2026 1 ");
    }
}
