package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.tls.TlsFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** docs/log.md has the events and causes that there are, and names options that there are. */
class LogDocTest {
    /** An event in a statement that logs it, behind the session's number. */
    private static final Pattern EVENT = Pattern.compile("\"\\[\\{}] ([a-z]+(?: [a-z]+)+)[ :]");
    /** An event without a session in a statement that logs it. */
    private static final Pattern PROCESS_EVENT =
            Pattern.compile("\\.(?:info|warn|error)\\(\\s*\"([a-z]+(?: [a-z]+)+) [a-z_]+=");
    /** Logged with --verbose only. */
    private static final Set<String> DEBUG = Set.of("transfer started");

    @Test
    void hasAllEvents() throws IOException {
        String source =
                Files.readString(Path.of("src", "main", "java", "io", "ftpalg", "server", "log", "EventLog.java"));
        Set<String> events = all(EVENT, source);
        events.removeAll(DEBUG);

        assertThat(events).hasSizeGreaterThan(9).allSatisfy(event -> assertThat(table(doc(), "| event |"))
                .contains('`' + event + '`'));
    }

    @Test
    void hasEventsOfTheProcess() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("ftp-alg-core", "ftp-alg-server")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")
                                && !path.toString().contains("demo"))
                        .toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        String doc = doc();
        Set<String> listed = all(
                Pattern.compile("`([a-z]+(?: [a-z]+)+)`"),
                table(doc, doc.substring(doc.indexOf("| event |", doc.indexOf("Events of the whole process")))));

        assertThat(listed).hasSizeGreaterThan(15).allSatisfy(event -> assertThat(sources)
                .contains('"' + event));
        assertThat(all(PROCESS_EVENT, sources.toString()))
                .hasSizeGreaterThan(10)
                .isSubsetOf(listed);
    }

    @Test
    void hasAllCauses() throws IOException {
        String doc = doc();

        assertThat(first(doc, "## `data connection failed`")).isEqualTo(names(DataFailure.values()));
        assertThat(first(doc, "## `tls failed`")).isEqualTo(without(names(TlsFailure.Kind.values()), "TRUNCATED"));
        assertThat(first(doc, "## `peer rejected`"))
                .isEqualTo(without(
                        names(Rejected.Reason.values()), "PASSIVE_PORTS_EXHAUSTED", "PASSIVE_SHARE_OF_THIS_ADDRESS"));
    }

    @Test
    void namesOnlyOptionsThatThereAre() throws IOException {
        Set<String> known = Main.commandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());

        assertThat(all(Pattern.compile("(--[a-z]+[a-z-]*)"), doc()))
                .hasSizeGreaterThan(15)
                .isSubsetOf(known);
    }

    private static String doc() throws IOException {
        return Files.readString(Path.of("..", "docs", "log.md"));
    }

    private static String table(String doc, String from) {
        int start = doc.indexOf(from);
        return doc.substring(start, doc.indexOf("\n\n", start));
    }

    private static Set<String> first(String doc, String heading) {
        return all(
                Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|"),
                table(doc, doc.substring(doc.indexOf("|---", doc.indexOf(heading)))));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> names, String... others) {
        Stream.of(others)
                .forEach(other -> assertThat(names.remove(other)).as(other).isTrue());
        return names;
    }
}
