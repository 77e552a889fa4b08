package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole policy of docs/policy.md, as it is written there, through the jar, with curl and vsftpd. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnersIT {
    private static final String JAR = Objects.requireNonNull(System.getProperty("ftpalg.jar"));
    private static final int SIZE = 5_000_000;
    private static final int NOON = 12;
    private static final int NIGHT = 2;

    private final Clamd clamd = Clamd.start();
    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);
    private final Path accounts = Workspace.create("partners");

    @TempDir
    private Path temp = Path.of(".");

    @BeforeAll
    void addUsers() throws IOException {
        Htpasswd.write(accounts, "joe", "ann");
        Files.writeString(accounts.resolve("groups"), "partners: joe\nstaff: ann\n");
        Files.writeString(accounts.resolve("server-password"), "x\n");
        Path folder = Files.createDirectory(server.files().resolve("joe"));
        assertThat(folder.toFile().setWritable(true, false)).isTrue();
        // Where the clients of the tests go, in the jail.
        Path inside = Files.createDirectory(folder.resolve("pub"));
        assertThat(inside.toFile().setWritable(true, false)).isTrue();
    }

    @AfterAll
    void stop() {
        server.close();
        clamd.close();
    }

    @Test
    void partnersUploadTheirFilesAndTheStaffReadsThem() throws Exception {
        Path csv = Payload.file(temp.resolve("day.csv"), SIZE);
        try (ConfiguredJar jar = start(NOON)) {
            assertThat(upload(jar, "joe", csv, "day.csv")).contains("[exit 0]");
            assertThat(server.files().resolve("joe/day.csv")).hasSameBinaryContentAs(csv);

            // Once more: nothing is replaced; and of another form; and by the staff.
            assertThat(upload(jar, "joe", csv, "day.csv")).doesNotContain("[exit 0]");
            assertThat(upload(jar, "joe", csv, "day.exe")).doesNotContain("[exit 0]");
            assertThat(upload(jar, "ann", csv, "pub/joe/other.csv")).doesNotContain("[exit 0]");
            assertThat(server.files().resolve("joe/day.exe")).doesNotExist();
            assertThat(server.files().resolve("joe/other.csv")).doesNotExist();

            assertThat(download(jar, "joe", "day.csv")).doesNotContain("[exit 0]");
            assertThat(download(jar, "ann", "pub/joe/day.csv")).contains("[exit 0]");
            assertThat(temp.resolve("got")).hasSameBinaryContentAs(csv);

            assertThat(records("content_inspected").get(0))
                    .containsEntry("end", "COMPLETE")
                    .containsEntry("sha256", Payload.sha256(csv));
            // 2 MB/s: 5 MB, of which little is there at once.
            assertThat(records("transfer_finished").get(0))
                    .hasEntrySatisfying(
                            "duration_ms", millis -> assertThat((Long) millis).isGreaterThan(2000));
            assertThat(records("command_denied").stream().map(record -> record.get("verb")))
                    .contains("STOR", "SIZE");
        }
    }

    static Stream<Named<FtpClient>> clients() {
        return Stream.of(new Curl(), new Lftp(), new Ncftp(), new CommonsNet()).map(one -> Named.of(one.name(), one));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aVirusInTheMiddleOfAnUploadNeverArrivesWhole(FtpClient client) throws Exception {
        client.require();
        byte[] content = Payload.bytes(SIZE);
        System.arraycopy(Clamd.EICAR, 0, content, SIZE / 2, Clamd.EICAR.length);
        String name = client.name() + ".csv";
        Path csv = Payload.file(temp.resolve(name), content);
        try (ConfiguredJar jar = start(NOON)) {
            String output = client.run(
                    temp,
                    new Target(jar.addresses().get(0), "joe", "secret"),
                    DataSyntax.PASV,
                    List.of(new Step.Put(csv, name)));

            assertThat(records("content_inspected")).as(output).isNotEmpty().allSatisfy(record -> assertThat(record)
                    .containsEntry("end", "REJECTED")
                    .containsEntry("reason", "virus Eicar-Test.UNOFFICIAL"));
            Path arrived = server.files().resolve("joe/pub").resolve(name);
            assertThat(Files.exists(arrived) ? Files.size(arrived) : 0).isLessThan(SIZE);
        }
    }

    @Test
    void anUploadThatDeclaresTooMuchIsRefused() throws Exception {
        try (ConfiguredJar jar = start(NOON);
                RawFtp joe = RawFtp.loginOnly(new Target(jar.addresses().get(0), "joe", "secret"))) {
            assertThat(joe.ask("ALLO 100000001").code()).isEqualTo(202);
            joe.agree(DataSyntax.PASV);
            assertThat(joe.ask("STOR large.csv").text()).isEqualTo("552 The file is larger than allowed.");
        }
    }

    @Test
    void nothingIsUploadedByNight() throws Exception {
        Path csv = Payload.file(temp.resolve("night.csv"), 1000);
        try (ConfiguredJar jar = start(NIGHT)) {
            assertThat(upload(jar, "joe", csv, "night.csv")).doesNotContain("[exit 0]");

            assertThat(server.files().resolve("joe/night.csv")).doesNotExist();
        }
    }

    @Test
    void explainPrintsWhatTheTextSays() throws Exception {
        Path file = Files.writeString(temp.resolve("partners.yaml"), example());
        Matcher console =
                Pattern.compile("partners.yaml '(.*)'\n((?s:.*?))\\$ ").matcher(doc());
        assertThat(console.find()).isTrue();

        assertThat(run("explain", "--config", file.toString(), console.group(1)))
                .startsWith(console.group(2));
    }

    @Test
    void quotaAndAuditHaveTheUpload() throws Exception {
        Path csv = Payload.file(temp.resolve("count.csv"), 1000);
        Path config;
        try (ConfiguredJar jar = start(NOON)) {
            config = jar.file();
            assertThat(upload(jar, "joe", csv, "count.csv")).contains("[exit 0]");
            jar.terminate();
        }

        assertThat(run("quota", "show", "--config", config.toString()))
                .containsPattern("group +partners +day +upload +1000 B +9.3 GiB +1 ");
        assertThat(run("audit", "verify", temp.resolve("audit.json").toString()))
                .containsPattern("verified: \\d+ records in 1 file, from .* to .*, last hash [0-9a-f]{64}");
    }

    private ConfiguredJar start(int hour) throws IOException {
        int now = Instant.now().atOffset(ZoneOffset.UTC).getHour();
        int shift = Math.floorMod(hour - now + 11, 24) - 11;
        return ConfiguredJar.start(
                temp,
                example()
                        .replace("Europe/Berlin", ZoneOffset.ofHours(shift).getId())
                        .replace("0.0.0.0:21", "127.0.0.1:0")
                        .replace("/in/", TestServer.DIRECTORY + "/")
                        .replace("ftp.example.com", "'" + Target.of(server).authority() + "'")
                        .replace("send-user: gateway", "send-user: anonymous"));
    }

    /** Returns the example with files that are here. */
    private String example() throws IOException {
        Matcher block = Pattern.compile("```yaml\n(audit:(?s:.*?))```").matcher(doc());
        assertThat(block.find()).isTrue();
        return block.group(1)
                .replace("/run/clamav/clamd.ctl", clamd.socket().toString())
                .replace("/etc/ftp-alg", accounts.toString())
                .replaceAll("/var/(log|lib)/ftp-alg", Matcher.quoteReplacement(temp.toString()));
    }

    private static String doc() throws IOException {
        return Files.readString(Path.of("..", "docs", "policy.md"));
    }

    private String upload(ConfiguredJar jar, String user, Path file, String path) {
        return curl(jar, user, path, "--upload-file", file.toString());
    }

    private String download(ConfiguredJar jar, String user, String path) {
        return curl(jar, user, path, "--output", "got");
    }

    private String curl(ConfiguredJar jar, String user, String path, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--user", user + ":secret"));
        command.addAll(List.of(options));
        command.add("ftp://127.0.0.1:" + jar.addresses().get(0).getPort() + "/" + path);
        return Program.run(temp, command, "", Duration.ofSeconds(60));
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR));
        command.addAll(List.of(arguments));
        return Program.run(temp, command, "", Duration.ofSeconds(60));
    }

    private List<Map<String, Object>> records(String event) throws IOException {
        Path audit = temp.resolve("audit.json");
        await().until(() -> Files.readString(audit).contains("\"" + event + "\""));
        return Files.readAllLines(audit).stream()
                .map(JsonReader::object)
                .filter(record -> event.equals(record.get("event")))
                .toList();
    }
}
