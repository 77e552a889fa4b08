package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.0.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "fc00::1",
                "fd12:3456::1",
                "2001::1",
                "64:ff9b:1::808:808"
            })
    void holdsWhatIsNotThePublicInternet(String address) {
        assertThat(ReservedNetworks.contain(ip(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::",
                "2002:a00:1::5", "2002:a9fe:a9fe::1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.1.2.3", "::192.168.1.1",
                "2002:c0a8:101::", "64:ff9b::6440:1", "2002:e000:1::", "64:ff9b::0.0.0.0", "2002:f000:1::"
            })
    void seesThroughEveryIpv6FormOfAReservedIpv4Address(String address) {
        assertThat(ReservedNetworks.contain(ip(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:db8::1",
                "2a00::1",
                "2002:101:101::",
                "64:ff9b::1.1.1.1",
                "2003::1",
                "64:ff9b:2::1"
            })
    void leavesThePublicInternetAlone(String address) {
        assertThat(ReservedNetworks.contain(ip(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.0.0.1, true",
        "127.0.0.2/32, 127.0.0.2, true",
        "0.0.0.0/0, 127.0.0.1, false",
        "126.0.0.0/7, 127.0.0.1, false",
        "::1/128, ::1, true",
        "::/0, ::1, false",
        "::/96, ::1, false",
        "172.16.0.0/11, 172.16.0.1, false",
        "172.16.0.0/12, 172.16.0.1, true",
        "64:ff9b::/96, 64:ff9b::7f00:1, false",
        "64:ff9b::7f00:0/104, 64:ff9b::7f00:1, true",
        "0.0.0.0/0, 1.1.1.1, true",
        "::/0, 2a00::1, true"
    })
    void areNamedOnlyByThemselvesOrAPart(String network, String address, boolean named) {
        assertThat(ReservedNetworks.areNamedBy(Cidr.parse(network).orElseThrow(), ip(address)))
                .isEqualTo(named);
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
