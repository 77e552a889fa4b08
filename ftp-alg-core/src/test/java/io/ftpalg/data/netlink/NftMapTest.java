package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NftMapTest {
    private static final NftMap FROM6 = new NftMap("from6", IpVersion.IPV6, false);
    private static final NftMap FROM6P = new NftMap("from6p", IpVersion.IPV6, true);

    @Test
    void putsTheTypesOfAConcatenationTogether() {
        assertThat(FROM6.keyType()).isEqualTo((8 << 6 | 8) << 6 | 13);
        assertThat(FROM6.keyLength()).isEqualTo(36);
        assertThat(FROM6.dataType()).isEqualTo(8);
        assertThat(FROM6.dataLength()).isEqualTo(16);
        assertThat(FROM6P.dataType()).isEqualTo(8 << 6 | 13);
        assertThat(FROM6P.dataLength()).isEqualTo(20);
    }

    @Test
    void padsPorts() throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress("fd00::2", 0xFFFE);

        assertThat(HexFormat.of().formatHex(FROM6.key(InetAddress.getByName("fd00::1"), address)))
                .isEqualTo("fd000000000000000000000000000001" + "fd000000000000000000000000000002" + "fffe0000");
        assertThat(HexFormat.of().formatHex(FROM6.data(address))).isEqualTo("fd000000000000000000000000000002");
        assertThat(HexFormat.of().formatHex(FROM6P.data(address)))
                .isEqualTo("fd000000000000000000000000000002" + "fffe0000");
    }
}
