package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit codes and errors of the replay command. */
@Timeout(60)
class ReplayCommandTest {
    @TempDir
    private Path temp = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private String trace(String... directionsAndTexts) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String text : directionsAndTexts) {
            String[] parts = text.split(" ", 3);
            lines.add("{\"n\":" + (lines.size() + 1) + ",\"session\":" + parts[0] + ",\"direction\":\"" + parts[1]
                    + "\",\"text\":\"" + parts[2] + "\"}");
        }
        return Files.write(temp.resolve("trace"), lines).toString();
    }

    private String twoSessions() throws IOException {
        return trace(
                "1 from-server 220 a", "1 to-client 220 a", "2 from-server 220 a", "2 to-client 221 a", "2 event x");
    }

    @Test
    void replaysAllSessions() throws IOException {
        int code = run("replay", twoSessions(), "--timeout", "2");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains("session 1: 1 of 1 replies as recorded\n")
                .contains("session 2: 0 of 1 replies as recorded, 1 difference\n");
    }

    @Test
    void replaysOneSession() throws IOException {
        assertThat(run("replay", twoSessions(), "--session", "1")).isZero();
        assertThat(out.toString()).doesNotContain("session 2");
    }

    @Test
    void refusesASessionThatIsNotThere() throws IOException {
        assertThat(run("replay", twoSessions(), "--session", "3")).isEqualTo(2);
        assertThat(err.toString()).contains(": no session 3");
    }

    @Test
    void aSessionWithoutItsBeginIsABadFile() throws IOException {
        assertThat(run("replay", trace("1 from-client NOOP"))).isEqualTo(2);
    }

    @Test
    void namesThePlaceOfWhatIsWrong() throws IOException {
        String file = trace("1 up x");

        assertThat(run("replay", file)).isEqualTo(2);
        assertThat(err.toString()).startsWith("ftp-alg: " + file + ":1:20: unknown direction \"up\"");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(run("replay", temp.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("ftp-alg: cannot read ");
    }

    @Test
    void usesAListenerOfAConfigFile() throws IOException {
        Path config = Files.writeString(temp.resolve("c.yaml"), """
                listeners:
                  - {bind: "127.0.0.1:2121", upstream: "ftp.example.com:21"}
                  - {bind: "127.0.0.1:2122", upstream: "ftp.example.com:21"}
                """);
        String file = trace("1 from-server 220 a", "1 to-client 220 a");

        assertThat(run("replay", file, "--config", config.toString(), "--listener", "2"))
                .as(err::toString)
                .isZero();
        assertThat(run("replay", file, "--config", config.toString(), "--listener", "3"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--listener is 1 to 2");
    }

    @Test
    void boundsTheTimeout() throws IOException {
        String file = trace("1 from-server 220 a", "1 to-client 220 a");

        assertThat(List.of(
                        run("replay", file, "--timeout", "0"),
                        run("replay", file, "--timeout", "1"),
                        run("replay", file, "--timeout", "3600"),
                        run("replay", file, "--timeout", "3601")))
                .containsExactly(2, 0, 0, 2);
    }
}
