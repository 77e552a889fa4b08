package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Direction;
import io.ftpalg.server.policy.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The examples of docs/policy.md, and what {@code explain} prints: ExplainCommand. */
class PolicyDocTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void theExampleIsExplainedAsPrinted() throws IOException {
        Matcher console = Pattern.compile("policy.yaml '(.*)'\n((?s:.*?))```").matcher(doc());
        assertThat(console.find()).isTrue();

        int code = explain("--config", example(), console.group(1));

        assertThat(out).hasToString(console.group(2));
        assertThat(code).isEqualTo(1);
    }

    @Test
    void anAllowedCommandHasExitCode0() throws IOException {
        assertThat(explain("--config", example(), "client=10.0.0.7", "user=bob", "RETR x"))
                .isZero();
    }

    @Test
    void theExampleOfRepliesCanBeUsed() throws IOException {
        String text = block(doc(), "replies:").indent(4);
        Path file = Files.writeString(
                temp.resolve("replies.yaml"), "listeners:\n  - bind: 127.0.0.1:0\n    upstream: a\n" + text);

        assertThat(explain("--config", file.toString(), "SYST")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void eachProfileIsListed(Profile profile) throws IOException {
        assertThat(doc()).contains("\n| `" + profile.word() + "` |");
    }

    @ParameterizedTest
    @EnumSource
    void eachDirectionIsListed(Direction direction) throws IOException {
        assertThat(doc()).contains('`' + direction.name().toLowerCase(Locale.ROOT) + '`');
    }

    @Test
    void aProfileIsPrintedAsRules() {
        explain("--profile", "read-only");

        assertThat(out).hasToString("""
                        rules:
                          - {name: read, action: allow, direction: [download, listing, control]}
                          - {name: read-only, action: deny}
                        """);
    }

    @Test
    void nothingToExplainIsAnError() {
        assertThat(explain()).isEqualTo(2);
    }

    @Test
    void anUnknownFactIsAnError() throws IOException {
        assertThat(explain("--config", example(), "color=red NOOP")).isEqualTo(2);

        assertThat(err.toString()).contains("unknown fact 'color'");
    }

    @Test
    void severalListenersNeedAnAddress() throws IOException {
        String two = Files.writeString(temp.resolve("two.yaml"), """
                        listeners:
                          - {bind: '127.0.0.1:2121', upstream: a, profile: read-only}
                          - {bind: '127.0.0.1:2122', upstream: a}
                        """).toString();

        assertThat(explain("--config", two, "STOR x")).isEqualTo(2);
        assertThat(err.toString()).contains("add --listener, one of 127.0.0.1:2121, 127.0.0.1:2122");
        assertThat(explain("--config", two, "--listener", "127.0.0.1:2121", "STOR x"))
                .isEqualTo(1);
        assertThat(explain("--config", two, "--listener", "127.0.0.1:2122", "STOR x"))
                .isZero();
        assertThat(explain("--config", two, "--listener", "127.0.0.1:21", "STOR x"))
                .isEqualTo(2);
    }

    private String example() throws IOException {
        return Files.writeString(temp.resolve("policy.yaml"), block(doc(), "listeners:"))
                .toString();
    }

    private static String block(String doc, String first) {
        int start = doc.indexOf("```yaml\n" + first) + "```yaml\n".length();
        return doc.substring(start, doc.indexOf("```", start));
    }

    private static String doc() throws IOException {
        return Files.readString(Path.of("..", "docs", "policy.md"));
    }

    private int explain(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }
}
