package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.settings.AdminSettings;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section admin of a config file: AdminKeys. */
class AdminConfigTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void isOffUnlessItIsGiven() throws Exception {
        assertThat(load("")).isEmpty();
    }

    @Test
    void meansWhatItSays() throws Exception {
        Files.writeString(temp.resolve("token"), "0123456789abcdef\n");
        AdminSettings settings = load("admin: {bind: '0.0.0.0:8021', token-file: token, hosts: [a, b.example],"
                        + " socket: /run/admin.sock, socket-mode: 0660}\n")
                .orElseThrow();

        assertThat(settings.bind()).hasValue(new InetSocketAddress("0.0.0.0", 8021));
        assertThat(settings.token()).hasValue(Secret.of("0123456789abcdef"));
        assertThat(settings.hosts()).containsExactly("a", "b.example");
        assertThat(settings.socket()).hasValue(Path.of("/run/admin.sock"));
        assertThat(settings.socketForGroup()).isTrue();
    }

    @Test
    void certificatesOfCallersAreEnough() throws Exception {
        for (String name : new String[] {"cert", "key", "ca"}) {
            Files.writeString(temp.resolve(name), "-");
        }

        assertThat(load("admin: {bind: '0.0.0.0:8021', tls: {cert: cert, key: key, client-ca: ca}}\n")
                        .orElseThrow()
                        .tls())
                .hasValueSatisfying(tls -> assertThat(tls.clientAuth()).isEqualTo(ClientAuth.REQUIRE));
        assertThat(problem("admin: {bind: '0.0.0.0:8021', tls: {cert: cert, key: key}}\n"))
                .contains(":2:15: admin.bind is no loopback address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{bind: '0.0.0.0:8021'} | 2:15: admin.bind is no loopback address, so that everyone who reaches it could",
                "{} | admin has no address: give bind, socket, or both",
                "{socket: /run/s, token-file: token} | token-file is for bind only",
                "{socket: /run/ftp-alg/a-name-that-is-too-long-for-an-address-of-a-unix-domain-socket/with-more} | expected an absolute path of at most 80 characters",
                "{socket: /run/s, socket-mode: 0777} | expected 0600|0660",
                "{bind: '127.0.0.1:8021', token-file: short} | the token is shorter than 16 characters",
                "{bind: '127.0.0.1:8021', hosts: 'a:1'} | expected a name without a port",
                "{bind: '127.0.0.1:2121'} | clashes with '127.0.0.1:2121' in line 1",
                "{bind: '127.0.0.1:8021', tokens-file: short} | tokens-file",
            })
    void refusesWhatIsWrong(String admin, String message) throws Exception {
        Files.writeString(temp.resolve("token"), "0123456789abcdef\n");
        Files.writeString(temp.resolve("short"), "0123456789abcde\n");

        assertThat(problem("admin: " + admin + "\n")).contains(message);
    }

    @Test
    void checkShowsNoToken() throws Exception {
        Files.writeString(temp.resolve("token"), "0123456789abcdef\n");
        ConfigFile config = ConfigLoader.load(
                file("admin: {bind: '127.0.0.1:8021', token-file: token}\n"), name -> Optional.empty());

        assertThat(String.join("\n", EffectiveConfig.lines(config)))
                .contains("token-file: ")
                .doesNotContain("0123456789abcdef");
        assertThat(config.settings().toString()).doesNotContain("0123456789abcdef");
    }

    private Optional<AdminSettings> load(String admin) throws Exception {
        return ConfigLoader.load(file(admin), name -> Optional.empty())
                .settings()
                .admin();
    }

    private String problem(String admin) throws Exception {
        Path file = file(admin);
        return String.join(
                "\n",
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, name -> Optional.empty()))
                        .lines());
    }

    private Path file(String admin) throws Exception {
        return Files.writeString(
                temp.resolve("gateway.yaml"), "listeners: [{bind: '127.0.0.1:2121', upstream: a}]\n" + admin);
    }
}
