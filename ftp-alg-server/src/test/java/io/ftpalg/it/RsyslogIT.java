package io.ftpalg.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.server.json.JsonReader;
import io.ftpalg.server.tls.CredentialSource.PemPair;
import io.ftpalg.server.tls.TlsFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** rsyslog receives the audit of the jar. */
@Timeout(120)
class RsyslogIT {
    private static final TestServer SERVER = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE);
    private static final String MODULES =
            "usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu/rsyslog/";

    @TempDir
    private static Path temp = Path.of(".");

    private static Path received = Path.of(".");

    @BeforeAll
    static void fill() {
        Payload.file(SERVER.files().resolve("small"), 1000);
        received = temp.resolve("received");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** Starts rsyslog with an input like this one. */
    private static Program rsyslog(InetSocketAddress address, String global, String input) throws IOException {
        Path program = Peers.require("rsyslogd");
        Path modules = Peers.requireModule(MODULES + "imtcp.so").getParent();
        Path file = Files.writeString(temp.resolve("rsyslog.conf"), """
                global(workDirectory="%s" %s)
                module(load="imtcp"%s)
                module(load="imudp")
                input(type="imtcp" address="127.0.0.1" port="%d")
                input(type="imudp" address="127.0.0.1" port="%d")
                template(name="fields" type="string" string="%%msgid%%|%%app-name%%|%%hostname%%|%%syslogfacility-text%%|%%msg%%\\n")
                *.* action(type="omfile" file="%s" template="fields")
                """.formatted(
                        temp, global, input, address.getPort(), address.getPort(), received));
        Program started = Program.start(
                temp,
                List.of(
                        program.toString(),
                        "-n",
                        "-f",
                        file.toString(),
                        "-i",
                        temp.resolve("rsyslog.pid").toString(),
                        "-M",
                        String.valueOf(modules)),
                Map.of(
                        "LD_LIBRARY_PATH",
                        Peers.libraries().stream().map(Path::toString).collect(joining(":"))),
                "");
        await().atMost(Duration.ofSeconds(20)).until(() -> accepts(address));
        return started;
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ConfiguredJar start(String syslog) throws IOException {
        return ConfiguredJar.start(temp, """
                listeners:
                  - {bind: '127.0.0.1:0', upstream: '%s'}
                audit: {instance: gw1, syslog: %s}
                """.formatted(Target.of(SERVER).authority(), syslog));
    }

    private static void download(ConfiguredJar jar) {
        Curl curl = new Curl();
        Target target = new Target(jar.addresses().get(0), SERVER.user(), SERVER.password());
        assertThat(curl.run(temp, target, DataSyntax.EPSV, List.of(new Step.Get("small", temp.resolve("copy")))))
                .contains("[exit 0]");
    }

    private static List<String> received(String event) {
        try {
            return Files.exists(received)
                    ? Files.readAllLines(received).stream()
                            .filter(line -> line.startsWith(event + "|"))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertReceived() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> received("transfer_finished").size() == 1
                        && received("session_closed").size() == 1);
        String line = received("transfer_finished").get(0);
        assertThat(line).startsWith("transfer_finished|ftp-alg|gw1|local6|{");
        assertThat(JsonReader.object(line.substring(line.indexOf('{'))))
                .containsEntry("verb", "RETR")
                .containsEntry("bytes_to_client", 1000L);
    }

    @Test
    void overTcp() throws Exception {
        InetSocketAddress address = new InetSocketAddress(
                "127.0.0.1", NativeServer.freePort(Loopback.SERVER).getPort());
        Files.deleteIfExists(received);
        try (Program rsyslog = rsyslog(address, "", "");
                ConfiguredJar jar =
                        start("{server: '127.0.0.1:" + address.getPort() + "', protocol: tcp, facility: local6}")) {
            download(jar);

            assertReceived();
            assertThat(rsyslog.alive()).isTrue();
        }
    }

    @Test
    void overUdp() throws Exception {
        InetSocketAddress address = new InetSocketAddress(
                "127.0.0.1", NativeServer.freePort(Loopback.SERVER).getPort());
        Files.deleteIfExists(received);
        try (Program rsyslog = rsyslog(address, "", "");
                ConfiguredJar jar =
                        start("{server: '127.0.0.1:" + address.getPort() + "', protocol: udp, facility: local6}")) {
            download(jar);

            assertReceived();
            assertThat(rsyslog.alive()).isTrue();
        }
    }

    @Test
    void overTls() throws Exception {
        Peers.requireModule(MODULES + "lmnsd_ossl.so");
        InetSocketAddress address = new InetSocketAddress(
                "127.0.0.1", NativeServer.freePort(Loopback.SERVER).getPort());
        PemPair pair = TlsFixture.files(temp, "rsyslog", TlsFixture.selfSigned("localhost"));
        Files.deleteIfExists(received);
        String global = "DefaultNetstreamDriver=\"ossl\" DefaultNetstreamDriverCAFile=\"" + pair.certificate()
                + "\" DefaultNetstreamDriverCertFile=\"" + pair.certificate() + "\" DefaultNetstreamDriverKeyFile=\""
                + pair.key() + "\"";
        String input = " StreamDriver.Name=\"ossl\" StreamDriver.Mode=\"1\" StreamDriver.AuthMode=\"anon\"";
        try (Program rsyslog = rsyslog(address, global, input);
                ConfiguredJar jar = start("{server: 'localhost:" + address.getPort() + "', ca: '" + pair.certificate()
                        + "', facility: local6}")) {
            download(jar);

            assertReceived();
            assertThat(rsyslog.alive()).isTrue();
        }
    }
}
