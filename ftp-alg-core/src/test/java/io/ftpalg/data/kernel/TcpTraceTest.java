package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.kernel.TcpTrace.Count;
import io.ftpalg.data.netlink.ConntrackEntry.Counter;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.NftRule;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpTraceTest {
    private static final int SYN = NftRule.SYN;
    private static final int ACK = NftRule.ACK;
    private static final int FIN = NftRule.FIN;
    private static final int RST = NftRule.RST;
    private static final int HEADERS = 52;
    private static final long PEER_START = 1000;
    private static final long TARGET_START = 0xFFFF_FFF0L;
    private static final Counter NOTHING = new Counter(0, 0);

    private final TcpTrace trace = new TcpTrace();

    @Test
    void countsWhatIsBetweenSynAndFinAlsoPastTheEndOfTheNumbers() {
        connect();
        packet(FlowSide.TARGET, FIN | ACK, TARGET_START + 1 + 200, PEER_START + 1, 100);

        assertThat(trace.complete()).isFalse();
        packet(FlowSide.PEER, FIN | ACK, PEER_START + 1, TARGET_START + 1 + 300 + 1, 0);

        assertThat(trace.complete()).isTrue();
        assertThat(trace.count(FlowSide.TARGET, counted(300, 1))).isEqualTo(new Count(300, true));
        assertThat(trace.count(FlowSide.PEER, NOTHING)).isEqualTo(new Count(0, true));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                0xFFFF_FFFFL,
                0x1_0000_0000L,
                0x1_0000_0001L,
                5_120_000_000L,
                0x2_FFFF_FFFFL,
                0x3_0000_0000L,
                1L << 40
            })
    void countsMoreThanTheNumbersHoldByTheCounters(long bytes) {
        connect();
        packet(FlowSide.TARGET, FIN | ACK, TARGET_START + 1 + bytes, PEER_START + 1, 0);

        long packets = bytes / 1448 + 3;
        long retransmitted = Math.min(bytes / 100, 1L << 30);
        assertThat(trace.count(FlowSide.TARGET, counted(bytes + retransmitted, packets)))
                .isEqualTo(new Count(bytes, true));
    }

    @Test
    void countsByNumbersAloneWhereNothingIsCounted() {
        connect();
        packet(FlowSide.TARGET, FIN | ACK, TARGET_START + 1 + 700, PEER_START + 1, 0);

        assertThat(trace.count(FlowSide.TARGET, NOTHING)).isEqualTo(new Count(700, true));
    }

    @Test
    void takesTheOtherSidesWordWhereTheLengthOfTheFinIsUnknown() {
        connect();
        packet(FlowSide.TARGET, FIN | ACK, TARGET_START + 1 + 200, PEER_START + 1, LoggedPacket.UNKNOWN);
        assertThat(trace.count(FlowSide.TARGET, counted(70_200, 2)).exact()).isFalse();

        packet(FlowSide.PEER, FIN | ACK, PEER_START + 1, TARGET_START + 1 + 70_200 + 1, 0);

        assertThat(trace.complete()).isTrue();
        assertThat(trace.count(FlowSide.TARGET, counted(70_200, 2))).isEqualTo(new Count(70_200, true));
    }

    @Test
    void knowsThePeersNumberFromTheSynAckToo() {
        packet(FlowSide.TARGET, SYN | ACK, TARGET_START, PEER_START + 1, 0);
        packet(FlowSide.PEER, FIN | ACK, PEER_START + 1 + 50, TARGET_START + 1, 0);

        assertThat(trace.count(FlowSide.PEER, NOTHING)).isEqualTo(new Count(50, true));
    }

    @Test
    void estimatesWhatItHasNotSeenTheEndOf() {
        assertThat(trace.count(FlowSide.PEER, new Counter(2, 1080))).isEqualTo(new Count(1000, false));

        connect();

        assertThat(trace.estimate(FlowSide.PEER, counted(5000, 5))).isEqualTo(5000);
        assertThat(trace.count(FlowSide.PEER, counted(5000, 5))).isEqualTo(new Count(5000, false));
        assertThat(trace.count(FlowSide.PEER, counted(0, 5))).isEqualTo(new Count(0, true));
        assertThat(trace.estimate(FlowSide.PEER, new Counter(5, 100))).isZero();
    }

    @Test
    void countsHeadersWithoutTimestampsWhereTheSynAckHasNone() {
        packet(FlowSide.PEER, SYN, PEER_START, 0, 0);
        trace.onPacket(
                FlowSide.TARGET,
                new LoggedPacket(true, address(1), address(2), 1, PEER_START + 1, SYN | ACK, 40, 4, false, 0));

        assertThat(trace.estimate(FlowSide.TARGET, new Counter(3, 3 * 60 + 4 + 9)))
                .isEqualTo(9);
    }

    @Test
    void countsWhatAResetHasReceivedOfTheOtherSide() {
        connect();
        packet(FlowSide.TARGET, RST | ACK, TARGET_START + 1, PEER_START + 1 + 4000, 0);

        assertThat(trace.resetBy()).contains(FlowSide.TARGET);
        assertThat(trace.complete()).isFalse();
        assertThat(trace.count(FlowSide.PEER, counted(9000, 9))).isEqualTo(new Count(4000, true));
        assertThat(trace.count(FlowSide.TARGET, NOTHING)).isEqualTo(new Count(0, true));
    }

    @Test
    void countsWhatWasReceivedWhereAResetFollowsAFin() {
        connect();
        packet(FlowSide.PEER, FIN | ACK, PEER_START + 1 + 9000, TARGET_START + 1, 0);
        packet(FlowSide.TARGET, RST | ACK, TARGET_START + 1, PEER_START + 1 + 4000, 0);

        assertThat(trace.ended(FlowSide.PEER)).isFalse();
        assertThat(trace.count(FlowSide.PEER, counted(9000, 9))).isEqualTo(new Count(4000, true));
    }

    @Test
    void countsAllWhereAResetAcknowledgesTheFin() {
        connect();
        packet(FlowSide.PEER, FIN | ACK, PEER_START + 1 + 9000, TARGET_START + 1, 0);
        packet(FlowSide.TARGET, RST | ACK, TARGET_START + 1, PEER_START + 1 + 9000 + 1, 0);

        assertThat(trace.ended(FlowSide.PEER)).isTrue();
        assertThat(trace.count(FlowSide.PEER, counted(9000, 9))).isEqualTo(new Count(9000, true));
    }

    @Test
    void estimatesWhatAResetWithoutAckHasReceived() {
        connect();
        packet(FlowSide.PEER, RST, PEER_START + 1 + 70, 0, 0);

        assertThat(trace.count(FlowSide.PEER, counted(70, 2))).isEqualTo(new Count(70, true));
        assertThat(trace.count(FlowSide.TARGET, counted(5000, 4))).isEqualTo(new Count(5000, false));
    }

    @Test
    void countsNothingOfAConnectionThatIsRefused() {
        packet(FlowSide.PEER, SYN, PEER_START, 0, 0);
        packet(FlowSide.TARGET, RST | ACK, 0, PEER_START + 1, 0);

        assertThat(trace.resetBy()).contains(FlowSide.TARGET);
        assertThat(trace.count(FlowSide.PEER, new Counter(1, 60))).isEqualTo(new Count(0, true));
        assertThat(trace.count(FlowSide.TARGET, new Counter(1, 40))).isEqualTo(new Count(0, true));
    }

    @ParameterizedTest
    @CsvSource({"PEER,TARGET", "TARGET,PEER"})
    void knowsTheOtherSide(FlowSide side, FlowSide other) {
        assertThat(side.other()).isEqualTo(other);
    }

    private void connect() {
        packet(FlowSide.PEER, SYN, PEER_START, 0, 0);
        packet(FlowSide.TARGET, SYN | ACK, TARGET_START, PEER_START + 1, 0);
    }

    private void packet(FlowSide side, int flags, long sequence, long acknowledged, int payload) {
        boolean syn = (flags & SYN) != 0;
        trace.onPacket(
                side,
                new LoggedPacket(
                        true,
                        address(1),
                        address(2),
                        sequence & 0xFFFF_FFFFL,
                        acknowledged & 0xFFFF_FFFFL,
                        flags,
                        20,
                        syn ? 20 : 12,
                        true,
                        payload));
    }

    /** So much payload in so many packets, of which one is SYN with eight bytes of options more. */
    private static Counter counted(long bytes, long packets) {
        return new Counter(packets, bytes + packets * HEADERS + 8);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("10.0.0.1", port);
    }
}
