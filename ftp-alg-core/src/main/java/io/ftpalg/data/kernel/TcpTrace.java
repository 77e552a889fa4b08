package io.ftpalg.data.kernel;

import io.ftpalg.data.netlink.ConntrackEntry.Counter;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.NftRule;
import java.util.Optional;

/**
 * What SYN, FIN and RST of one connection say of its payload: a FIN's sequence number less a SYN's is what was sent, but modulo
 * 4 GiB. The counters of conntrack, which include headers and retransmissions, tell how many times 4 GiB. Owned by a {@link Flow}.
 */
final class TcpTrace {
    private static final long MODULUS = 1L << 32;
    private static final int IP_AND_TCP_HEADERS = 40;
    /** Length of the option, padded. */
    private static final int TIMESTAMPS = 12;

    private final OneWay fromPeer = new OneWay();
    private final OneWay fromTarget = new OneWay();
    /** Options of each packet but SYN: a SYN ACK has agreed to timestamps (RFC 7323 section 3.2), or not. */
    private int options;

    private Optional<FlowSide> resetBy = Optional.empty();

    /** Payload of one direction, and whether it is what TCP counted. */
    record Count(long bytes, boolean exact) {}

    /** What one side sends. Sequence numbers are 0 to 2^32-1. */
    private static final class OneWay {
        private static final long UNKNOWN = -1;

        /** Sequence number of the first byte of payload. */
        private long start = UNKNOWN;
        /** Sequence number behind the last byte of payload. */
        private long end = UNKNOWN;

        /** Headers of each packet without TCP's options. */
        private int headers = IP_AND_TCP_HEADERS;

        private int synOptions;
        private boolean fin;
        private boolean acknowledged;
    }

    /** Takes a packet of this side into account. */
    void onPacket(FlowSide side, LoggedPacket packet) {
        OneWay sent = stream(side);
        OneWay received = stream(side.other());
        boolean syn = packet.has(NftRule.SYN);
        if (syn) {
            sent.start = modulo(packet.sequence() + 1);
            sent.headers = packet.headersWithoutOptions();
            sent.synOptions = packet.options();
            if (packet.has(NftRule.ACK)) {
                received.start = packet.acknowledged();
                received.headers = sent.headers;
                options = packet.timestamps() ? TIMESTAMPS : 0;
            }
        }
        if (packet.has(NftRule.RST)) {
            onReset(side, packet);
        } else if (packet.has(NftRule.FIN)) {
            onFin(sent, packet);
        }
        if (packet.has(NftRule.ACK) && received.fin) {
            onAcknowledgement(received, packet.acknowledged());
        }
    }

    private static void onFin(OneWay sent, LoggedPacket packet) {
        sent.fin = true;
        if (packet.payload() != LoggedPacket.UNKNOWN) {
            sent.end = modulo(packet.sequence() + packet.payload());
        }
    }

    private static void onAcknowledgement(OneWay fin, long acknowledged) {
        if (fin.end == OneWay.UNKNOWN) {
            fin.end = modulo(acknowledged - 1);
        }
        fin.acknowledged |= acknowledged == modulo(fin.end + 1);
    }

    /** An RST has what its sender has sent and, with ACK, what it has received, which is what counts of a stream that it cuts. */
    private void onReset(FlowSide side, LoggedPacket packet) {
        resetBy = Optional.of(side);
        OneWay sent = stream(side);
        OneWay received = stream(side.other());
        if (!sent.fin && sent.start != OneWay.UNKNOWN) {
            sent.end = packet.sequence();
        }
        if (packet.has(NftRule.ACK) && !(received.fin && packet.acknowledged() == modulo(received.end + 1))) {
            received.fin = false;
            received.end = packet.acknowledged();
        }
    }

    /** Returns which side sent RST. */
    Optional<FlowSide> resetBy() {
        return resetBy;
    }

    /** Returns whether this side has ended its stream. */
    boolean ended(FlowSide side) {
        return stream(side).fin;
    }

    /** Returns whether the other side has been seen to acknowledge the end of what this side sent. */
    boolean acknowledged(FlowSide side) {
        return stream(side).fin && stream(side).acknowledged;
    }

    /** Returns whether both sides have ended their streams, and each has been seen to acknowledge what the other sent. */
    boolean complete() {
        return complete(fromPeer) && complete(fromTarget);
    }

    private static boolean complete(OneWay stream) {
        return stream.fin && (stream.acknowledged || stream.start == stream.end);
    }

    /** Returns the payload that this side has sent. */
    Count count(FlowSide side, Counter counter) {
        OneWay stream = stream(side);
        long estimate = estimate(side, counter);
        if (stream.start == OneWay.UNKNOWN || stream.end == OneWay.UNKNOWN) {
            return new Count(estimate, estimate == 0);
        }
        long rest = modulo(stream.end - stream.start);
        long times = Math.max(0, estimate - rest + MODULUS / 2) / MODULUS;
        return new Count(rest + times * MODULUS, true);
    }

    /** Returns about what this side has sent so far, retransmissions included. */
    long estimate(FlowSide side, Counter counter) {
        OneWay stream = stream(side);
        long headers = counter.packets() * (stream.headers + options) + Math.max(0, stream.synOptions - options);
        return Math.max(0, counter.bytes() - headers);
    }

    private OneWay stream(FlowSide side) {
        return side == FlowSide.PEER ? fromPeer : fromTarget;
    }

    private static long modulo(long sequence) {
        return sequence & MODULUS - 1;
    }
}
