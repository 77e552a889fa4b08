package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** docs/conformance.md and the tests agree: each tag in a test has its row, and each test in a row exists. */
class ConformanceDocTest {
    private static final Path DOC = Path.of("..", "docs", "conformance.md");

    private static final Pattern ID = Pattern.compile("(P|R|D|TLS|V|L|A|Q|T|G|S)[1-9][0-9]?");
    private static final Pattern TAG = Pattern.compile("\\b" + ID.pattern() + "\\b");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern TESTS = Pattern.compile("`\\w+(Test|IT)(#\\w+)?`(, `\\w+(Test|IT)(#\\w+)?`)*");

    /** What a status begins with, in the order of the columns of the summary. */
    private enum Status {
        DONE("done"),
        BY_OPTION("by option `.+`"),
        REFUSED("refused: .+"),
        OPEN("open: .+");

        private final Pattern text;

        Status(String text) {
            this.text = Pattern.compile(text);
        }

        static Optional<Status> of(String text) {
            return Arrays.stream(values())
                    .filter(status -> status.text.matcher(text).matches())
                    .findAny();
        }
    }

    private record Row(String topic, String id, String requirement, String status, String shownBy) {
        List<String> tests() {
            return Pattern.compile("`([^`]+)`")
                    .matcher(shownBy)
                    .results()
                    .map(test -> test.group(1))
                    .toList();
        }

        Collection<String> classes() {
            return tests().stream().map(test -> test.split("#", 2)[0]).collect(Collectors.toSet());
        }
    }

    @Test
    void eachRowIsWellFormedAndItsIdUnique() throws IOException {
        List<Row> rows = rows();

        assertThat(rows).hasSizeGreaterThan(140).allSatisfy(row -> {
            assertThat(row.id()).matches(ID);
            assertThat(row.requirement()).endsWith(".");
            assertThat(Status.of(row.status())).as(row.toString()).isPresent();
            assertThat(row.shownBy().equals("-") || TESTS.matcher(row.shownBy()).matches())
                    .as(row.toString())
                    .isTrue();
        });
        assertThat(rows).extracting(Row::id).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotOpenIsShownByATest() throws IOException {
        assertThat(rows())
                .filteredOn(row ->
                        Status.of(row.status()).filter(Status.OPEN::equals).isEmpty())
                .allSatisfy(row -> assertThat(row.tests()).as(row.id()).isNotEmpty());
    }

    @Test
    void eachTestInARowExists() throws IOException {
        Map<String, String> sources = testSources();

        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            for (String test : row.tests()) {
                String[] parts = test.split("#", 2);
                String source = sources.getOrDefault(parts[0], "");
                if (source.isEmpty() || parts.length > 1 && !hasTest(source, parts[1])) {
                    missing.add(row.id() + ": " + test);
                }
            }
        }

        assertThat(missing)
                .as("tests in docs/conformance.md that do not exist: name those that show the requirement now")
                .isEmpty();
    }

    @Test
    void eachTagInATestHasItsRowAndEachRowNamesTheTestsWithItsTag() throws IOException {
        Map<String, Row> rows = rows().stream().collect(Collectors.toMap(Row::id, row -> row));

        Map<String, String> missing = new TreeMap<>();
        testSources().forEach((name, source) -> {
            for (String tag : tags(source)) {
                Row row = rows.get(tag);
                if (row == null) {
                    missing.put(tag + " in " + name, "no such row");
                } else if (!row.classes().contains(name)) {
                    missing.put(tag + " in " + name, "the row does not name this test");
                }
            }
        });

        assertThat(missing)
                .as("tags in comments of tests that docs/conformance.md does not have")
                .isEmpty();
    }

    @Test
    void summaryCountsTheRows() throws IOException {
        Map<String, List<Row>> topics =
                rows().stream().collect(Collectors.groupingBy(Row::topic, LinkedHashMap::new, Collectors.toList()));
        List<String> expected = new ArrayList<>();
        topics.forEach((topic, rows) -> expected.add(counts(topic, rows)));
        expected.add(counts("all", rows()));

        String text = Files.readString(DOC);
        String summary = text.substring(text.indexOf("\n| topic |"), text.indexOf("\n## "));

        assertThat(summary.lines().filter(line -> line.startsWith("| ")).skip(1))
                .containsExactlyElementsOf(expected);
        assertThat(text).contains(": " + rows().size() + " requirements");
    }

    @Test
    void namesOnlyOptionsAndKeysThatThereAre() throws IOException {
        Set<String> known = Main.commandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
        String tables =
                rows().stream().map(row -> row.requirement() + row.status()).collect(Collectors.joining("\n"));

        List<String> options = Pattern.compile("`(--[a-z-]+)")
                .matcher(tables)
                .results()
                .map(option -> option.group(1))
                .toList();
        List<String> keys = Pattern.compile("`((routes\\[\\]|login)\\.[a-z-]+)`")
                .matcher(tables)
                .results()
                .map(key -> key.group(1))
                .toList();

        assertThat(options).hasSizeGreaterThan(15).allMatch(known::contains);
        assertThat(keys).isNotEmpty().allMatch(key -> MigratingDocTest.paths().contains(key.replace("[]", "")));
    }

    private static String counts(String topic, List<Row> rows) {
        return "| " + topic + " | " + rows.size() + " | "
                + Arrays.stream(Status.values())
                        .map(status -> String.valueOf(rows.stream()
                                .filter(row -> Status.of(row.status())
                                        .filter(status::equals)
                                        .isPresent())
                                .count()))
                        .collect(Collectors.joining(" | "))
                + " |";
    }

    private static boolean hasTest(String source, String method) {
        return Pattern.compile("\\b(void|Stream<DynamicTest>) " + Pattern.quote(method) + "\\(")
                .matcher(source)
                .find();
    }

    private static Collection<String> tags(String source) {
        return COMMENT.matcher(source)
                .results()
                .map(MatchResult::group)
                .flatMap(comment -> TAG.matcher(comment).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the lines of the tables, without their heads. */
    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String topic = "";
        for (String line : Files.readAllLines(DOC)) {
            if (line.startsWith("## ")) {
                topic = line.substring(3);
            } else if (!topic.isEmpty() && line.startsWith("| ") && !line.startsWith("| id ")) {
                String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
                assertThat(cells).as(line).hasSize(5);
                rows.add(new Row(topic, cells[0], cells[2], cells[3], cells[4]));
            }
        }
        return rows;
    }

    /** Returns the source of each test class of all modules. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path folder : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                            .forEach(file ->
                                    sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
                }
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
