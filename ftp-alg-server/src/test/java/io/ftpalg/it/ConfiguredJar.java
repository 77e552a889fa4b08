package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jar as a process with a config file that its test may change. The test that started it owns it. */
final class ConfiguredJar implements AutoCloseable {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("ftpalg.jar")));
    private static final Pattern ADDRESS = Pattern.compile("(127\\.0\\.0\\.[0-9]):([0-9]+)(?= ->|, 127| |,|$)");
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final Path log;
    private final Process process;
    private final String ready;

    private ConfiguredJar(Path file, Path log, Process process, String ready) {
        this.file = file;
        this.log = log;
        this.process = process;
        this.ready = ready;
    }

    /** Starts it and waits until it is ready. */
    static ConfiguredJar start(Path folder, String config) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), config);
        Path log = folder.resolve("gateway.log");
        // Where the tests run under nohup, SIGHUP is ignored, and that is inherited.
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=HUP",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-jar",
                        JAR.toString(),
                        "--config",
                        file.toString())
                .redirectError(log.toFile())
                .start();
        String ready = process.inputReader(US_ASCII).readLine();
        assertThat(ready).as(Files.readString(log)).contains(" ready: ");
        return new ConfiguredJar(file, log, process, ready);
    }

    /** Returns where it listened when it started. */
    List<InetSocketAddress> addresses() {
        return addresses(ready.substring(ready.indexOf("ready: ")).replaceAll(" -> [^;]*", " ->"));
    }

    /** Returns the addresses in a text. */
    static List<InetSocketAddress> addresses(String text) {
        return ADDRESS.matcher(text)
                .results()
                .map(found -> new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2))))
                .toList();
    }

    Path file() {
        return file;
    }

    /** Replaces the config file, as editors do. */
    void replaceFile(String config) {
        try {
            Path next = Files.writeString(file.resolveSibling("gateway.yaml.new"), config);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it SIGHUP. */
    void hangUp() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Sends it SIGHUP and waits until it has reloaded; returns what it said of that. */
    String reload() throws IOException, InterruptedException {
        int before = log("config reloaded").size();
        hangUp();
        return awaitLog("config reloaded", before + 1);
    }

    /** Waits until so many lines with this text are in the log, and returns the last of them. */
    String awaitLog(String text, int count) {
        await(text).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(log(text))
                .as(String.join("\n", log("")))
                .hasSizeGreaterThanOrEqualTo(count));
        return log(text).get(count - 1);
    }

    /** Returns the lines of the log with this text. A line that is being written is left out. */
    List<String> log(String text) {
        try {
            String whole = Files.readString(log);
            return whole.substring(0, whole.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a value of a line of the log. */
    static String value(String line, String key) {
        Matcher found = Pattern.compile(" " + key + "=(\\S*)").matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return found.group(1);
    }

    /** Returns the open files whose names end so, as {@code /proc} has them. */
    List<Path> openFiles(String end) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return all.filter(file -> linkOf(file).endsWith(end)).toList();
        }
    }

    private static String linkOf(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "closed since";
        }
    }

    /** Ends it by SIGTERM, and returns its exit code. */
    int terminate() throws InterruptedException {
        // Not Process.destroy, which closes the streams too.
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** Waits until it ends, and returns its exit code. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
