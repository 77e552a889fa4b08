package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditSchema;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each field of the audit, written by the jar: one session under TLS on both sides, of a user of the gateway with a certificate, that
 * has files accepted, rejected and refused.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditFieldsIT {
    private static final int SIZE = 100_000;
    private static final String NAME = "files.example";

    private final TlsMaterial material = TlsMaterial.create();
    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.of(Protection.EXPLICIT, material));
    private final Path folder = Workspace.create("audit-fields");
    private final Path audit = folder.resolve("audit.json");
    private List<Map<String, Object>> records = List.of();
    private InetSocketAddress listener = new InetSocketAddress(0);
    private InetSocketAddress client = new InetSocketAddress(0);

    @BeforeAll
    void haveASession() throws Exception {
        Htpasswd.write(folder, "joe");
        Files.writeString(folder.resolve("groups"), "partners: joe\n");
        Files.writeString(folder.resolve("password"), "x\n");
        // As a crash leaves it.
        Files.writeString(audit, "{\"schema\":1,\"seq\":7,\"ti");
        try (ConfiguredJar jar = start()) {
            listener = jar.addresses().get(0);
            RawTls tls = new RawTls(material.context(material.client()), TlsVersion.TLS_1_3).askFor(NAME);
            try (RawFtp joe = RawFtp.login(new Target(listener, "joe", "secret"), Protection.EXPLICIT, tls)) {
                client = joe.localAddress();
                talk(joe);
                assertThat(ctl("kill", "999999")).endsWith("[exit 1]\n");
                jar.hangUp();
                jar.awaitLog("config reloaded", 1);
                joe.ask("QUIT");
            }
            jar.terminate();
        }
        records = Files.readAllLines(audit).stream()
                .skip(1)
                .map(line -> {
                    assertThat(AuditSchema.errors(line)).as(line).isEmpty();
                    return JsonReader.object(line);
                })
                .toList();
    }

    private void talk(RawFtp joe) throws IOException {
        joe.upload(DataSyntax.PASV, "STOR accepted", Payload.bytes(SIZE));
        assertThat(joe.ask("DELE x.exe").code()).isEqualTo(550);
        assertThat(joe.ask("APPE accepted").code()).isEqualTo(504);
        byte[] program = Payload.bytes(SIZE);
        program[0] = 'M';
        program[1] = 'Z';
        try (Socket data = joe.open(DataSyntax.EPSV, "STOR rejected")) {
            data.getOutputStream().write(program);
        } catch (IOException e) {
            // It is reset when the gateway has decided.
        }
        assertThat(joe.read().code()).isEqualTo(550);
        joe.agree(DataSyntax.PASV);
        assertThat(joe.ask("STOR third").code()).isEqualTo(552);
        assertThat(joe.download(DataSyntax.EPSV, "RETR accepted")).hasSize(SIZE);
        assertThat(joe.ask("PORT 10,9,8,7,200,1").code()).isEqualTo(501);
    }

    private ConfiguredJar start() {
        try {
            return ConfiguredJar.start(folder, """
                    admin: {socket: '%1$s/admin.sock'}
                    quotas: {store: '%1$s/quotas.db', rules: [{each-user: true, period: day, direction: upload, files: 2}]}
                    audit: {instance: gw1, file: {path: '%2$s'}}
                    listeners:
                      - bind: 127.0.0.3:0
                        login: {users-file: '%1$s/users', groups-file: '%1$s/groups'}
                        tls: {certificates: [{cert: '%3$s', key: '%4$s'}], client-auth: optional, client-ca: '%5$s'}
                        upstream-tls: {ca: '%5$s'}
                        routes: [{clients: '0.0.0.0/0', upstream: 'ftpes://%6$s', send-user: '%7$s', send-password-file: '%1$s/password'}]
                        rules: [{name: no-programs, action: deny, file: '*.exe'}]
                        inspection: {hash: {}, types: {deny: application/x-msdownload}}
                    """.formatted(
                            folder,
                            audit,
                            material.gateway().certificate(),
                            material.gateway().key(),
                            material.authority(),
                            Target.of(server).authority(),
                            server.user()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ctl(String... command) {
        return Program.run(
                folder,
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-jar",
                                        Objects.requireNonNull(System.getProperty("ftpalg.jar")),
                                        "ctl",
                                        "--socket",
                                        folder.resolve("admin.sock").toString()),
                                Stream.of(command))
                        .toList(),
                "",
                Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() {
        server.close();
        material.close();
    }

    private Map<String, Object> first(String event, String field, Object value) {
        return records.stream()
                .filter(record -> event.equals(record.get("event")) && value.equals(record.get(field)))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no " + event + " with " + field + ' ' + value + " in " + records));
    }

    /** Records are dropped only where the queue of a sink is full. */
    static Set<AuditField> written() {
        return EnumSet.complementOf(EnumSet.of(AuditField.DROPPED));
    }

    @ParameterizedTest
    @MethodSource("written")
    void isWritten(AuditField field) {
        String name = field.name().toLowerCase(Locale.ROOT);

        assertThat(records).as(name).anySatisfy(record -> assertThat(record).containsKey(name));
    }

    @Test
    void namesBothControlConnections() {
        assertThat(first("login_accepted", "at", "server"))
                .containsEntry("instance", "gw1")
                .containsEntry("client_ip", client.getAddress().getHostAddress())
                .containsEntry("client_port", (long) client.getPort())
                .containsEntry("server_ip", server.address().getAddress().getHostAddress())
                .containsEntry("server_port", (long) server.address().getPort())
                .containsEntry("proxy_user", "joe")
                .containsEntry("proxy_groups", List.of("partners"))
                .containsEntry("user", server.user())
                .containsEntry("client_tls_version", "TLSv1.3")
                .containsEntry("client_tls_name", NAME)
                .containsEntry("client_certificate", "CN=client")
                .containsEntry("server_certificate", "CN=server");
    }

    @Test
    void namesTheListener() {
        assertThat(first("session_opened", "client_port", (long) client.getPort()))
                .containsEntry("listener_ip", listener.getAddress().getHostAddress())
                .containsEntry("listener_port", (long) listener.getPort());
    }

    @Test
    void namesBothDataConnectionsOfATransfer() {
        assertThat(first("transfer_finished", "path", "accepted"))
                .containsEntry("verb", "STOR")
                .containsEntry("direction", "upload")
                .containsEntry("bytes_to_server", (long) SIZE)
                .containsEntry("bytes_to_client", 0L)
                .containsEntry("received", 226L)
                .containsEntry("sent", 226L)
                .containsEntry("end", "COMPLETE")
                .containsEntry("data_path", "buffer")
                .containsEntry("client_data_syntax", "PASV")
                .containsEntry("client_data_ip", client.getAddress().getHostAddress())
                .containsEntry("client_data_tls_version", "TLSv1.3")
                .containsEntry("server_data_ip", server.address().getAddress().getHostAddress())
                .containsEntry("server_data_tls_resumed", true);
    }

    @Test
    void hasTheVerdicts() {
        assertThat(first("content_inspected", "path", "accepted"))
                .containsEntry("sha256", Payload.sha256(server.files().resolve("accepted")))
                .containsKeys("crc32c", "findings");
        assertThat(first("content_inspected", "path", "rejected"))
                .containsEntry("end", "REJECTED")
                .hasEntrySatisfying("reason", why -> assertThat((String) why).contains("application/x-msdownload"));
    }

    @Test
    void hasWhatWasRefused() {
        assertThat(first("command_denied", "rule", "no-programs"))
                .containsEntry("path", TestServer.DIRECTORY + "/x.exe")
                .containsEntry("sent", 550L);
        assertThat(first("command_denied", "rule", "inspection"))
                .containsEntry("verb", "APPE")
                .containsEntry("direction", "upload")
                .containsEntry("path", "accepted")
                .containsEntry("sent", 504L);
        assertThat(first("quota_exceeded", "result", "refused"))
                .containsEntry("quota_of", "user")
                .containsEntry("quota_name", "joe")
                .containsEntry("period", "day")
                .containsEntry("unit", "files")
                .containsEntry("limit", 2L)
                .containsEntry("used", 2L);
        assertThat(first("peer_rejected", "named_ip", "10.9.8.7"))
                .containsEntry("named_port", 200L * 256 + 1)
                .containsEntry("side", "client");
    }

    @Test
    void hasWhatOperatorsDid() {
        assertThat(first("admin_action", "target", "999999")).containsEntry("result", "failed");
        assertThat(first("config_reloaded", "result", "done")).containsKeys("by", "file");
    }

    @Test
    void hasWhatACrashLeft() {
        assertThat(records.get(0)).containsEntry("torn_bytes", 23L).containsKey("torn_sha256");
    }
}
