package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NetlinkWriterTest {
    private final NetlinkWriter writer = new NetlinkWriter();

    @Test
    void padsEachAttributeAndCountsItsLengthWithoutThePadding() {
        writer.message(1, 2, 0, 10, 0)
                .u8(1, 0xFF)
                .u16(2, 0x1234)
                .u32(3, 0x80000001)
                .u64(4, 0x0102030405060708L)
                .string(5, "abc")
                .nest(6, nested -> nested.u8(7, 1).nest(8, empty -> {}));

        assertThat(written())
                .isEqualTo(("50000000 0201 0500 01000000 00000000 0a000000"
                                + "0500 0100 ff 000000" + "0600 0200 1234 0000" + "0800 0300 80000001"
                                + "0c00 0400 0102030405060708" + "0800 0500 61626300"
                                + "1000 0680 0500 0700 01 000000 0400 0880")
                        .replace(" ", ""));
    }

    @Test
    void hasOneMessageConfirmedWhichIsTheLastUnlessToldOtherwise() {
        writer.message(1, 2, 0, 10, 0).confirm();
        writer.message(1, 3, 0, 10, 0);
        assertThat(written()).contains("02010500").contains("03010100");
        assertThat(writer.first()).isEqualTo(1);
        assertThat(writer.confirmed()).isEqualTo(1);

        writer.clear().message(1, 2, 0, 10, 0).message(1, 3, 0, 10, 0);

        assertThat(written()).contains("02010100").contains("03010500");
        assertThat(writer.first()).isEqualTo(3);
        assertThat(writer.confirmed()).isEqualTo(4);
    }

    @Test
    void doesNotGrow() {
        writer.message(1, 2, 0, 10, 0).bytes(1, new byte[60_000]);

        assertThatThrownBy(() -> writer.bytes(1, new byte[6_000])).isInstanceOf(BufferOverflowException.class);
    }

    private String written() {
        ByteBuffer datagram = writer.finish();
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
