package io.ftpalg.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.inspect.scan.Scan;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.metrics.Exposition.Family;
import io.ftpalg.server.tls.TlsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/metrics.md lists what is exposed, and each query of dashboard and alerts asks for nothing else. */
class MetricsDocTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("\\b((?:ftp_alg|process|jvm|system)_\\w+)(\\{[^}]*})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=|!=|=~|!~)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    /** What Prometheus adds, and the bounds of buckets. */
    private static final Set<String> OTHER_LABELS = Set.of("instance", "job", "le");

    @TempDir
    private static Path temp = Path.of(".");

    private static Exposition exposed = new Exposition(Map.of(), Map.of());

    @BeforeAll
    static void scrape() throws Exception {
        try (MetricsFixture metrics = new MetricsFixture()) {
            metrics.certificates = List.of(TlsFixture.files(temp, "one", TlsFixture.selfSigned("one.example")));
            ((ScanListener) metrics.metrics.listener()).scanned("clamav", Scan.Result.PASSED, Duration.ZERO);
            exposed = Exposition.of(metrics.scrape());
        }
    }

    @Test
    void hasEveryMetricWithItsTypeAndLabels() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(DOCS.resolve("metrics.md")))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2) + " " + words(row.group(3))));
        Map<String, String> there = new TreeMap<>();
        exposed.families()
                .forEach((name, family) -> there.put(
                        name,
                        family.type() + " " + new TreeSet<>(family.labels().keySet())));

        assertThat(documented).hasSizeGreaterThan(35).isEqualTo(there);
    }

    static List<String> queries() throws IOException {
        List<String> all = new ArrayList<>();
        collect(load("grafana-dashboard.json"), all);
        collect(load("prometheus-alerts.yml"), all);
        return all;
    }

    @Test
    void findsTheQueries() throws IOException {
        assertThat(queries()).hasSizeGreaterThan(40).anyMatch(query -> query.contains("ftp_alg_ready == 0"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachQueryAsksForWhatIsExposed(String query) {
        assertThat(wrong(query)).isEmpty();
    }

    /** A check that cannot fail is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp_alg_session",
                "rate(ftp_alg_transfer_duration_seconds[5m])",
                "ftp_alg_transfers_total{outcome=\"complete\"}",
                "ftp_alg_transfers_total{result=~\"complete|done\"}",
                "sum by (side) (ftp_alg_commands_total)"
            })
    void wouldFindAQueryThatIsWrong(String query) {
        assertThat(wrong(query)).isNotEmpty();
    }

    private static List<String> wrong(String query) {
        List<String> wrong = new ArrayList<>();
        Set<String> labels = new TreeSet<>(OTHER_LABELS);
        for (MatchResult found : NAME.matcher(query).results().toList()) {
            Family family = exposed.family(found.group(1)).orElse(null);
            if (family == null) {
                wrong.add(found.group(1));
                continue;
            }
            labels.addAll(family.labels().keySet());
            if (found.group(2) != null) {
                MATCHER.matcher(found.group(2)).results().forEach(one -> {
                    Set<String> values = family.labels().getOrDefault(one.group(1), Set.of());
                    boolean known = OTHER_LABELS.contains(one.group(1))
                            || values.containsAll(Arrays.asList(one.group(3).split("\\|", -1)));
                    if (!known) {
                        wrong.add(one.group());
                    }
                });
            }
        }
        BY.matcher(query)
                .results()
                .flatMap(by -> Arrays.stream(by.group(1).split(", *", -1)))
                .filter(label -> !labels.contains(label))
                .forEach(wrong::add);
        return wrong;
    }

    private static void collect(Object node, List<String> queries) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if ("expr".equals(key)) {
                    queries.add((String) value);
                } else {
                    collect(value, queries);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(one -> collect(one, queries));
        }
    }

    /** JSON is YAML. */
    private static Object load(String name) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(DOCS.resolve(name)));
    }

    private static Set<String> words(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @AfterAll
    static void forget() {
        exposed = new Exposition(Map.of(), Map.of());
    }
}
