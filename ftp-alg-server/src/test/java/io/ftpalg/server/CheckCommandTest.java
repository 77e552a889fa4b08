package io.ftpalg.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.config.EffectiveConfig;
import io.ftpalg.server.users.ClientText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** What {@code check} prints, and how it ends: CheckCommand, EffectiveConfig; and what --config goes with: ServerCommand. */
class CheckCommandTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "example-config.yaml");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void takesTheExampleOfTheDocs() {
        assertThat(run("check", "--config", EXAMPLE.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .startsWith(
                        "listeners:\n  - bind: '0.0.0.0:2121'\n    protocol: ftp\n    spoof-client: false\n    upstream:")
                .contains(
                        "ftp2.example.com:2121",
                        "    balance: least-sessions\n",
                        "      check: greeting\n",
                        "reload: watch\n",
                        "      idle-timeout: 10m\n",
                        "      sessions-per-address: 100\n",
                        "      stall-timeout: 300s\n",
                        "      use: optional\n",
                        "transport: auto\n",
                        "drain-timeout: 1m\n");
    }

    @Test
    void warnsOfRulesThatCanNeverMatch() throws IOException {
        Path file = Files.writeString(temp.resolve("shadow.yaml"), """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: localhost
                    rules:
                      - {name: all, action: deny, file: "*.exe"}
                      - {name: one, action: allow, file: "*.exe", verb: RETR}
                      - {name: never, action: allow, verb: RETR, direction: upload}
                """);

        assertThat(run("check", "--config", file.toString())).isZero();

        assertThat(err.toString().lines())
                .containsExactly(
                        file
                                + ": warning: rule one (line 6) can never match: rule all (line 5) always decides before; change their"
                                + " order, or leave one out",
                        file
                                + ": warning: rule never (line 7) can never match: no command has both its verb and its direction;"
                                + " leave one of these out");
    }

    @Test
    void whatItPrintsMeansTheSame() throws IOException, ConfigException {
        run("check", "--config", EXAMPLE.toString());
        Path printed = Files.writeString(temp.resolve("printed.yaml"), out.toString());

        ConfigFile again = ConfigLoader.load(printed, name -> Optional.empty());

        assertThat(EffectiveConfig.lines(again))
                .isEqualTo(out.toString().lines().toList());
        ConfigFile first = ConfigLoader.load(EXAMPLE, name -> Optional.empty());
        assertThat(TestSettings.withoutServerTls(again.settings()))
                .isEqualTo(TestSettings.withoutServerTls(first.settings()));
    }

    @Test
    void exits2WithALineForEachError() throws IOException {
        Path file =
                Files.writeString(temp.resolve("wrong.yaml"), "listeners:\n  - {bind: x, upstream: a}\nverbos: true\n");

        assertThat(run("check", "--config", file.toString())).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":2:12: bind 'x': expected HOST:PORT, such as 0.0.0.0:2121 or [::]:2121",
                        file + ":3:1: unknown key 'verbos': did you mean verbose?");
    }

    @Test
    void exits2IfACertificateCannotBeUsed() throws IOException {
        Files.writeString(temp.resolve("a.pem"), "");
        Path file = Files.writeString(
                temp.resolve("tls.yaml"),
                "listeners:\n  - {bind: '127.0.0.1:0', upstream: a,"
                        + " tls: {certificates: [{cert: a.pem, key: a.pem}]}}\n");

        assertThat(run("check", "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("a.pem").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mark: 21", "routes: [{upstream: b, mark: 21}]"})
    void refusesMarksWithoutEpoll(String marked) throws IOException {
        Path file = Files.writeString(
                temp.resolve("marked.yaml"),
                "transport: nio\nlisteners:\n"
                        + "  - {bind: '127.0.0.1:0', upstream: a}\n  - {bind: '127.0.0.2:0', upstream: a, " + marked
                        + "}\n");

        assertThat(run("check", "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString()).isEqualTo(file + ": mark needs transport epoll, not nio\n");
    }

    @Test
    void configExcludesOtherOptions() {
        assertThat(run("--config", EXAMPLE.toString(), "--upstream", "a")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("ftp-alg: --config excludes --upstream: set it in the file (try --help)\n");
    }

    @Test
    void wrongConfigEndsTheProgramBeforeItListens() throws IOException {
        Path file = Files.writeString(temp.resolve("wrong.yaml"), "listeners: 3\n");

        assertThat(run("--config", file.toString())).isEqualTo(2);

        assertThat(err.toString()).startsWith(file + ":1:12: listeners must be a list, not a value: ");
    }

    @Test
    void aNamedFileThatIsWrongInsideIsTheConfigsFault() throws IOException {
        Path bad = Files.writeString(temp.resolve("bad.pem"), "");
        Path file = Files.writeString(temp.resolve("pem.yaml"), """
                listeners:
                  - {bind: '127.0.0.1:0', upstream: a, tls: {certificates: [{cert: bad.pem, key: bad.pem}]}}
                """);

        assertThat(run("--config", file.toString())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo(file + ": " + bad + ": has no PEM private key (-----BEGIN PRIVATE KEY-----)\n");
    }

    @Test
    void whatCannotRunHereIsTheConfigsFaultAndSaidInItsWords() throws IOException {
        Path file = Files.writeString(
                temp.resolve("splice.yaml"),
                "transport: nio\nrelay: splice\nlisteners:\n  - {bind: '127.0.0.1:0', upstream: a}\n");

        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(run("check", "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch((file + ": relay splice needs transport epoll, not nio")::equals);
    }

    /** Of names that YAML would take for something else, whoever reads it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "--- a",
                "~",
                "null",
                "True",
                "no",
                "off",
                "1001",
                "1_000",
                "1.5",
                "1e3",
                "0x1F",
                "0o17",
                ".5",
                "a: b",
                "it's",
                " a ",
                "caf\u00e9",
                "a\\b\"\u0001\n",
                "192.0.2.1",
                "a-b"
            })
    void printedNamesStayWhatTheyAre(String user) throws IOException, ConfigException {
        StringBuilder escaped = new StringBuilder();
        user.chars().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\u%04x", c)));
        Path file = Files.writeString(
                temp.resolve("names.yaml"),
                "listeners:\n  - {bind: '127.0.0.1:0', upstream: a," + " routes: [{upstream: b, users: [\"" + escaped
                        + "\", x]}]}\n");

        List<String> lines = EffectiveConfig.lines(ConfigLoader.load(file, name -> Optional.empty()));

        Path printed = Files.writeString(temp.resolve("printed.yaml"), String.join("\n", lines), US_ASCII);
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(printed)))
                .asString()
                .contains("users=[" + user + ", x]");
        assertThat(ConfigLoader.load(printed, name -> Optional.empty())
                        .settings()
                        .listeners()
                        .get(0)
                        .routing()
                        .routes()
                        .get(0)
                        .match()
                        .users())
                .containsExactly(ClientText.said(user), "x");
        assertThat(lines)
                .filteredOn(line -> line.contains("users: "))
                .singleElement()
                .asString()
                .matches(".*users: \\[(['\"].*['\"]|192.0.2.1|a-b), x]");
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
