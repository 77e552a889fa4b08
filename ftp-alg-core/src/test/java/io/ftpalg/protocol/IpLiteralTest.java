package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "10.200.30.4", "132.235.1.2"})
    void readsIpv4(String text) {
        assertThat(IpLiteral.parse(text))
                .get()
                .isInstanceOf(Inet4Address.class)
                .extracting(IpLiteral::format)
                .isEqualTo(text);
        assertThat(IpLiteral.parseIpv4(text)).isEqualTo(IpLiteral.parse(text));
        assertThat(IpLiteral.parseIpv6(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "...",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f.0.0.1",
                "0x7f.1",
                "0177.0.0.1",
                "01.2.3.4",
                "1.2.3.00",
                "256.0.0.1",
                "1.2.3.999",
                "1.2.3.1000",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..3.4",
                "1.2.3.4.5",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.-4",
                "1.2.3.+4",
                "1.2.3.4\n",
                "1.2.3.\u0664",
                "a.b.c.d",
                "localhost",
                "example.com",
                "1.2.3.4%eth0",
                "1,2,3,4",
                "99999999999.1.1.1"
            })
    void refusesWhatOnlyResolversTakeForIpv4(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
        assertThat(IpLiteral.parseIpv4(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "2001:DB8::a, 2001:db8::a",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "64:ff9b::10.0.0.1, 64:ff9b::a00:1",
        "::ffff:1.2.3.4, 1.2.3.4",
        "0:0:0:0:0:ffff:7f00:1, 127.0.0.1",
        "0001:0002::00ff, 1:2::ff"
    })
    void readsIpv6(String text, String canonical) {
        assertThat(IpLiteral.parse(text)).get().extracting(IpLiteral::format).isEqualTo(canonical);
        assertThat(IpLiteral.parseIpv6(text)).isEqualTo(IpLiteral.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1::2::3",
                "::g",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "fe80::1%eth0",
                "fe80::1%1",
                "fe80::1%",
                "[::1]",
                "::1]",
                "::1 ",
                " ::1",
                "::12345",
                "::00001",
                "::000001",
                "::ffff:0177.0.0.1",
                "::ffff:010.0.0.1",
                "::ffff:1.2.3",
                "::ffff:1.2.3.256",
                "::1.2.3.4:5",
                "::1.",
                "::.1",
                "1.2.3.4::",
                "1.2.3.4:21",
                "::-1",
                "::0x1",
                "::\u0661",
                "::1\n",
                "example.com:21",
                "1::2:3:4:5:6:7:8"
            })
    void refusesWhatIsNoIpv6(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
        assertThat(IpLiteral.parseIpv6(text)).isEmpty();
    }

    @Test
    void readsWhatItFormats() {
        Random random = new Random(20261121);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            InetAddress address = IpLiteral.of(bytes);

            assertThat(IpLiteral.parse(IpLiteral.format(address))).contains(address);
        }
    }

    @Test
    void takesNoTimeForALongText() {
        for (String part : new String[] {"1.", "1:", ":", "f", "1", "::", ".", "1:2.3"}) {
            assertThat(IpLiteral.parse(part.repeat(16384))).isEmpty();
        }
    }

    @Test
    void comparesHostsWithoutZoneAndWrapping() throws UnknownHostException {
        byte[] wrapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        InetAddress mapped = Inet6Address.getByAddress("x", wrapped, 0);
        InetAddress linkLocal = IpLiteral.parse("fe80::1").orElseThrow();
        InetAddress zoned = Inet6Address.getByAddress("x", linkLocal.getAddress(), 1);
        InetAddress ipv4 = IpLiteral.of(new byte[] {10, 0, 0, 1});

        assertThat(IpLiteral.sameHost(mapped, ipv4)).isTrue();
        assertThat(IpLiteral.sameHost(ipv4, mapped)).isTrue();
        assertThat(IpLiteral.sameHost(zoned, linkLocal)).isTrue();
        assertThat(IpLiteral.sameHost(ipv4, IpLiteral.of(new byte[] {10, 0, 0, 2})))
                .isFalse();
        assertThat(IpLiteral.sameHost(ipv4, linkLocal)).isFalse();
        assertThat(IpLiteral.canonical(mapped)).isEqualTo(ipv4);
        assertThat(IpLiteral.format(mapped)).isEqualTo("10.0.0.1");
        assertThat(IpLiteral.format(zoned)).isEqualTo("fe80::1");
    }

    @Test
    void refusesBytesOfNoFamily() {
        assertThatThrownBy(() -> IpLiteral.of(new byte[5])).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 5952 section 4: what curl and pyftpdlib expect in EPRT. */
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::ffff:192.0.2.1, 192.0.2.1",
        "fe80::0:abcd, fe80::abcd"
    })
    void formatsAsRfc5952HasIt(String text, String formatted) {
        assertThat(IpLiteral.format(IpLiteral.parse(text).orElseThrow())).isEqualTo(formatted);
    }

    @Test
    void formatsAnAddressWithItsPort() {
        assertThat(IpLiteral.format(InetSocketAddress.createUnresolved("server.test", 21)))
                .isEqualTo("server.test:21");
        assertThat(IpLiteral.format(
                        new InetSocketAddress(IpLiteral.parse("192.0.2.1").orElseThrow(), 21)))
                .isEqualTo("192.0.2.1:21");
        assertThat(IpLiteral.format(
                        new InetSocketAddress(IpLiteral.parse("2001:db8::1").orElseThrow(), 2121)))
                .isEqualTo("[2001:db8::1]:2121");
    }
}
