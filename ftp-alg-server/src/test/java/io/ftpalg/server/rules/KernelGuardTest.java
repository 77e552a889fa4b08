package io.ftpalg.server.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.server.TestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelGuardTest {
    private static final String PORTS = "--passive-ports 41000-44999 --source-ports 46000-46999";

    private static List<String> lines(String options) {
        return KernelGuard.lines(TestSettings.program(("--upstream a " + options).split(" ")));
    }

    @Test
    void isNotNeededWhereTheGatewayCarriesData() {
        assertThat(lines("--relay splice " + PORTS)).isEmpty();
    }

    @Test
    void letsTheConnectionsToAllDataPortsPass() {
        assertThat(lines("--relay kernel " + PORTS))
                .contains(
                        "\t\tmeta l4proto tcp ct status dnat ct original proto-dst 41000-44999 accept",
                        "\t\tmeta l4proto tcp ct status dnat ct original proto-dst 46000-46999 accept");
    }

    /** Which a test loads as printed. */
    @Test
    void isWhatTheChapterHas() throws IOException {
        String chapter = Files.readString(Path.of("../docs/kernel-plane.md"));

        assertThat(chapter)
                .contains(String.join("\n", lines("--relay kernel " + PORTS))
                        .replaceFirst("(?s).*delete table inet ftp_alg_guard\n", "")
                        .replace("\nEND", ""));
    }

    /** In a network namespace of its own, twice: the second time replaces the first. */
    @Test
    void isAScriptThatRuns() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/sbin/nft")));
        String script = "set -e\n" + String.join("\n", lines("--relay kernel " + PORTS)) + "\n";
        Process shell = new ProcessBuilder("unshare", "-n", "sh", "-s")
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream()
                .write((script + script + "nft list table inet ftp_alg_guard\n").getBytes(StandardCharsets.US_ASCII));
        shell.getOutputStream().close();

        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(shell.waitFor()).as(output).isZero();
        assertThat(output).contains("policy drop").contains("41000-44999").containsOnlyOnce("chain forward");
    }
}
