package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the packages have for man(1) and for shells. */
class ManualPagesTest {

    @TempDir
    private Path temp = Path.of(".");

    @BeforeEach
    void write() throws IOException {
        ManualPages.write(temp);
    }

    private String file(String name) throws IOException {
        return Files.readString(temp.resolve(name));
    }

    /** Returns how many commands there are, itself and those below. */
    private static int commands(CommandLine command) {
        return 1
                + command.getSubcommands().values().stream()
                        .mapToInt(ManualPagesTest::commands)
                        .sum();
    }

    @Test
    void thereIsAPageForEachCommand() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .contains(
                            "ftp-alg.1",
                            "ftp-alg-check.1",
                            "ftp-alg-rules.1",
                            "ftp-alg-demo.1",
                            "ftp-alg.bash",
                            "_ftp-alg")
                    .hasSize(commands(Main.commandLine()) + 2);
        }
        assertThat(file("ftp-alg-check.1")).contains(".SH NAME\nftp\\-alg\\-check \\- ");
    }

    @Test
    void aPageHasAllOptionsCommandsAndExitCodes() throws IOException {
        String page = file("ftp-alg.1");

        assertThat(Main.commandLine().getCommandSpec().options())
                .filteredOn(option -> !option.hidden())
                .allSatisfy(option ->
                        assertThat(page).contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR"));
        assertThat(page)
                .contains("\\fB\\-\\-listen\\fR \\fI", ".SH EXIT STATUS", "\\fBftp\\-alg\\-check\\fR(1)", ".SH FILES")
                .doesNotContain("%n", "%%");
    }

    /** A line that begins with a point would be a request to roff, and not be seen. */
    @Test
    void noTextIsARequest() throws IOException {
        assertThat(file("ftp-alg.1").lines().filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(TH|SH|TP|PP|br|B)( .*)?"));
    }

    @Test
    void manShowsItWithoutAWarning() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/man")), "no man(1) here");
        ProcessBuilder man = new ProcessBuilder(
                        "man",
                        "--warnings",
                        "-E",
                        "UTF-8",
                        "-l",
                        "-Tutf8",
                        temp.resolve("ftp-alg.1").toString())
                .redirectError(temp.resolve("warnings").toFile());
        man.environment().put("MANWIDTH", "80");
        Process process = man.start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replaceAll("\u001b\\[[0-9;]*m|.\b", "");

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(temp.resolve("warnings"))).isEmpty();
        assertThat(shown).contains("NAME", "--upstream", "ftp-alg-rules(1)", "EXIT STATUS");
    }

    @Test
    void theShellCompletesCommandsAndOptions() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");

        assertThat(completed("ftp-alg", "ru")).containsExactly("rules");
        assertThat(completed("ftp-alg", "--passive-p")).containsExactly("--passive-ports");
        assertThat(completed("ftp-alg", "check", "--conf")).containsExactly("--config");
    }

    private List<String> completed(String... words) throws Exception {
        String script = "source '" + temp.resolve("ftp-alg.bash") + "'; COMP_WORDS=(" + String.join(" ", words)
                + "); COMP_CWORD=" + (words.length - 1) + "; _complete_ftp-alg; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process process = new ProcessBuilder("bash", "-c", script).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
