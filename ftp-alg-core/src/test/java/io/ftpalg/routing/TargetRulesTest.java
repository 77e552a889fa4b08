package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TargetRulesTest {
    private static final HostPort ASKED = new HostPort("ftp.example.com", 21);

    @Test
    void refusesEverythingWithoutARule() {
        assertThatThrownBy(() -> rules().check(ASKED, ips("1.1.1.1")))
                .isInstanceOf(RouteRefusedException.class)
                .hasMessage("target ftp.example.com:21 is not allowed at address 1.1.1.1");
        assertThatThrownBy(() -> rules().checkBeforeLookup(ASKED))
                .isInstanceOf(RouteRefusedException.class)
                .hasMessage("target ftp.example.com:21 is not allowed");
    }

    @Test
    void returnsAllAddressesInTheirOrder() throws RouteRefusedException {
        List<InetSocketAddress> servers = rules("ftp.example.com:2121")
                .check(new HostPort("ftp.example.com", 2121), ips("2a00::1", "1.1.1.2", "1.1.1.1"));

        assertThat(servers).containsExactly(at("2a00::1", 2121), at("1.1.1.2", 2121), at("1.1.1.1", 2121));
    }

    @Test
    void refusesANameOfWhichOneAddressIsNotAllowed() {
        for (List<InetAddress> resolved : List.of(ips("1.1.1.1", "127.0.0.1"), ips("127.0.0.1", "1.1.1.1"))) {
            assertThatThrownBy(() -> rules("ftp.example.com").check(ASKED, resolved))
                    .isInstanceOf(RouteRefusedException.class)
                    .hasMessageEndingWith("127.0.0.1");
        }
    }

    @Test
    void admitsEachAddressByAnyRule() throws RouteRefusedException {
        TargetRules rules = rules("ftp.example.com", "10.0.0.0/8:21");

        assertThat(rules.check(ASKED, ips("1.1.1.1", "10.0.0.1"))).hasSize(2);
        rules.checkBeforeLookup(ASKED);
        rules.checkBeforeLookup(new HostPort("other.example.com", 21));
        assertThatThrownBy(() -> rules.checkBeforeLookup(new HostPort("other.example.com", 990)))
                .isInstanceOf(RouteRefusedException.class);
    }

    @Test
    void refusesANameWithoutAddress() {
        assertThatThrownBy(() -> rules("ftp.example.com").check(ASKED, List.of()))
                .isInstanceOf(RouteRefusedException.class)
                .hasMessageContaining("no address");
    }

    @Test
    void dialsWhatItJudged() throws Exception {
        byte[] wrapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 1, 1, 1, 1};
        InetAddress mapped = Inet6Address.getByAddress("x", wrapped, 0);
        Inet6Address zoned = Inet6Address.getByAddress("x", ip("fe80::1").getAddress(), 1);

        assertThat(rules("1.1.1.1").check(ASKED, List.of(mapped))).containsExactly(at("1.1.1.1", 21));
        assertThat(rules("[fe80::/10]").check(ASKED, List.of(zoned)))
                .extracting(InetSocketAddress::getAddress)
                .singleElement()
                .satisfies(dialled ->
                        assertThat(((Inet6Address) dialled).getScopeId()).isEqualTo(1));
    }

    @Test
    void isNotChangedByChangingTheListThatItWasMadeOf() {
        List<TargetRule> list = new ArrayList<>();
        TargetRules rules = TargetRules.of(list);

        list.add(TargetRule.parse("0.0.0.0/0").orElseThrow());

        assertThatThrownBy(() -> rules.check(ASKED, ips("1.1.1.1"))).isInstanceOf(RouteRefusedException.class);
        assertThat(rules).hasToString("[]");
    }

    private static TargetRules rules(String... texts) {
        return TargetRules.of(Stream.of(texts)
                .map(text -> TargetRule.parse(text).orElseThrow())
                .toList());
    }

    private static List<InetAddress> ips(String... texts) {
        return Stream.of(texts).map(TargetRulesTest::ip).toList();
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(ip(host), port);
    }
}
