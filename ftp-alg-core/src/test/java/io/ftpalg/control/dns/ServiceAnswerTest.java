package io.ftpalg.control.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.NameServer;
import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.protocol.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceAnswerTest {
    private static final String NAME = "_ftp._tcp.example.com";

    private final List<DnsRecord> answer = new ArrayList<>();

    @Test
    void readsServersAndTheShortestTtl() throws UnknownHostException {
        answer.add(record(60, NameServer.service(10, 5, 2121, "FTP1.example.com")));
        answer.add(record(30, NameServer.service(20, 0, 65_535, "ftp2.example.com")));

        assertThat(decode())
                .isEqualTo(new ServiceAnswer(
                        List.of(
                                new ServiceRecord(10, 5, new HostPort("ftp1.example.com", 2121)),
                                new ServiceRecord(20, 0, new HostPort("ftp2.example.com", 65_535))),
                        30));
    }

    @Test
    void readsANameThatPointsBackIntoTheMessage() throws UnknownHostException {
        // RFC 2782 forbids it, and there are servers that do it all the same.
        ByteBuf message = Unpooled.copiedBuffer(new byte[] {1, 'a', 1, 'b', 0, 0, 1, 0, 2, 0, 21, (byte) 0xC0, 0});
        answer.add(record(60, message.setIndex(5, message.writerIndex())));

        assertThat(decode().records()).containsExactly(new ServiceRecord(1, 2, new HostPort("a.b", 21)));
    }

    @Test
    void passesOverWhatNamesNoServer() throws UnknownHostException {
        answer.add(record(60, NameServer.service(10, 5, 0, "no-port.example.com")));
        answer.add(record(60, NameServer.service(10, 5, 21, "no name")));
        answer.add(record(60, Unpooled.wrappedBuffer(new byte[] {0, 1, 0, 2, 0})));
        answer.add(record(60, Unpooled.wrappedBuffer(new byte[] {0, 1, 0, 2, 0, 21, 9, 'c', 'u', 't'})));
        answer.add(record(60, Unpooled.wrappedBuffer(new byte[] {0, 1, 0, 2, 0, 21, (byte) 0xC0, 6})));
        answer.add(record(60, NameServer.service(10, 5, 21, "ftp1.example.com")));

        assertThat(decode().records())
                .extracting(record -> record.server().host())
                .containsExactly("ftp1.example.com");
    }

    @Test
    void tellsThatAServiceIsNotOffered() {
        answer.add(record(60, NameServer.service(0, 0, 0, "")));

        assertThatThrownBy(this::decode)
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining(NAME);
    }

    private ServiceAnswer decode() throws UnknownHostException {
        try {
            return ServiceAnswer.decode(NAME, answer);
        } finally {
            assertThat(answer).allMatch(record -> ((DnsRawRecord) record).refCnt() == 0);
        }
    }

    private static DnsRecord record(long ttl, ByteBuf content) {
        return new DefaultDnsRawRecord(NAME + '.', DnsRecordType.SRV, ttl, content);
    }
}
