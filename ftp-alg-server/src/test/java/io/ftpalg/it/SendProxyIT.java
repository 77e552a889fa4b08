package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L8: vsftpd behind HAProxy, which accepts connections with a PROXY header only, by the config of docs/places.md. */
@Timeout(120)
class SendProxyIT {
    private static final Path DOC = Path.of("../docs/places.md");
    private static final InetAddress BALANCER = IpLiteral.parse("127.0.0.5").orElseThrow();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path temp = Path.of(".");

    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private <T extends AutoCloseable> T run(T started) {
        running.add(started);
        return started;
    }

    @ParameterizedTest
    @EnumSource(SendProxy.Version.class)
    void haproxyKnowsTheClientOfControlAndDataConnections(SendProxy.Version version) throws Exception {
        int ports = version == SendProxy.Version.V1 ? 24_660 : 24_680;
        InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
        TestServer server = run(Vsftpd.start(
                address, ServerSecurity.NONE, "pasv_min_port=%d\npasv_max_port=%d\n".formatted(ports, ports + 19)));
        InetSocketAddress front = NativeServer.freePort(BALANCER);
        Balancer haproxy = run(Balancer.haproxy(
                placed(block("haproxy"), front, address, ports)
                        .replace(
                                " accept-proxy\n",
                                " accept-proxy\n    log stdout format raw local0\n    option tcplog\n"),
                IpLiteral.format(BALANCER),
                front));
        InetSocketAddress gateway6 = NativeServer.freePort(Loopback.IPV6);
        String config = placed(block("yaml"), front, address, ports)
                .replace("v2", version.name().toLowerCase(Locale.ROOT))
                .replace("0.0.0.0:2121", "['127.0.0.3:0', '" + IpLiteral.format(gateway6) + "']");
        ConfiguredJar gateway =
                run(ConfiguredJar.start(temp, config + "    health: {check: greeting, interval: 1s, failures: 1}\n"));
        byte[] content = new byte[2_000_000];
        new Random(7).nextBytes(content);

        transfers(server, gateway.addresses().get(0), Loopback.STRANGER, content);
        transfers(server, gateway6, Loopback.IPV6, content);

        // Control, a download and an upload of each client, in HAProxy's words: its address and port.
        assertNames(haproxy, "ftp", "127.0.0.9", 1);
        assertNames(haproxy, "ftp-data", "127.0.0.9", 2);
        assertNames(haproxy, "ftp", "::1", 1);
        assertNames(haproxy, "ftp-data", "::1", 2);
        assertThat(gateway.log("transfer finished")).hasSize(4).allMatch(line -> line.contains("data_path=splice"));
        // Health checks are the gateway's own: HAProxy logs the address that they are from, and the server greets them.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(clients(haproxy, "ftp"))
                .filteredOn(client -> !List.of("127.0.0.9", "::1").contains(client))
                .hasSizeGreaterThanOrEqualTo(2));
        assertThat(gateway.log("server ejected")).isEmpty();
    }

    private static void transfers(TestServer server, InetSocketAddress gateway, InetAddress from, byte[] content)
            throws IOException {
        Files.write(server.files().resolve("down"), content);
        try (RawFtp client = RawFtp.connect(gateway, from)) {
            assertThat(client.read().code()).isEqualTo(220);
            assertThat(client.ask("USER " + server.user()).code()).isEqualTo(331);
            assertThat(client.ask("PASS " + server.password()).code()).isEqualTo(230);
            assertThat(client.ask("TYPE I").code()).isEqualTo(200);
            assertThat(client.ask("CWD " + TestServer.DIRECTORY).code()).isEqualTo(250);
            assertThat(client.download(DataSyntax.EPSV, "RETR down")).isEqualTo(content);
            String name = "up" + gateway.getPort();
            client.upload(DataSyntax.EPSV, "STOR " + name, content);
            assertThat(Files.readAllBytes(server.files().resolve(name))).isEqualTo(content);
            assertThat(client.ask("QUIT").code()).isEqualTo(221);
        }
    }

    /** It logs a connection when it has ended. */
    private static void assertNames(Balancer haproxy, String section, String client, int times) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(clients(haproxy, section))
                .filteredOn(client::equals)
                .as(haproxy.log())
                .hasSize(times));
    }

    /** Returns the clients of the connections that were forwarded from this section. */
    private static List<String> clients(Balancer haproxy, String section) {
        Pattern line = Pattern.compile("^(\\S+):[0-9]+ \\[[^]]*\\] " + section + ' ' + section + "/ftp1 ");
        return haproxy.log()
                .lines()
                .map(line::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    private static String placed(String config, InetSocketAddress front, InetSocketAddress server, int ports) {
        return config.replace("10.0.0.20:21", IpLiteral.format(front))
                .replace("10.0.0.20", IpLiteral.format(front.getAddress()))
                .replace("10.0.0.21:21", IpLiteral.format(server))
                .replace("10.0.0.21", IpLiteral.format(server.getAddress()))
                .replace("50000-50019", ports + "-" + (ports + 19));
    }

    private static String block(String language) throws IOException {
        String doc = Files.readString(DOC);
        String section = doc.substring(doc.indexOf("\n## In front of servers that want to know the client\n"));
        Matcher block = Pattern.compile("\n```" + language + "\n(.*?)```\n", Pattern.DOTALL)
                .matcher(section);
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }
}
