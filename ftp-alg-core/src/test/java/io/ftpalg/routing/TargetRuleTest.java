package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ftp.example.com; ftp.example.com:21,990",
                "FTP.Example.COM.; ftp.example.com:21,990",
                "*.example.com:21,2100-2199; *.example.com:21,2100-2199",
                "10.0.0.0/8:21; 10.0.0.0/8:21",
                "10.1.2.3/8:21; 10.0.0.0/8:21",
                "127.0.0.2:2121; 127.0.0.2/32:2121",
                "[2001:db8::/32]:21; [2001:db8::/32]:21",
                "[::1]; [::1/128]:21,990",
                "[::1]:1-65535; [::1/128]:1-65535",
                "0.0.0.0/0; 0.0.0.0/0:21,990"
            })
    void readsNetworksAndNamesWithTheirPorts(String text, String canonical) {
        assertThat(TargetRule.parse(text)).hasToString("Optional[" + canonical + ']');
        assertThat(TargetRule.parse(canonical)).isEqualTo(TargetRule.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":21",
                "*",
                "*.",
                "*.:21",
                ".",
                "..",
                "a..b",
                "example.com:",
                "example.com:0",
                "example.com:65536",
                "example.com:21,",
                "example.com:,21",
                "example.com:30-20",
                "example.com: 21",
                "example.com :21",
                "exa mple.com",
                "exa\nmple.com",
                "a.*.com",
                "*example.com",
                "**.example.com",
                "10.0.0.0/33",
                "10.0.0/8",
                "127.1",
                "2130706433",
                "0x7f.1",
                "010.0.0.1",
                "10.0.0.0/",
                "10.0.0.0/a",
                "10.0.0.0/-1",
                "example.com/8",
                "::1",
                "2001:db8::/32",
                "2001:db8::/32:21",
                "[::1",
                "[]",
                "[]:21",
                "::1]",
                "[::1]21",
                "[::1]:",
                "[::1]/128",
                "[10.0.0.0/8]:21",
                "[example.com]:21",
                "[2001:db8::/129]",
                "[fe80::1%eth0]",
                "[*.example.com]",
                "[[::1]]",
                "user@example.com",
                "*.127.1",
                "*.10.0.0.1"
            })
    void refusesWhatIsNoRule(String text) {
        assertThat(TargetRule.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, ftp.example.com, true",
        "ftp.example.com, FTP.EXAMPLE.com, true",
        "ftp.example.com, ftp.example.com., true",
        "ftp.example.com, a.ftp.example.com, false",
        "ftp.example.com, example.com, false",
        "ftp.example.com, ftp.example.com.evil.org, false",
        "ftp.example.com, ftpxexample.com, false",
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.example.com., true",
        "*.example.com, example.com, false",
        "*.example.com, evilexample.com, false",
        "ftp.example.com, 1.1.1.1, false",
        "*.com, 1.1.1.1, false"
    })
    void aNameRuleIsAboutTheNameThatWasAsked(String rule, String asked, boolean admitted) {
        assertThat(rule(rule).admits(new HostPort(asked, 21), ip("1.1.1.1"))).isEqualTo(admitted);
        assertThat(rule(rule).mayAdmit(new HostPort(asked, 21))).isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "64:ff9b::7f00:1", "0.0.0.0"})
    void aNameRuleAdmitsPublicAddressesOnly(String address) {
        assertThat(rule("ftp.example.com").admits(new HostPort("ftp.example.com", 21), ip(address)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "127.0.0.2, 127.0.0.2, true",
        "127.0.0.2, 127.0.0.1, false",
        "0.0.0.0/0, 1.1.1.1, true",
        "0.0.0.0/0, 127.0.0.1, false",
        "0.0.0.0/0, 10.0.0.1, false",
        "0.0.0.0/0, 2a00::1, false",
        "[::/0], 2a00::1, true",
        "[::/0], ::1, false",
        "[::/0], 1.1.1.1, false",
        "[::1], ::1, true",
        "[::/0], 64:ff9b::a00:1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "127.0.0.0/8, 64:ff9b::7f00:1, false"
    })
    void aNetworkRuleIsAboutTheAddressWhateverWasAsked(String rule, String address, boolean admitted) {
        assertThat(rule(rule).admits(new HostPort("ftp.example.com", 21), ip(address)))
                .isEqualTo(admitted);
        assertThat(rule(rule).mayAdmit(new HostPort("ftp.example.com", 21))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, 21, true",
        "1.1.1.1, 990, true",
        "1.1.1.1, 22, false",
        "1.1.1.1, 80, false",
        "1.1.1.1:2100-2199, 2100, true",
        "1.1.1.1:2100-2199, 2199, true",
        "1.1.1.1:2100-2199, 2099, false",
        "1.1.1.1:2100-2199, 2200, false",
        "1.1.1.1:2100-2199, 21, false"
    })
    void admitsItsPortsOnly(String rule, int port, boolean admitted) {
        assertThat(rule(rule).admits(new HostPort("1.1.1.1", port), ip("1.1.1.1")))
                .isEqualTo(admitted);
        assertThat(rule(rule).mayAdmit(new HostPort("1.1.1.1", port))).isEqualTo(admitted);
    }

    @Test
    void judgesIpv4InAnIpv6WrappingAndAddressesWithAZoneAsWhatTheyAre() throws UnknownHostException {
        byte[] loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        InetAddress wrapped = Inet6Address.getByAddress("x", loopback, 0);
        InetAddress linkLocal = Inet6Address.getByAddress("x", ip("fe80::1").getAddress(), 1);

        assertThat(rule("ftp.example.com").admits(new HostPort("ftp.example.com", 21), wrapped))
                .isFalse();
        assertThat(rule("127.0.0.0/8").admits(new HostPort("ftp.example.com", 21), wrapped))
                .isTrue();
        assertThat(rule("ftp.example.com").admits(new HostPort("ftp.example.com", 21), linkLocal))
                .isFalse();
        assertThat(rule("[fe80::/10]").admits(new HostPort("ftp.example.com", 21), linkLocal))
                .isTrue();
    }

    @Test
    void refusesToBeMadeOfWhatItCouldNotRead() {
        TargetRule.Hosts network =
                new TargetRule.Network(Cidr.parse("10.0.0.0/8").orElseThrow());

        assertThatThrownBy(() -> new TargetRule(network, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TargetRule.Name("10.0.0.1", false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TargetRule.Name("", true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TargetRule(network, List.of(new PortRange(21, 21)))).isEqualTo(rule("10.0.0.0/8:21"));
        assertThat(new TargetRule.Name("Example.COM.", true)).isEqualTo(new TargetRule.Name("example.com", true));
    }

    private static TargetRule rule(String text) {
        return TargetRule.parse(text).orElseThrow();
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
