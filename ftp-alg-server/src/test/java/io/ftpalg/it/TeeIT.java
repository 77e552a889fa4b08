package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of inspected files, in a directory and in an object store, through the jar, with curl and vsftpd. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeeIT {
    private static final String JAR = Objects.requireNonNull(System.getProperty("ftpalg.jar"));
    private static final int SIZE = 3_000_000;

    private final TestServer server = Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private Path temp = Path.of(".");

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void uploadsAndDownloadsAreCopied() throws Exception {
        Path csv = Payload.file(temp.resolve("day.csv"), SIZE);
        Path copies = Files.createDirectory(temp.resolve("copies"));
        try (ConfiguredJar jar = start("tee: {directory: '" + copies + "', names: '*.CSV', min-free: 0}")) {
            assertThat(upload(jar, csv, "day.csv")).contains("[exit 0]");
            assertThat(upload(jar, csv, "day.txt")).contains("[exit 0]");
            assertThat(curl(jar, "day.csv", "--output", "got")).contains("[exit 0]");

            List<Map<String, Object>> lines = manifest(copies);
            assertThat(lines).extracting("direction").containsExactly("upload", "download");
            assertThat(lines).allSatisfy(line -> {
                assertThat(line)
                        .containsEntry("outcome", "complete")
                        .containsEntry("bytes", (long) SIZE)
                        .containsEntry("sha256", Payload.sha256(csv));
                assertThat(copies.resolve(String.valueOf(line.get("copy")))).hasSameBinaryContentAs(csv);
            });
            assertThat(jar.log("content inspected").get(0)).contains("copy=20");
        }
    }

    @ParameterizedTest
    @CsvSource({"keep, true", "remove, false"})
    void theCopyOfARejectedFileIsKeptOrRemoved(String rejected, boolean kept) throws Exception {
        Path file = Payload.file(temp.resolve("known"), SIZE);
        Path list = Files.writeString(temp.resolve("blocked"), Payload.sha256(file) + "\n");
        Path copies = Files.createDirectory(temp.resolve("copies-" + rejected));
        try (ConfiguredJar jar = start("hash: {block-list: '" + list + "'}, tee: {directory: '" + copies
                + "', min-free: 0, rejected: " + rejected + "}")) {
            assertThat(upload(jar, file, "known")).doesNotContain("[exit 0]");

            assertThat(manifest(copies).get(0))
                    .containsEntry("outcome", "rejected")
                    .containsEntry("reason", "the hash is on the block list")
                    .containsEntry("sha256", Payload.sha256(file));
            assertThat(copies(copies)).hasSize(kept ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"reject, false", "pass, true"})
    void aFullDiskRejectsTheFileOrPassesIt(String onFailure, boolean passes) throws Exception {
        Path copies = Files.createDirectory(temp.resolve("full-" + onFailure));
        Path file = Payload.file(temp.resolve("large"), SIZE);
        system("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", copies.toString());
        try (ConfiguredJar jar =
                start("tee: {directory: '" + copies + "', min-free: 0, on-failure: " + onFailure + "}")) {
            String output = upload(jar, file, "large-" + onFailure);

            assertThat(output.contains("[exit 0]")).isEqualTo(passes);
            assertThat(Payload.sha256(server.files().resolve("large-" + onFailure))
                            .equals(Payload.sha256(file)))
                    .isEqualTo(passes);
            assertThat(jar.awaitLog("copy failed", 1)).contains("No space left on device", "passed=" + passes);
            assertThat(manifest(copies).get(0)).containsEntry("outcome", "failed");
            assertThat(copies(copies)).isEmpty();
            assertThat(metrics()).contains("ftp_alg_copies_failed_total{place=\"" + copies + "\"} 1.0");
            // The next file fits.
            assertThat(upload(jar, Payload.file(temp.resolve("small"), 1000), "small-" + onFailure))
                    .contains("[exit 0]");
        } finally {
            system("umount", copies.toString());
        }
    }

    @Test
    void checkReportsADirectoryThatIsMissing() throws Exception {
        Path config = Files.writeString(
                temp.resolve("missing.yaml"), config("tee: {directory: '" + temp.resolve("nowhere") + "'}"));

        assertThat(Program.run(
                        temp,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-jar",
                                JAR,
                                "check",
                                "--config",
                                config.toString()),
                        "",
                        Duration.ofSeconds(60)))
                .contains("nowhere does not exist: make the directory, for the user that runs ftp-alg")
                .contains("[exit 2]");
    }

    @Test
    void copiesAreObjectsOfAStore() throws Exception {
        Path large = Payload.file(temp.resolve("large.bin"), 20_000_000);
        Path list = Files.writeString(temp.resolve("blocked-s3"), "");
        Path access = Files.writeString(temp.resolve("access-key"), S3Proxy.ACCESS_KEY + "\n");
        Path secret = Files.writeString(temp.resolve("secret-key"), S3Proxy.SECRET_KEY + "\n");
        try (S3Proxy s3 = S3Proxy.start();
                ConfiguredJar jar = start("hash: {block-list: '" + list + "'}, tee: {s3: {endpoint: '" + s3.endpoint()
                        + "', bucket: " + S3Proxy.BUCKET + ", prefix: alg/, path-style: true, access-key-file: '"
                        + access + "', secret-key-file: '" + secret + "'}}")) {
            assertThat(upload(jar, large, "large.bin")).contains("[exit 0]");

            List<String> keys = s3.keys();
            assertThat(keys).hasSize(2);
            assertThat(keys.get(1)).isEqualTo(keys.get(0) + ".manifest.json");
            assertThat(s3.object(keys.get(0))).isEqualTo(Files.readAllBytes(large));
            assertThat(JsonReader.object(new String(s3.object(keys.get(1)), StandardCharsets.UTF_8)))
                    .containsEntry("outcome", "complete")
                    .containsEntry("sha256", Payload.sha256(large));

            assertThat(upload(jar, Payload.file(temp.resolve("empty"), 0), "empty"))
                    .as(() -> String.join("\n", jar.log("")))
                    .contains("[exit 0]");
            assertThat(s3.keys()).hasSize(4);

            Files.writeString(list, Payload.sha256(large) + "\n");
            jar.awaitLog("block list reloaded", 1);
            assertThat(upload(jar, large, "again.bin")).doesNotContain("[exit 0]");
            await().until(() -> s3.keys().size() == 5);
            assertThat(s3.unfinished()).isZero();
            assertThat(jar.log("")).noneMatch(line -> line.contains(S3Proxy.SECRET_KEY));
        }
    }

    private ConfiguredJar start(String inspection) throws IOException {
        return ConfiguredJar.start(Workspace.create("tee"), config(inspection));
    }

    private String config(String inspection) {
        return """
                admin: {socket: '%s'}
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: '%s'
                    inspection: {%s}
                """.formatted(temp.resolve("admin"), Target.of(server).authority(), inspection);
    }

    private String metrics() {
        return Program.run(
                temp,
                List.of(
                        "curl",
                        "--silent",
                        "--unix-socket",
                        temp.resolve("admin").toString(),
                        "http://localhost/metrics"),
                "",
                Duration.ofSeconds(60));
    }

    private String upload(ConfiguredJar jar, Path file, String path) {
        return curl(jar, path, "--upload-file", file.toString());
    }

    private String curl(ConfiguredJar jar, String path, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
        command.addAll(List.of(options));
        command.add("ftp://127.0.0.1:" + jar.addresses().get(0).getPort() + TestServer.DIRECTORY + "/" + path);
        return Program.run(temp, command, "", Duration.ofSeconds(60));
    }

    private void system(String... command) {
        assertThat(Program.run(temp, List.of(command), "", Duration.ofSeconds(20)))
                .contains("[exit 0]");
    }

    /** Returns the lines of the manifests, of which there is one at least. */
    private static List<Map<String, Object>> manifest(Path copies) throws IOException {
        await().until(() -> !lines(copies).isEmpty());
        return lines(copies).stream().map(JsonReader::object).toList();
    }

    private static List<String> lines(Path copies) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(copies)) {
            for (Path file :
                    files.filter(one -> one.endsWith("manifest.jsonl")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private static List<Path> copies(Path copies) throws IOException {
        try (Stream<Path> files = Files.walk(copies)) {
            return files.filter(Files::isRegularFile)
                    .filter(one -> !one.endsWith("manifest.jsonl"))
                    .toList();
        }
    }
}
