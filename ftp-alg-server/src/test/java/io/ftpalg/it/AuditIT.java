package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.server.audit.record.AuditSchema;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit of the jar, with curl and vsftpd: its records, and what {@code audit verify} finds. */
@Timeout(120)
class AuditIT {
    private static final String JAR = Objects.requireNonNull(System.getProperty("ftpalg.jar"));
    private static final Servers SERVERS = new Servers();
    private static final int SIZE = 30_000;

    @TempDir
    private Path temp = Path.of(".");

    private Path audit = Path.of(".");
    private Path file = Path.of(".");

    @BeforeEach
    void makeFiles() {
        audit = temp.resolve("audit.json");
        file = Payload.file(temp.resolve("local.bin"), SIZE);
    }

    @AfterAll
    static void stop() {
        SERVERS.close();
    }

    private static TestServer server() {
        return SERVERS.get(ServerKind.VSFTPD, false);
    }

    private ConfiguredJar start() throws IOException {
        return ConfiguredJar.start(temp, """
                listeners:
                  - {bind: '127.0.0.1:0', upstream: '%s'}
                audit: {instance: gw1, file: {path: '%s', must: true}}
                """.formatted(Target.of(server()).authority(), audit));
    }

    private static Target target(ConfiguredJar jar) {
        return new Target(jar.addresses().get(0), server().user(), server().password());
    }

    private void upload(ConfiguredJar jar, String name) {
        String output = new Curl().run(temp, target(jar), DataSyntax.EPSV, List.of(new Step.Put(file, name)));
        assertThat(output).contains("[exit 0]");
    }

    private String verify(Path... files) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR, "audit", "verify"));
        for (Path one : files) {
            command.add(one.toString());
        }
        return Program.run(temp, command, "", Duration.ofSeconds(60));
    }

    private List<Map<String, Object>> records(String event) throws IOException {
        return Files.readAllLines(audit).stream()
                .map(JsonReader::object)
                .filter(record -> event.equals(record.get("event")))
                .toList();
    }

    private void awaitRecord(String event, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> records(event).size() >= count);
    }

    @Test
    void hasTheRecordsOfASessionWithAnUpload() throws Exception {
        try (ConfiguredJar jar = start()) {
            upload(jar, "a%FFb.bin");
            jar.terminate();
        }

        assertThat(Files.readAllLines(audit))
                .allSatisfy(
                        line -> assertThat(AuditSchema.errors(line)).as(line).isEmpty());
        assertThat(Files.readAllLines(audit).stream()
                        .map(line -> JsonReader.object(line).get("event")))
                .containsExactly(
                        "file_opened",
                        "audit_started",
                        "session_opened",
                        "login_accepted",
                        "transfer_started",
                        "transfer_finished",
                        "session_closed",
                        "audit_stopped");
        assertThat(records("transfer_finished").get(0))
                .containsEntry("instance", "gw1")
                .containsEntry("user", server().user())
                .containsEntry("verb", "STOR")
                .containsEntry("path", "a\\xffb.bin")
                .containsEntry("bytes_to_server", (long) SIZE)
                .containsEntry("received", 226L)
                .containsEntry("sent", 226L)
                .containsEntry("end", "COMPLETE");
    }

    @Test
    void verifyNamesTheLineOfWhichOneByteWasChanged() throws Exception {
        try (ConfiguredJar jar = start()) {
            upload(jar, "a.bin");
            jar.terminate();
        }
        assertThat(verify(audit)).contains("verified: 8 records in 1 file", "[exit 0]");
        String text = Files.readString(audit);

        Files.writeString(audit, text.replaceFirst("\"bytes_to_server\":30000", "\"bytes_to_server\":30001"));

        assertThat(verify(audit)).contains(audit + ":6: this line has a hash that does not fit", "[exit 1]");
    }

    @Test
    void continuesBehindAKillAndVerifies() throws Exception {
        try (ConfiguredJar jar = start()) {
            upload(jar, "a.bin");
            awaitRecord("session_closed", 1);
        }
        Files.writeString(audit, "{\"schema\":1,\"seq\":7,\"ti", StandardOpenOption.APPEND);
        try (ConfiguredJar jar = start()) {
            upload(jar, "b.bin");
            jar.terminate();
        }

        assertThat(verify(audit)).contains(audit + ":8: not complete", "verified: 15 records in 1 file", "[exit 0]");
    }

    @Test
    void hasNoSecretWhereverItWasSent() throws Exception {
        try (ConfiguredJar jar = start();
                RawFtp client = RawFtp.connect(jar.addresses().get(0))) {
            client.read();
            for (String line : List.of(
                    "PASS hidden",
                    "pASS\thidden",
                    "USER anonymous",
                    "PASShidden",
                    "ACCT hidden",
                    "PASS hidden",
                    "SITE PSWD hidden hidden",
                    "SITE EXEC hidden",
                    "QUIT")) {
                client.ask(line);
            }
            awaitRecord("session_closed", 1);
        }

        assertThat(records("command_denied")).hasSize(1);
        assertThat(Files.readString(audit, StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
    }

    @Test
    void checkRefusesADirectoryThatIsNotThere() throws Exception {
        Path config = Files.writeString(temp.resolve("wrong.yaml"), """
                listeners:
                  - {bind: '127.0.0.1:0', upstream: '127.0.0.1'}
                audit: {file: {path: '%s/none/audit.json'}}
                """.formatted(temp));
        String output = Program.run(
                temp,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR,
                        "check",
                        "--config",
                        config.toString()),
                "",
                Duration.ofSeconds(60));

        assertThat(output).contains("there is no directory " + temp.resolve("none") + ": create it", "[exit 2]");
    }
}
