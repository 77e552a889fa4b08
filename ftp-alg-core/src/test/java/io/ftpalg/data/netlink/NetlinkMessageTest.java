package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetlinkMessageTest {
    private static final String HEADER = "0200 0000 07000000 00000000";

    @Test
    void splitsADatagramAtItsAlignedLengths() throws NetlinkException {
        List<NetlinkMessage> found =
                parse("11000000 0001 0200 05000000 00000000 0a 000000" + "10000000 0300 0000 06000000 00000000");

        assertThat(found).extracting(NetlinkMessage::type).containsExactly(0x100, NetlinkMessage.DONE);
        assertThat(found).extracting(NetlinkMessage::sequence).containsExactly(5, 6);
        assertThat(found).extracting(NetlinkMessage::family).containsExactly(10, 0);
        assertThat(found.get(0).flags()).isEqualTo(2);
    }

    @Test
    void acceptsThatTheLastMessageIsNotPadded() throws NetlinkException {
        assertThat(parse("11000000 0001 0200 05000000 00000000 0a")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "10000000 0200 0000 07000000 000000,        a header of 15 bytes",
        "0f000000 0200 0000 07000000 00000000,      a message of 15 bytes where 16 are left",
        "00000000 0200 0000 07000000 00000000,      a message of 0 bytes where 16 are left",
        "ffffffff 0200 0000 07000000 00000000,      a message of -1 bytes where 16 are left",
        "11000000 0200 0000 07000000 00000000,      a message of 17 bytes where 16 are left",
        "10000000 0200 0000 07000000 00000000 1000, a header of 2 bytes"
    })
    void refusesLengthsThatContradictEachOther(String datagram, String message) {
        assertThatThrownBy(() -> parse(datagram))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("malformed netlink message: " + message);
    }

    @Test
    void readsErrors() throws NetlinkException {
        assertThat(single("24000000" + HEADER + "ffffffff" + "00".repeat(16)).error())
                .isEqualTo(Errno.EPERM);
        assertThat(single("24000000" + HEADER + "00000000" + "00".repeat(16)).error())
                .isZero();
        assertThat(single("24000000" + HEADER + "ffffffff" + "00".repeat(16)).errorText())
                .isEmpty();
        assertThatThrownBy(() -> single("12000000" + HEADER + "ffff").error())
                .hasMessageContaining("without its number");
    }

    @Test
    void findsTheTextBehindTheRequestThatIsRepeated() throws NetlinkException {
        String uncapped = "0200 0002 07000000 00000000" + "ffffffff" + "14000000 00000000 00000000 00000000 01020304";

        assertThat(single("30000000" + uncapped + "0700 0100 6e6f00 00").errorText())
                .isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource({"0f000000", "00000000", "19000000", "ffffffff", "00000080"})
    void refusesATextBehindARequestOfImpossibleLength(String length) {
        String message = "2c000000 0200 0002 07000000 00000000 ffffffff" + length + "00".repeat(20);

        assertThatThrownBy(() -> single(message).errorText()).isInstanceOf(NetlinkException.class);
    }

    private static NetlinkMessage single(String hex) throws NetlinkException {
        return parse(hex).get(0);
    }

    private static List<NetlinkMessage> parse(String hex) throws NetlinkException {
        List<NetlinkMessage> found = new ArrayList<>();
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        NetlinkMessage.parse(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), found::add);
        return found;
    }
}
