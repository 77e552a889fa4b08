package io.ftpalg.control.dns;

import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.protocol.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.util.ReferenceCountUtil;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer of DNS to a look-up of a service (SRV, RFC 2782). Immutable.
 *
 * @param records its servers, at least one
 * @param ttl for how many seconds that is valid
 */
record ServiceAnswer(List<ServiceRecord> records, long ttl) {
    private static final int FIXED_PART = 6;

    ServiceAnswer {
        records = List.copyOf(records);
    }

    /** Reads an answer and releases its records; a record that names no server is passed over. */
    static ServiceAnswer decode(String name, List<DnsRecord> answer) throws UnknownHostException {
        try {
            List<ServiceRecord> records = new ArrayList<>();
            long ttl = Long.MAX_VALUE;
            for (DnsRecord record : answer) {
                ttl = Math.min(ttl, record.timeToLive());
                if (record instanceof DnsRawRecord raw) {
                    decode(raw.content().duplicate()).ifPresent(records::add);
                }
            }
            if (records.isEmpty()) {
                // One record with the target "." says that the service is not offered there.
                throw new UnknownHostException(name + ": no server offers it");
            }
            return new ServiceAnswer(records, ttl);
        } finally {
            answer.forEach(ReferenceCountUtil::release);
        }
    }

    private static Optional<ServiceRecord> decode(ByteBuf content) {
        if (content.readableBytes() <= FIXED_PART) {
            return Optional.empty();
        }
        int priority = content.readUnsignedShort();
        int weight = content.readUnsignedShort();
        int port = content.readUnsignedShort();
        try {
            String target = HostPort.canonicalName(DefaultDnsRecordDecoder.decodeName(content));
            return Optional.of(new ServiceRecord(priority, weight, new HostPort(target, port)));
        } catch (RuntimeException e) {
            // Neither a name nor a port that could be connected to, or a name that ends in the middle.
            return Optional.empty();
        }
    }
}
