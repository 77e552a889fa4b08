package io.ftpalg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the packaged benchmarks as a person would. */
class BenchmarksJarIT {

    @Test
    @Timeout(60)
    void listsItsBenchmarks() throws IOException, InterruptedException {
        assertThat(run("-l").lines())
                .contains(
                        "io.ftpalg.bench.CodecBenchmark.decodeCommand",
                        "io.ftpalg.bench.CodecBenchmark.decodeReply",
                        "io.ftpalg.bench.CodecBenchmark.encodeCommand",
                        "io.ftpalg.bench.CodecBenchmark.encodeReply",
                        "io.ftpalg.bench.DataSyntaxBenchmark.format227",
                        "io.ftpalg.bench.DataSyntaxBenchmark.parse227",
                        "io.ftpalg.bench.DataSyntaxBenchmark.parse229",
                        "io.ftpalg.bench.RelayBenchmark.download",
                        "io.ftpalg.bench.SessionBenchmark.noop",
                        "io.ftpalg.bench.SessionBenchmark.pasv",
                        "io.ftpalg.bench.SharedStateBenchmark.session",
                        "io.ftpalg.bench.TlsRelayBenchmark.download");
    }

    @Test
    @Timeout(120)
    void runsEachBenchmarkOnce() throws IOException, InterruptedException {
        String report = run("-f", "0", "-wi", "0", "-i", "1", "-r", "1ms", "-foe", "true", "-e", "Relay");

        assertThat(report)
                .contains("decodeCommand", "encodeReply", "parse227", "pasv")
                .doesNotContain("Exception");
    }

    @Test
    @Timeout(120)
    void relaysFilesOfEverySize() throws IOException, InterruptedException {
        String report = run(
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "1ms",
                "-foe",
                "true",
                "-p",
                "relay=NIO_BUFFER",
                "\\.RelayBenchmark");

        assertThat(report).contains("download", "1024", "65536", "10485760").doesNotContain("Exception");
    }

    @Test
    @Timeout(120)
    void relaysUnderTlsByEachEngine() throws IOException, InterruptedException {
        String report = run(
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "1ms",
                "-foe",
                "true",
                "-p",
                "relay=NIO_BUFFER",
                "-p",
                "size=10485760",
                "TlsRelay");

        assertThat(report)
                .contains("JDK", "OPENSSL", "CLIENT", "SERVER", "BOTH")
                .doesNotContain("Exception");
    }

    private static String run(String... options) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.concat(
                        Stream.of(
                                java.toString(), "-jar", System.getProperty("benchmarks.jar", "target/benchmarks.jar")),
                        Stream.of(options))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
