package io.ftpalg.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are traces, and where others are wrong. */
class TraceFileTest {
    private static final TraceFile.Bounds BOUNDS = new TraceFile.Bounds(1000, 120, 2);

    @TempDir
    private Path temp = Path.of(".");

    private static String line(long n, long session, String direction, String text) {
        return "{\"n\":" + n + ",\"at\":\"2026-01-01T00:00:00.000Z\",\"session\":" + session + ",\"direction\":\""
                + direction + "\",\"text\":\"" + text + "\"}";
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(temp.resolve("trace"), String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
    }

    private List<RecordedSession> read(String... lines) throws TraceFileException, IOException {
        return TraceFile.read(file(lines));
    }

    @Test
    void readsTheLinesOfEachSession() throws Exception {
        List<RecordedSession> sessions = read(
                line(4, 18, "from-server", "220 a"),
                line(5, 17, "from-server", "220 \\u00e9"),
                "",
                line(6, 18, "event", "session closed cause=QUIT"));

        assertThat(sessions)
                .containsExactly(
                        new RecordedSession(
                                18,
                                List.of(
                                        new RecordedLine(1, 18, Direction.FROM_SERVER, "220 a"),
                                        new RecordedLine(4, 18, Direction.EVENT, "session closed cause=QUIT"))),
                        new RecordedSession(17, List.of(new RecordedLine(2, 17, Direction.FROM_SERVER, "220 \u00e9"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"n\":1 # 2:7: JSON is wrong at character 6: '}' is expected",
                "[] # 2:1: a JSON object is expected",
                "{\"session\":1} # 2:1: field n is missing",
                "{\"n\":\"1\"} # 2:2: n is not a number from 1",
                "{\"n\":0} # 2:2: n is not a number from 1",
                "{\"n\":4} # 2:2: n is 4, not 3: lines are missing (trace the session again)",
                "{\"n\":3,\"session\":-1} # 2:8: session is not a number from 1",
                "{\"n\":3,\"session\":1,\"direction\":\"up\"} # 2:20: unknown direction \"up\" (one of from-client, "
                        + "to-client, to-server, from-server, event)",
                "{\"n\":3,\"session\":1,\"direction\":\"event\"} # 2:1: field text is missing",
                "{\"n\":3,\"session\":1,\"direction\":\"event\",\"text\":1} # 2:40: text is not a text",
                "{\"n\":3,\"session\":1,\"direction\":\"event\",\"text\":\"a\\nQUIT\"} # 2:40: text has a line end, or a "
                        + "character that is no byte",
                "{\"n\":3,\"session\":1,\"direction\":\"event\",\"text\":\"\\u0100\"} # 2:40: text has a line end, or a "
                        + "character that is no byte"
            })
    void namesTheLineAndColumnOfWhatIsWrong(String line, String problem) throws Exception {
        Path file = file(line(2, 1, "event", "a"), line);

        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOf(TraceFileException.class)
                .hasMessage(file + ":" + problem);
    }

    @Test
    void refusesAnEmptyFile() throws Exception {
        Path file = file();

        assertThatThrownBy(() -> TraceFile.read(file)).hasMessage(file + ":1:1: no line of a trace");
    }

    @ParameterizedTest
    @CsvSource({"119, true", "120, true", "121, false"})
    void boundsALine(int length, boolean fits) throws Exception {
        String line = line(1, 1, "event", "");
        Path file = file(line + " ".repeat(length - line.length()));

        if (fits) {
            assertThat(TraceFile.read(file, BOUNDS)).hasSize(1);
        } else {
            assertThatThrownBy(() -> TraceFile.read(file, BOUNDS))
                    .hasMessage(file + ":1:121: a line is longer than 120 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({"999, true", "1000, true", "1001, false"})
    void boundsAFile(int length, boolean fits) throws Exception {
        String line = line(1, 1, "event", "") + "\n";
        Path file = Files.writeString(temp.resolve("trace"), line + "\n".repeat(length - line.length()));

        if (fits) {
            assertThat(TraceFile.read(file, BOUNDS)).hasSize(1);
        } else {
            assertThatThrownBy(() -> TraceFile.read(file, BOUNDS))
                    .hasMessage(file + ": larger than 1000 bytes (cut out the lines of one session)");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void boundsTheSessions(int sessions, boolean fits) throws Exception {
        String[] lines = new String[sessions];
        for (int i = 0; i < sessions; i++) {
            lines[i] = line(i + 1, i + 1, "event", "");
        }
        Path file = file(lines);

        if (fits) {
            assertThat(TraceFile.read(file, BOUNDS)).hasSize(sessions);
        } else {
            assertThatThrownBy(() -> TraceFile.read(file, BOUNDS))
                    .hasMessageStartingWith(file + ":3:")
                    .hasMessageEndingWith(": more than 2 sessions");
        }
    }
}
