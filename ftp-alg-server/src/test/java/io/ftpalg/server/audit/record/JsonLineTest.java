package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.json.JsonReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void hasFieldsInTheOrderOfTheTable() {
        assertThat(JsonLine.of(TestRecords.transfer(3, "in/x.csv")))
                .isEqualTo("{\"schema\":1,\"seq\":3,\"time\":\"2026-11-29T05:15:00.123Z\",\"instance\":\"gw1\","
                        + "\"run\":\"0123456789abcdef\",\"event\":\"transfer_finished\",\"session\":7,\"verb\":\"STOR\","
                        + "\"path\":\"in/x.csv\"}");
    }

    @Test
    void aRecordOfASinkHasNoNumber() {
        assertThat(JsonLine.of(TestRecords.transfer(0, "x"))).doesNotContain("seq");
    }

    @Test
    void aHostileNameIsOneTextInOneLine() {
        String line = JsonLine.of(TestRecords.transfer(1, "a\"\r\n,\"hash\":\"\u00ff\\"));

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(JsonReader.object(line)).containsEntry("path", "a\"\\x0d\\x0a,\"hash\":\"\\xff\\\\");
    }

    @Test
    void hasListsAndFlags() {
        AuditRecord record = new Fields()
                .put(AuditField.PROXY_GROUPS, List.of("a\n", "b"))
                .put(AuditField.CLIENT_TLS_RESUMED, true)
                .record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.LOGIN_ACCEPTED);

        assertThat(JsonLine.of(record))
                .contains("\"proxy_groups\":[\"a\\\\x0a\",\"b\"]", "\"client_tls_resumed\":true");
    }

    @Test
    void hasAnEmptyList() {
        AuditRecord record = new Fields()
                .put(AuditField.PROXY_GROUPS, List.of())
                .record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.LOGIN_ACCEPTED);

        assertThat(JsonLine.of(record)).contains("\"proxy_groups\":[]");
    }

    @Test
    void aTimeHasThreeDigitsOfItsSecond() {
        assertThat(JsonLine.time(Instant.parse("2026-11-29T05:15:00Z"))).isEqualTo("2026-11-29T05:15:00.000Z");
    }
}
