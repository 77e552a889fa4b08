package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetlinkAttributesTest {

    @Test
    void readsValuesInTheByteOrderOfTheNetwork() throws NetlinkException {
        NetlinkAttributes read = parse("0500 0100 ff 000000" + "0600 0200 1234 0000" + "0800 0300 80000001"
                + "0c00 0400 0102030405060708" + "0700 0500 6f6b00 00" + "0600 0600 6f6b");

        assertThat(read.u8(1)).isEqualTo(255);
        assertThat(read.u16(2)).isEqualTo(0x1234);
        assertThat(read.u32(3)).isEqualTo(0x80000001);
        assertThat(read.u64(4)).isEqualTo(0x0102030405060708L);
        assertThat(read.text(5)).isEqualTo("ok");
        assertThat(read.text(6)).isEqualTo("ok");
        assertThat(read.text(7)).isEmpty();
        assertThat(read.bytes(3, 4)).containsExactly(0x80, 0, 0, 1);
        assertThat(read.get(8)).isEmpty();
    }

    @Test
    void readsNestedAttributesWhateverFlagsTheirTypesHave() throws NetlinkException {
        NetlinkAttributes read = parse("0c00 0180 0600 0240 0007 0000");

        assertThat(read.nested(1).u16(2)).isEqualTo(7);
        assertThat(read.nested(2).has(1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "040001,       an attribute of 0 bytes where 3 are left",
        "03000100,     an attribute of 3 bytes where 4 are left",
        "00000100,     an attribute of 0 bytes where 4 are left",
        "05000100,     an attribute of 5 bytes where 4 are left",
        "ffff0100ffff, an attribute of 65535 bytes where 6 are left"
    })
    void refusesLengthsThatContradictEachOther(String hex, String message) {
        assertThatThrownBy(() -> parse(hex))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("malformed netlink message: " + message);
    }

    @Test
    void refusesValuesThatAreMissingOrShort() throws NetlinkException {
        NetlinkAttributes read = parse("0600 0200 1234 0000");

        assertThatThrownBy(() -> read.u32(2)).hasMessage("malformed netlink message: attribute 2 is of 2 bytes, not 4");
        assertThatThrownBy(() -> read.u8(3)).hasMessage("malformed netlink message: attribute 3 is missing");
    }

    private static NetlinkAttributes parse(String hex) throws NetlinkException {
        return NetlinkAttributes.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), 0);
    }
}
