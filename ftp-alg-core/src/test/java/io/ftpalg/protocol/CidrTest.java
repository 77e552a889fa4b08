package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3, 10.1.2.3/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "255.255.255.255/1, 128.0.0.0/1",
        "172.31.255.255/12, 172.16.0.0/12",
        "::/0, ::/0",
        "2001:db8:ffff::/33, 2001:db8:8000::/33",
        "::1, ::1/128",
        "10.0.0.1/031, 10.0.0.0/31"
    })
    void readsANetwork(String text, String canonical) {
        assertThat(Cidr.parse(text)).get().hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/0008",
                "10/8",
                "10.0.0.0/a",
                "10.0.0.0 /8",
                "10.0.0.0/8 ",
                "10.0.0.0/\u0661",
                "::/129",
                "::/999",
                "::/1000",
                "[::]/0",
                "example.com",
                "example.com/8",
                "fe80::%1/10",
                "::ffff:10.0.0.0/104",
                "10.0.0.0/255.0.0.0"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.0/8, 11.0.0.0, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 10.0.0.1, false",
        "::/0, ::ffff:10.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "10.0.0.0/31, 10.0.0.1, true",
        "10.0.0.0/31, 10.0.0.2, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false"
    })
    void holdsTheAddressesThatShareItsBits(String network, String address, boolean contained) {
        assertThat(Cidr.parse(network)
                        .orElseThrow()
                        .contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @Test
    void judgesZonesAndWrappedIpv4AsWhatTheyAre() throws UnknownHostException {
        byte[] wrapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        InetAddress mapped = Inet6Address.getByAddress("x", wrapped, 0);
        byte[] linkLocal = IpLiteral.parse("fe80::1").orElseThrow().getAddress();

        assertThat(new Cidr(mapped, 8)).hasToString("10.0.0.0/8");
        assertThat(Cidr.parse("10.0.0.0/8").orElseThrow().contains(mapped)).isTrue();
        assertThat(Cidr.parse("fe80::/64").orElseThrow().contains(Inet6Address.getByAddress("x", linkLocal, 1)))
                .isTrue();
        assertThatThrownBy(() -> new Cidr(mapped, 104)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreBitsThanTheFamilyHas() {
        InetAddress ipv4 = IpLiteral.parse("10.0.0.1").orElseThrow();

        assertThatThrownBy(() -> new Cidr(ipv4, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cidr(ipv4, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Cidr(ipv4, 24)).isEqualTo(Cidr.parse("10.0.0.0/24").orElseThrow());
    }
}
