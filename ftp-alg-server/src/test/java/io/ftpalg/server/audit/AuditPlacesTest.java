package io.ftpalg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.AuditPlaces.Place;
import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.audit.record.TestRecords;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditPlacesTest {

    private static Object ip(InetSocketAddress address) {
        Fields fields = new Fields();
        AuditPlaces.put(fields, Place.SERVER, address);
        return fields.record(1, Instant.EPOCH, TestRecords.ORIGIN, AuditEvent.LOGIN_ACCEPTED)
                .text(AuditField.SERVER_IP)
                .orElseThrow();
    }

    @Test
    void anIpv6AddressHasNoBrackets() {
        assertThat(ip(new InetSocketAddress("2001:db8::1", 21))).isEqualTo("2001:db8::1");
    }

    @Test
    void aNameThatWasNotResolvedIsTheName() {
        assertThat(ip(InetSocketAddress.createUnresolved("ftp.example", 21))).isEqualTo("ftp.example");
    }
}
