package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.netlink.Conntrack.Direction;
import io.ftpalg.data.netlink.Conntrack.Tuple;
import io.ftpalg.data.netlink.ConntrackEntry.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConntrackTest {
    private static final Tuple TUPLE =
            new Tuple(new InetSocketAddress("10.0.0.1", 0x1234), new InetSocketAddress("10.0.0.2", 0x5678));
    private static final Tuple TUPLE6 = new Tuple(new InetSocketAddress("::1", 1), new InetSocketAddress("::2", 2));
    private static final String ADDRESSES = "1400 0180 0800 0100 0a000001 0800 0200 0a000002";
    private static final String PORTS = "1c00 0280 0500 0100 06 000000 0600 0200 1234 0000 0600 0300 5678 0000";
    private static final String TUPLE_ATTRIBUTES = ADDRESSES + PORTS;
    private static final String ENTRY = "02000000" + "3400 0180" + TUPLE_ATTRIBUTES + "3400 0280" + TUPLE_ATTRIBUTES
            + "1000 0480 0c00 0180 0500 0100 05 000000"
            + "1c00 0980 0c00 0100 0000000000000003 0c00 0200 0000000000000100"
            + "1c00 0a80 0c00 0100 0000000000000004 0c00 0200 0000000200000000" + "0800 0c00 deadbeef";

    private FakeKernel kernel;
    private NetlinkSocket socket;
    private Conntrack conntrack;

    @BeforeEach
    void open() throws IOException {
        kernel = new FakeKernel();
        socket = kernel.socket();
        conntrack = new Conntrack(socket);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        kernel.close();
    }

    @Test
    void asksForTheEntryOfATuple() throws IOException {
        kernel.answer(0x100, 0, 1, ENTRY);
        kernel.acknowledge(1, 0);

        assertThat(conntrack.get(Direction.ORIGINAL, TUPLE))
                .contains(new ConntrackEntry(
                        0xDEADBEEF,
                        TUPLE,
                        TUPLE,
                        ConntrackEntry.CLOSE_WAIT,
                        new Counter(3, 256),
                        new Counter(4, 1L << 33)));
        assertThat(kernel.request())
                .isEqualTo(plain("48000000 0101 0500 01000000 00000000 02000000" + "3400 0180" + TUPLE_ATTRIBUTES));
    }

    @Test
    void asksByTheTupleOfReplies() throws IOException {
        kernel.acknowledge(1, Errno.ENOENT);

        assertThat(conntrack.get(Direction.REPLY, TUPLE6)).isEmpty();
        assertThat(kernel.request())
                .isEqualTo(plain("60000000 0101 0500 01000000 00000000 0a000000" + "4c00 0280 2c00 0180"
                        + "1400 0300 00000000000000000000000000000001" + "1400 0400 00000000000000000000000000000002"
                        + "1c00 0280 0500 0100 06 000000 0600 0200 0001 0000 0600 0300 0002 0000"));
    }

    @Test
    void deletesByTupleAndOnlyTheEntryOfAnIdentifier() throws IOException {
        kernel.acknowledge(1, 0);
        kernel.acknowledge(2, Errno.ENOENT);

        assertThat(conntrack.delete(Direction.ORIGINAL, TUPLE)).isTrue();
        ConntrackEntry entry = new ConntrackEntry(7, TUPLE, TUPLE, 0, new Counter(0, 0), new Counter(0, 0));
        assertThat(conntrack.delete(entry)).isFalse();

        assertThat(kernel.request()).startsWith(plain("48000000 0201 0500 01000000"));
        assertThat(kernel.request())
                .startsWith(plain("50000000 0201 0500 02000000"))
                .endsWith(plain("0800 0c00 00000007"));
    }

    @Test
    void listsTranslatedConnectionsWithoutCountersAndPorts() throws IOException {
        kernel.answer(0x100, 2, 1, ENTRY);
        kernel.answer(0x100, 2, 1, "02000000 1800 0180" + ADDRESSES + "1800 0280" + ADDRESSES);
        kernel.answer(NetlinkMessage.DONE, 2, 1, "00000000");
        List<ConntrackEntry> found = new ArrayList<>();

        conntrack.dump(IpVersion.IPV4, found::add);

        assertThat(found).hasSize(2);
        assertThat(found.get(1).original().from()).isEqualTo(new InetSocketAddress("10.0.0.1", 0));
        assertThat(found.get(1).sent()).isEqualTo(new Counter(0, 0));
        assertThat(found.get(1).state()).isZero();
        assertThat(kernel.request())
                .isEqualTo(plain(
                        "24000000 0101 0503 01000000 00000000 02000000" + "0800 0300 00000020 0800 1a00 00000020"));
    }

    @Test
    void throwsOtherRefusals() throws IOException {
        kernel.acknowledge(1, Errno.EPERM);
        assertThatThrownBy(conntrack::probe).hasMessage("EPERM");

        kernel.answer(0x100, 0, 2, "02000000");
        assertThatThrownBy(() -> conntrack.get(Direction.ORIGINAL, TUPLE))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("malformed");
    }

    @Test
    void treatsNoSuchEntryAsASuccessfulProbe() throws IOException {
        kernel.acknowledge(1, Errno.ENOENT);

        conntrack.probe();
    }

    private static String plain(String hex) {
        return hex.replace(" ", "");
    }
}
