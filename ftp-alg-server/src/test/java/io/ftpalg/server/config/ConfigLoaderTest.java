package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.Main;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.CliOption;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.RouteChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** What a config file comes to, and what is said of a wrong one: ConfigLoader, FileSection, BindClashes. */
class ConfigLoaderTest {
    private static final String GOOD = "listeners:\n  - bind: 127.0.0.1:2121\n    upstream: a\n";

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void listenerMeansWhatTheCommandLineMeans() throws Exception {
        ConfigFile config = load(GOOD + "    server-mode: epsv\n    active-source-port: 20\n    telnet: off\n");

        assertThat(config.settings())
                .isEqualTo(TestSettings.program(
                        "--listen",
                        "127.0.0.1:2121",
                        "--upstream",
                        "a",
                        "--server-mode",
                        "epsv",
                        "--active-source-port",
                        "20",
                        "--telnet",
                        "off"));
    }

    @Test
    void eachListenerHasRulesOfItsOwn() throws Exception {
        ProgramSettings settings = load("""
                listeners:
                  - {bind: ["127.0.0.1:1", "[::1]:1"], upstream: a, server-mode: passive, limits: {sessions: 7}}
                  - {bind: "127.0.0.1:2", forward: {allow: "*.example.com"}}
                transport: nio
                drain-timeout: 5m
                """).settings();
        List<ListenerSettings> listeners = settings.listeners();

        assertThat(listeners.get(0).bind().plain())
                .containsExactly(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("::1", 1));
        assertThat(listeners.get(0).routing().serverMode()).isEqualTo(ServerDataMode.PASSIVE);
        assertThat(listeners.get(0).limits())
                .isEqualTo(Limits.builder().sessions(7).build());
        assertThat(listeners.get(1).routing().otherwise()).isInstanceOf(RouteChoice.Forward.class);
        assertThat(listeners.get(1).limits()).isEqualTo(Limits.defaults());
        assertThat(settings.transport()).isEqualTo(TransportType.NIO);
        assertThat(settings.drain()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theDataPlaneIsOneOfTheRelays() throws Exception {
        String listeners =
                "listeners: [{bind: '127.0.0.1:1', upstream: a, passive-ports: 4000-4009, source-ports: 4100-4109}]\n";

        assertThat(load(listeners + "data-plane: kernel\nkernel-name: b\nkernel-log-group: 7\n")
                        .settings())
                .satisfies(settings -> {
                    assertThat(settings.relay()).isEqualTo(RelayType.KERNEL);
                    assertThat(settings.kernelPath()).isEqualTo(new KernelPath("b", 7, List.of()));
                });
        assertThat(load(listeners + "data-plane: kernel\nrelay: kernel\n")
                        .settings()
                        .relay())
                .isEqualTo(RelayType.KERNEL);
        assertThat(load(listeners + "data-plane: relay\nrelay: buffer\n")
                        .settings()
                        .relay())
                .isEqualTo(RelayType.BUFFER);
    }

    @Test
    void variablesComeFromTheEnvironmentOrTheirDefault() throws Exception {
        ListenerSettings settings =
                load("listeners:\n  - bind: 127.0.0.1:${PORT:-2121}\n    upstream: ${HOST}.example.com\n")
                        .settings()
                        .listeners()
                        .get(0);

        assertThat(settings.bind().plain()).containsExactly(new InetSocketAddress("127.0.0.1", 2121));
        assertThat(settings.routing().otherwise())
                .isEqualTo(RouteChoice.Reverse.to(new HostPort("ftp.example.com", 21)));
    }

    @Test
    void filesAreFoundBesideTheConfigFile() throws Exception {
        Files.writeString(temp.resolve("ca.pem"), "");

        assertThat(load(GOOD + "    upstream-tls: {mode: required, ca: ca.pem}\n")
                        .settings()
                        .listeners()
                        .get(0)
                        .serverTls()
                        .leg())
                .hasValueSatisfying(leg -> assertThat(leg.trust())
                        .hasToString("CaFile[file=" + temp.toAbsolutePath().resolve("ca.pem") + "]"));
    }

    @Test
    void keysCoverTheWholeCommandLine() {
        Set<String> said = options(ProgramKeys.root()).collect(Collectors.toCollection(TreeSet::new));

        Set<String> all = Main.commandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(TreeSet::new));
        all.removeAll(Set.of("--config", "--help", "--version"));
        assertThat(said).isEqualTo(all);
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                wrong(GOOD + "    upstrem: b\n", "4:5: unknown key 'upstrem' in listeners: did you mean upstream?"),
                wrong(
                        GOOD + "    xyz: b\n    limits: {sesions: 3}\n",
                        "4:5: unknown key 'xyz' in listeners: known are bind,"
                                + " implicit-tls-bind, protocol, transparent, spoof-client, proxy-protocol, routes, upstream, balance, health, forward, via, send-proxy, server-mode, source-address,"
                                + " source-ports, passive-ports, announce-ports, passive-address, passive-addresses, active-source-port, dscp, mark, data-connect, pasv-address,"
                                + " data-peers, telnet, login, clients, greeting-file, limit-message-file, maintenance-file, tls, upstream-tls, bandwidth, rules, rules-default, profile, valid-commands, replies, inspection, limits",
                        "5:14: unknown key 'sesions' in limits: did you mean sessions?"),
                wrong(
                        GOOD + "    server-mode: [passive]\n",
                        "4:18: server-mode must be one value, not a list: write"
                                + " client|passive|active|port|eprt|pasv|epsv"),
                wrong(
                        "listeners:\n  - bind: 127.0.0.1:1\n    forward: {allow: [10.0.0.0/33]}\n",
                        "3:23: forward.allow"
                                + " '10.0.0.0/33': expected HOST[:PORTS] or CIDR[:PORTS], such as *.example.com:21 or 192.0.2.0/24"),
                wrong(
                        "listeners:\n  - bind: nonsense\n    upstream: a\n",
                        "2:11: bind 'nonsense': expected HOST:PORT, such as 0.0.0.0:2121 or [::]:2121"),
                wrong(
                        GOOD + "    passive-ports: 50999-50000\n",
                        "4:20: passive-ports '50999-50000': expected FIRST-LAST, such as 50000-50999"),
                wrong(
                        GOOD + "    limits:\n      idle-timeout: 5 minutes\n      sessions: 0\n",
                        "5:21: limits.idle-timeout '5 minutes': expected a time in seconds, or with a unit, such as 300, 90s,"
                                + " 5m or 1h",
                        "6:17: limits.sessions '0': expected a number from 1 to 1000000"),
                wrong(
                        GOOD + "    bandwidth: {transfer: {upload: 2 MB, download: 0, burst: 2000TB}}\n",
                        "4:36: bandwidth.transfer.upload '2 MB': expected bytes, such as 500kB, 2MB or 1GiB, 1 to 1099511627776",
                        "4:52: bandwidth.transfer.download '0': expected bytes, such as 500kB, 2MB or 1GiB, 1 to 1099511627776",
                        "4:62: bandwidth.transfer.burst '2000TB': expected bytes, such as 500kB, 2MB or 1GiB, 0 to"
                                + " 1099511627776"),
                wrong(
                        GOOD
                                + "    bandwidth:\n      groups:\n        - {group: a, upload: 1}\n        - {group: a, upload: 2}\n",
                        "7:19: group 'a' has a bandwidth already: remove one of them"),
                wrong(
                        GOOD + "    bandwidth: {transfer: {upload: 1100000000000000000}}\n",
                        "4:36: bandwidth.transfer.upload '1100000000000000000': expected bytes, such as 500kB, 2MB or 1GiB, 1 to"
                                + " 1099511627776"),
                wrong(
                        GOOD + "    tls:\n      certificates:\n        - {cert: none.pem, key: none.pem}\n",
                        "6:18: tls.certificates.cert 'none.pem': cannot be read: give the path of a readable file",
                        "6:33: tls.certificates.key 'none.pem': cannot be read: give the path of a readable file"),
                wrong(GOOD + "    upstream: b\n", "4:5: key 'upstream' is given twice: leave one out"),
                wrong(
                        GOOD + "  - bind: 0.0.0.0:2121\n    upstream: b\n",
                        "4:11: '0.0.0.0:2121' clashes with '127.0.0.1:2121'"
                                + " in line 2: give each its own address or port"),
                wrong(
                        "listeners:\n  - bind: 127.0.0.1:2121\n",
                        "2:5: the listener has no server: give upstream, forward or routes"),
                wrong(
                        "listeners:\n  - upstream: a\n",
                        "2:5: the listener has no address: give bind or implicit-tls-bind"),
                wrong(
                        GOOD + "    passive-address: ${NOBODY}\n",
                        "4:22: variable NOBODY is not set: set it, or give a default," + " ${NOBODY:-default}"),
                wrong(
                        GOOD + "    tls:\n      use: required\n",
                        "5:12: tls.use required needs a certificate: give"
                                + " tls.certificates.cert and tls.certificates.key, tls.keystore, tls.self-signed, or tls.ca-cert and"
                                + " tls.ca-key"),
                wrong(GOOD + "    tls: {self-signed: yes}\n", "4:24: tls.self-signed 'yes': expected true or false"),
                wrong(
                        "listeners:\n  - bind: 'a\n",
                        "3:1: is not YAML: found unexpected end of stream: correct the line"),
                wrong(
                        "listeners:\n  - bind: []\n    upstream: a\n",
                        "2:11: bind is an empty list: give at least one value, or leave the key out"),
                wrong(
                        "listeners: [3]\n",
                        "1:13: listeners must have keys, such as bind, not a value: write KEY: VALUE below it"),
                wrong(
                        "listeners:\n  - {bind: '127.0.0.1:1', forward: 3, routes: [{forward: 3}]}\n",
                        "2:36: forward must have keys, such as allow, not a value: write KEY: VALUE below it",
                        "2:58: forward must have keys, such as allow, not a value: write KEY: VALUE below it"),
                wrong(
                        GOOD + "    via: 3\n",
                        "4:10: via must have keys, or be a list, not a value: begin each item with '- '"),
                wrong(
                        GOOD + "    via: {url: 'socks5://joe@proxy'}\n",
                        "4:16: via.url 'socks5://joe@proxy': expected socks5://, socks4a://, http:// or ftp:// and HOST[:PORT];"
                                + " user and password have keys of their own"),
                wrong(
                        GOOD + "    via: {url: 'proxy:1080'}\n",
                        "4:16: via.url 'proxy:1080': expected socks5://, socks4a://, http:// or ftp:// and HOST[:PORT]"),
                wrong(GOOD + "    via: {user: joe}\n", "4:10: key 'url' is missing in via: add it"),
                wrong(
                        GOOD + "    via: [{url: 'http://a'}, {url: 'http://b', user: joe}]\n",
                        "4:54: a user needs a password: give both"),
                wrong(
                        GOOD + "    via: [{url: 'ftp://a'}, {url: 'http://b', dialect: site}]\n",
                        "4:35: an FTP proxy connects to servers only, so that it is the last one: put it there, or leave one"
                                + " out",
                        "4:56: dialect is for ftp:// only: leave it out, or give ftp://HOST[:PORT]"),
                wrong(
                        GOOD + "    via: {url: 'ftp://a', dialect: account}\n",
                        "4:10: the dialect account names a user at the proxy: give user and password"),
                wrong(
                        GOOD + "    via: [{url: 'http://a'}, {url: 'http://b'}, {url: 'http://c'}]\n",
                        "4:11: at most 2 proxies follow one another, not 3: leave some out"),
                wrong(GOOD + "    send-proxy: v3\n", "4:17: send-proxy 'v3': expected v1|v2"),
                wrong(
                        GOOD + "    send-proxy: [v1]\n",
                        "4:17: send-proxy must have keys, such as version, not a list: write KEY: VALUE below it"),
                wrong(GOOD + "    send-proxy: {data: true}\n", "4:17: key 'version' is missing in send-proxy: add it"),
                wrong(
                        GOOD + "    send-proxy: {version: v1, tlvs: ssl}\n",
                        "4:37: version 1 of the PROXY protocol has no TLVs: use version 2"),
                wrong("3\n", "1:1: the file must have keys, such as listeners, not a value: write KEY: VALUE below it"),
                wrong("listeners: []\n", "1:12: listeners must be a list, not an empty one: begin each item with '- '"),
                wrong("verbose: true\n", "1:1: key 'listeners' is missing: add it"),
                wrong("", "1:1: is empty: give at least one listener, under listeners"),
                wrong(
                        GOOD + "    upstream-tls:\n",
                        "4:18: upstream-tls must have keys, such as mode, not nothing: write"
                                + " KEY: VALUE below it"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void saysWhereAFileIsWrongAndWhatToDo(String text, List<String> messages) throws IOException {
        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> load(text));

        assertThat(failure.lines())
                .isEqualTo(
                        messages.stream().map(message -> file() + ":" + message).toList());
    }

    @Test
    void saysThatThereIsNoFile() {
        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file(), name -> Optional.empty()));

        assertThat(failure.lines())
                .containsExactly(file() + ":1:1: there is no such file: give the path of a config file");
    }

    @Test
    void tellsOfAWrongFileWhichOthersItNames() {
        ConfigException failure = catchThrowableOfType(
                ConfigException.class,
                () -> load(GOOD + "    greeting-file: none\n    limit-message-file: gateway.yaml\n"));

        assertThat(failure.files()).containsExactly(temp.toAbsolutePath().resolve("none"), file().toAbsolutePath());
    }

    @Test
    void saysInWhichLineAFileIsNotUtf8() throws IOException {
        Files.write(file(), ("verbose: true\n\n\n# caf\u00e9\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1));

        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file(), name -> Optional.empty()));

        assertThat(failure.lines()).containsExactly(file() + ":4:6: is not UTF-8: save it in that charset");
    }

    @Test
    void saysThatAFileIsNestedTooDeeply() {
        ConfigException failure = catchThrowableOfType(
                ConfigException.class, () -> load("listeners: " + "[".repeat(20_000) + "]".repeat(20_000)));

        assertThat(failure.lines()).containsExactly(file() + ":1:1: is nested too deeply: correct the file");
    }

    @Test
    void saysTenErrorsAndCountsTheRest() {
        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> load(GOOD + "    wrong-key: 1\n".repeat(12)));

        assertThat(failure.lines()).hasSize(11).last().isEqualTo(file() + ": 2 more errors: correct these first");
    }

    private static Arguments wrong(String text, String... messages) {
        return Arguments.of(text, List.of(messages));
    }

    private static Stream<String> options(Section section) {
        return section.entries().stream()
                .flatMap(entry -> Stream.concat(
                        entry.option().stream().map(CliOption::name),
                        entry instanceof Section below ? options(below) : Stream.empty()));
    }

    private Path file() {
        return temp.resolve("gateway.yaml");
    }

    private ConfigFile load(String text) throws IOException, ConfigException {
        Files.writeString(file(), text);
        return ConfigLoader.load(
                file(), name -> Optional.ofNullable(Map.of("HOST", "ftp").get(name)));
    }
}
