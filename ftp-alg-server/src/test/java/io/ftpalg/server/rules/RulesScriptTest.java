package io.ftpalg.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code ftp-alg rules} prints: RulesCommand, RulesScript, Diversion, NftRules, IptablesRules. TransparentIT loads it. */
class RulesScriptTest {
    private static final String REDIRECT = "bind: '[::]:2121', transparent: redirect, passive-ports: 41000-44999";
    private static final String TPROXY = "bind: 0.0.0.0:2121, transparent: tproxy";
    private static final String KERNEL =
            "listeners: [{bind: 127.0.0.1:2121, upstream: a, passive-ports: 41000-41999, source-ports: 45000-45999}]\n";
    private static final Path DOCS = Path.of("..", "docs", "transparent.md");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temp = Path.of(".");

    static Stream<Arguments> scriptsOfTheDocs() {
        return Stream.of(
                Arguments.of(REDIRECT, new String[] {"--interface", "eth1"}),
                Arguments.of(TPROXY, new String[] {"--interface", "eth1"}));
    }

    @ParameterizedTest
    @MethodSource("scriptsOfTheDocs")
    void isInTheDocsAsPrinted(String listener, String[] options) throws IOException {
        assertThat(rules(listener, options)).isZero();

        assertThat(Files.readString(DOCS)).contains("```\n" + out.toString().replace("\r", "") + "```\n");
    }

    @Test
    void redirectsThePortsThatForwardAllows() throws IOException {
        rules(
                "bind: '192.0.2.1:2121', implicit-tls-bind: '192.0.2.1:2990', tls: {self-signed: true}, transparent: redirect,"
                        + " passive-ports: 41000-41999, forward: {allow: ['10.0.0.0/8:21,2100-2199', 'ftp.example.com']}");

        assertThat(out.toString())
                .contains(
                        "meta nfproto ipv4 fib daddr type != local tcp dport { 21, 2100-2199 } dnat ip to 192.0.2.1:2121\n",
                        "meta nfproto ipv4 fib daddr type != local tcp dport 41000-41999 dnat ip to 192.0.2.1\n",
                        "meta nfproto ipv4 fib daddr type != local tcp dport 990 dnat ip to 192.0.2.1:2990\n",
                        "tcp dport != { 2121, 2990 } socket transparent 1 meta mark set 0x1 accept\n")
                .doesNotContain("ipv6", "-6");
    }

    @Test
    void divertsToAnAddressOfIpv6() throws IOException {
        rules("bind: '[2001:db8::1]:2121', transparent: tproxy", "--interface", "eth1", "--interface", "eth2");

        assertThat(out.toString())
                .contains(
                        "iifname { \"eth1\", \"eth2\" } meta nfproto ipv6 fib daddr type != local tcp dport 21 meta mark set 0x1"
                                + " tproxy ip6 to [2001:db8::1]:2121 accept\n",
                        "ip -6 rule add fwmark 0x1 lookup 100\n")
                .doesNotContain("nfproto ipv4", "ip -4");
    }

    @Test
    void arePrintedForIptables() throws IOException {
        rules(REDIRECT, "--iptables", "--interface", "eth1");

        assertThat(out.toString())
                .contains(
                        "iptables -w -t nat -A FTP_ALG_REDIRECT -i eth1 -m addrtype ! --dst-type LOCAL -p tcp --dport 21 -j REDIRECT"
                                + " --to-ports 2121\n",
                        "ip6tables -w -t nat -A FTP_ALG_REDIRECT -i eth1 -m addrtype ! --dst-type LOCAL -p tcp --dport 41000:44999"
                                + " -j REDIRECT\n",
                        "iptables -w -t mangle -A FTP_ALG_DIVERT -p tcp -m multiport ! --dports 2121 -m socket --transparent -j MARK"
                                + " --set-mark 0x1\n")
                .doesNotContain("nft", "nat -A FTP_ALG_REDIRECT -p tcp");
    }

    @Test
    void arePrintedForIptablesAtAddresses() throws IOException {
        rules(
                "bind: ['192.0.2.1:2121', '[2001:db8::1]:2121'], transparent: redirect, passive-ports: 41000",
                "--iptables");
        rules("bind: ['192.0.2.1:2121', '[::]:2122'], transparent: tproxy", "--iptables");

        assertThat(out.toString())
                .contains(
                        " -j DNAT --to-destination 192.0.2.1:2121\n",
                        " --dport 41000 -j DNAT --to-destination 192.0.2.1\n",
                        " -j DNAT --to-destination [2001:db8::1]:2121\n",
                        " -j TPROXY --on-port 2121 --on-ip 192.0.2.1 --tproxy-mark 0x1\n",
                        " -j TPROXY --on-port 2122 --tproxy-mark 0x1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'', tcp dport != 2121 socket transparent 1 accept",
        "--iptables, iptables -w -t nat -A FTP_ALG_REDIRECT -p tcp -m multiport ! --dports 2121 -m socket --transparent -j ACCEPT"
    })
    void letServersConnectToTheClientsAddressInARedirectedRange(String option, String rule) throws IOException {
        String[] options = option.isEmpty() ? new String[0] : new String[] {option};
        rules(REDIRECT, options);

        assertThat(out.toString()).doesNotContain(rule);

        rules(REDIRECT + ", spoof-client: true", options);

        assertThat(out.toString()).contains(rule);
    }

    @Test
    void redirectsThePassivePortsOfRoutesAndEachRangeOnce() throws IOException {
        rules("bind: ['0.0.0.0:2121', '0.0.0.0:2122'], transparent: redirect, passive-ports: 41000-41999,"
                + " routes: [{destinations: 10.0.0.0/8, upstream: ftp.example.com, passive-ports: 42000-42999}]");

        assertThat(out.toString())
                .containsOnlyOnce(
                        "meta nfproto ipv4 fib daddr type != local tcp dport { 41000-41999, 42000-42999 } redirect\n");
    }

    @Test
    void forwardNothingWhereTheGatewayCarriesAll() throws IOException {
        rules(REDIRECT);

        assertThat(out.toString()).doesNotContain("forward");
    }

    @Test
    void forwardWhatPassesTheGateway() throws IOException {
        rules("bind: 0.0.0.0:2121, transparent: tproxy, tls: {auth-mode: passthrough}");

        assertThat(out.toString())
                .contains("(auth-mode: passthrough).\nsysctl -qw net.ipv4.ip_forward=1\n")
                .doesNotContain("ipv6");
    }

    @Test
    void forwardWhatTheKernelCarriesAndNothingElse() throws IOException {
        assertThat(rules(KERNEL + "data-plane: kernel\n")).isZero();

        assertThat(out.toString())
                .contains(
                        "sysctl -qw net.ipv4.ip_forward=1\n",
                        "table inet ftp_alg_guard {\n",
                        "type filter hook forward priority filter; policy drop;\n",
                        "meta l4proto tcp ct status dnat ct original proto-dst 41000-41999 accept\n",
                        "meta l4proto tcp ct status dnat ct original proto-dst 45000-45999 accept\n")
                .doesNotContain("fwmark", "transparent");
    }

    @Test
    void forwardWhatTheKernelCarriesByIptables() throws IOException {
        rules(KERNEL.replace("127.0.0.1:2121", "'[::]:2121'") + "relay: kernel\n", "--iptables");

        assertThat(out.toString())
                .contains(
                        "iptables -w -A FTP_ALG_GUARD -p tcp -m conntrack --ctstate DNAT --ctorigdstport 45000:45999 -j ACCEPT\n",
                        "ip6tables -w -A FTP_ALG_GUARD -p ipv6-icmp -m conntrack --ctstate RELATED -j ACCEPT\n",
                        "ip6tables -w -A FTP_ALG_GUARD -j DROP\n",
                        "sysctl -qw net.ipv6.conf.all.forwarding=1\n");
    }

    @Test
    void leaveOutTheGuardWhereTheOperatorDoes() throws IOException {
        rules(KERNEL + "data-plane: kernel\n", "--no-guard");

        assertThat(out.toString()).doesNotContain("guard").contains("net.ipv4.ip_forward=1");
    }

    @Test
    void warnWhereTheRuleOfOneListenerHidesThatOfAnother() throws IOException {
        String second = "transparent: tproxy, forward: {allow: '10.0.0.0/8:20-30'}";
        assertThat(rules("listeners: [{" + TPROXY + "}, {bind: '127.0.0.1:2122', " + second + "}, {bind: '[::1]:2123', "
                        + second + "}]\n"))
                .isZero();

        assertThat(err.toString())
                .endsWith(
                        "gateway.yaml: listeners 0.0.0.0:2121 and 127.0.0.1:2122 both take connections to port 21 of IPv4, of which"
                                + " the first receives all: give their forward.allow different ports, or write rules of your own\n")
                .hasLineCount(1);
    }

    @Test
    void doNotWarnOfThePortOfImplicitTls() throws IOException {
        rules(
                "bind: '192.0.2.1:2121', implicit-tls-bind: '192.0.2.1:2990', tls: {self-signed: true}, transparent: tproxy,"
                        + " forward: {allow: '10.0.0.0/8:21-2000'}");

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void areNoneWithoutTransparentMode() throws IOException {
        assertThat(rules("bind: 127.0.0.1:2121, upstream: a")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .endsWith(
                        "gateway.yaml: there are no rules to print, since no listener has transparent, and data-plane is not kernel\n");
    }

    @Test
    void areNoneOfAFileWithErrors() throws IOException {
        assertThat(rules("bind: 127.0.0.1:2121, transparent: redirect")).isEqualTo(2);

        assertThat(err.toString()).contains("transparent redirect needs passive-ports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0; reboot", "\"", "", "a-name-that-is-too-long"})
    void refuseWhatIsNoInterface(String name) throws IOException {
        assertThat(rules(TPROXY, "--interface", name)).isEqualTo(2);

        assertThat(err.toString()).contains("expected the name of an interface, such as eth0");
    }

    private int rules(String listener, String... options) throws IOException {
        Path file = Files.writeString(
                temp.resolve("gateway.yaml"),
                listener.startsWith("listeners:") ? listener : "listeners: [{" + listener + "}]\n");
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(Stream.concat(Stream.of("rules", "--config", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    }
}
