package io.ftpalg.control.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.tunnel.TunnelReplies.Refusal;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Socks5RepliesTest {
    private final Socks5Replies replies = new Socks5Replies();

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, IPv4, 192.0.2.1",
        "::ffff:192.0.2.1, IPv4, 192.0.2.1",
        "2001:db8::1, IPv6, 2001:db8::1",
    })
    void nameAnAddressByItsFamily(String address, String family, String text) {
        Socks5CommandResponse reply = (Socks5CommandResponse) replies.granted(new InetSocketAddress(address, 2121));

        assertThat(reply.status()).isEqualTo(Socks5CommandStatus.SUCCESS);
        assertThat(reply.bndAddrType())
                .isEqualTo("IPv4".equals(family) ? Socks5AddressType.IPv4 : Socks5AddressType.IPv6);
        assertThat(reply.bndAddr()).isEqualTo(text);
        assertThat(reply.bndPort()).isEqualTo(2121);
    }

    @Test
    void nameAServerThatOnlyAProxyLooksUp() {
        Socks5CommandResponse reply =
                (Socks5CommandResponse) replies.granted(InetSocketAddress.createUnresolved("ftp.example.com", 21));

        assertThat(reply.bndAddrType()).isEqualTo(Socks5AddressType.DOMAIN);
        assertThat(reply.bndAddr()).isEqualTo("ftp.example.com");
    }

    @ParameterizedTest
    @CsvSource({"NOT_ALLOWED, 2", "FAILED, 1", "TIMEOUT, 6"})
    void refuse(Refusal why, int code) {
        Socks5CommandResponse reply = (Socks5CommandResponse) replies.refused(why);

        assertThat(reply.status().byteValue()).isEqualTo((byte) code);
    }
}
