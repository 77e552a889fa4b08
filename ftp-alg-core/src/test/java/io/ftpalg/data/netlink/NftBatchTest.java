package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of each message, which are those of {@code nft --debug=mnl}; NatTableTest has nft read what they amount to. */
class NftBatchTest {
    private static final NftMap TO4 = new NftMap("to4", IpVersion.IPV4, true);
    private static final String NO_PORT_ID = "00000000";

    private FakeKernel kernel;
    private NetlinkSocket socket;

    @BeforeEach
    void open() throws IOException {
        kernel = new FakeKernel();
        socket = kernel.socket();
        kernel.acknowledge(2, 0);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        kernel.close();
    }

    @Test
    void addsATable() throws IOException {
        new NftBatch(socket, "x").table(NftBatch.OWNER).commit();

        assertThat(kernel.request())
                .isEqualTo(batch("24000000 000a 0506" + "0600 0100 7800 0000" + "0800 0200 00000002"));
    }

    @Test
    void addsAMap() throws IOException {
        new NftBatch(socket, "x").map(TO4, 65535, 60_000).commit();

        assertThat(kernel.request())
                .isEqualTo(batch("6c000000 090a 0506" + "0600 0100 7800 0000" + "0800 0200 746f3400"
                        + "0800 0300 00000018" + "0800 0400 000071cd" + "0800 0500 0000000c"
                        + "0800 0600 000001cd" + "0800 0700 00000008" + "0c00 0980 0800 0100 0000ffff"
                        + "0800 0a00 00000001" + "0c00 0b00 000000000000ea60"));
    }

    @Test
    void addsTimeouts() throws IOException {
        new NftBatch(socket, "x")
                .timeouts("d", IpVersion.IPV6, Map.of(NftBatch.CLOSE, 2))
                .commit();

        assertThat(kernel.request())
                .isEqualTo(batch("4c000000 120a 0506" + "0600 0100 7800 0000" + "0600 0200 6400 0000"
                        + "0800 0300 00000007"
                        + "2000 0480" + "0600 0100 000a 0000" + "0500 0200 06 000000"
                        + "0c00 0380 0800 0800 00000002"));
    }

    @Test
    void addsChains() throws IOException {
        kernel.acknowledge(3, 0);

        new NftBatch(socket, "x")
                .chain("b")
                .chain("p", "nat", NftBatch.POSTROUTING, -5)
                .commit();

        assertThat(kernel.request())
                .contains(plain("24000000 030a 0106 02000000 00000000 01000000" + "0600 0100 7800 0000"
                        + "0600 0300 6200 0000"))
                .contains(plain(
                        "48000000 030a 0506 03000000 00000000 01000000" + "0600 0100 7800 0000" + "0600 0300 7000 0000"
                                + "1400 0480 0800 0100 00000004 0800 0200 fffffffb" + "0800 0500 00000001"
                                + "0800 0700 6e617400"));
    }

    @Test
    void addsARule() throws IOException {
        new NftBatch(socket, "x")
                .rule("c", new NftRule().log(21, 100).jump("j"))
                .commit();

        assertThat(kernel.request())
                .isEqualTo(batch("80000000 060a 050c" + "0600 0100 7800 0000" + "0600 0200 6300 0000" + "5c00 0480"
                        + ("2000 0180" + "0800 0100 6c6f6700" + "1400 0280 0600 0100 0015 0000 0800 0300 00000064")
                        + ("3800 0180" + "0e00 0100 696d6d65646961746500 0000" + "2400 0280 0800 0100 00000000"
                                + "1800 0280 1400 0280 0800 0100 fffffffd 0600 0200 6a00 0000")));
    }

    @Test
    void addsAndDeletesElements() throws IOException {
        byte[] key = TO4.key(InetAddress.getByName("10.0.0.1"), new InetSocketAddress("10.0.0.2", 0xA123));
        byte[] data = TO4.data(new InetSocketAddress("10.0.1.3", 0x4567));

        new NftBatch(socket, "x").add(TO4, key, data).commit();
        String added = kernel.request();
        kernel.acknowledge(5, 0);
        new NftBatch(socket, "x").delete(TO4, key).commit();

        String keyOf = "1400 0180 1000 0100 0a000001 0a000002 a1230000";
        assertThat(added)
                .isEqualTo(batch("50000000 0c0a 0506" + "0600 0100 7800 0000" + "0800 0200 746f3400"
                        + "2c00 0380 2800 0180" + keyOf + "1000 0280 0c00 0100 0a000103 45670000"));
        assertThat(kernel.request())
                .contains(plain("40000000 0e0a 0500 05000000 00000000 01000000" + "0600 0100 7800 0000"
                        + "0800 0200 746f3400" + "1c00 0380 1800 0180" + keyOf));
    }

    @Test
    void isRefusedAsAWhole() throws IOException {
        kernel.request();
        NftBatch batch = new NftBatch(socket, "x").table(0);
        kernel.acknowledge(1, Errno.EPERM);
        try (FakeKernel refusing = new FakeKernel();
                NetlinkSocket other = refusing.socket()) {
            refusing.acknowledge(1, Errno.EPERM);

            assertThatThrownBy(() -> new NftBatch(other, "x").table(0).commit()).hasMessage("EPERM");
        }
        batch.commit();
    }

    @Test
    void namesTheBaseChainsOfAHook() throws IOException {
        try (FakeKernel listing = new FakeKernel();
                NetlinkSocket other = listing.socket()) {
            listing.answer(0x0A03, 2, 1, "01000000" + chain("66", "67", "00000002", "00000000"));
            listing.answer(0x0A03, 2, 1, "02000000" + chain("66", "68", "00000002", "00000001"));
            listing.answer(0x0A03, 2, 1, "0a000000" + chain("66", "69", "00000000", "00000000"));
            listing.answer(0x0A03, 2, 1, "0a000000" + "0600 0100 6600 0000" + "0600 0300 6a00 0000");
            listing.answer(0x0A03, 2, 1, "07000000" + chain("66", "6b", "00000002", "00000000"));
            listing.answer(0x0A03, 2, 1, "0c000000" + chain("66", "6c", "00000002", "00000001"));
            listing.answer(0x0A03, 2, 1, "0a000000" + chain("66", "6d", "00000002", "00000001"));
            listing.answer(NetlinkMessage.DONE, 2, 1, "00000000");

            assertThat(NftBatch.baseChains(other, NftBatch.FORWARD))
                    .containsExactly(
                            "inet f g (policy drop)", "ip f h", "bridge f k (policy drop)", "family 12 f l", "ip6 f m");
        }
    }

    private static String chain(String table, String name, String hook, String policy) {
        return "0600 0100" + table + "00 0000" + "0600 0300" + name + "00 0000" + "0c00 0480 0800 0100" + hook
                + "0800 0500" + policy;
    }

    /** A message between the beginning and the end of a batch. */
    private static String batch(String message) {
        String spaceless = plain(message);
        return plain("14000000 1000 0100 01000000" + NO_PORT_ID + "0000 000a")
                + spaceless.substring(0, 16) + "02000000" + NO_PORT_ID + "01000000" + spaceless.substring(16)
                + plain("14000000 1100 0100 03000000" + NO_PORT_ID + "0000 000a");
    }

    private static String plain(String hex) {
        return hex.replace(" ", "");
    }
}
