package io.ftpalg.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code compare}, on this gateway alone. What it needs may be missing on a developer's machine, never in CI. */
class CompareIT {
    private static final Path SERVER =
            Path.of("../ftp-alg-server/target/ftp-alg-server.jar").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void measuresTheGatewayAndDrawsWhatItMeasured() throws IOException, InterruptedException {
        assumeTrue(System.getenv("CI") != null
                || Files.exists(SERVER)
                        && Files.exists(Path.of("/usr/include/openssl/ssl.h"))
                        && Stream.of("python3", "gcc").allMatch(CompareIT::present));

        Path data = folder.resolve("smoke.json");
        String report = run(List.of("./compare", "--smoke", "--jar", SERVER.toString(), "--out", data.toString()));

        assertThat(report).contains("retr8", "sessions");
        Path pages = folder.resolve("smoke");
        assertThat(Files.readString(pages.resolve("performance.md")))
                .contains("## Throughput", "direct, no proxy", "ftp-alg", "## TLS", "TLS - TLS, OpenSSL");
        assertThat(pages.resolve("performance-throughput.svg"))
                .content()
                .startsWith("<svg")
                .contains("direct, no proxy");
        assertThat(pages.resolve("performance-tls-throughput.svg"))
                .content()
                .startsWith("<svg")
                .contains("TLS - TLS, OpenSSL");
        assertThat(pages.resolve("performance-cpu.svg"))
                .content()
                .contains("ftp-alg")
                .doesNotContain("direct, no proxy");
    }

    private static boolean present(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
