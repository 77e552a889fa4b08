package io.ftpalg.server.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text of Prometheus has.
 *
 * @param families each metric, by its name
 * @param samples the value of each sample, by its name and labels as they are written
 */
record Exposition(Map<String, Family> families, Map<String, Double> samples) {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * A metric.
     *
     * @param type counter, gauge or histogram
     * @param labels its labels but {@code le}, with the values that there are
     */
    record Family(String type, Map<String, Set<String>> labels) {}

    static Exposition of(String text) {
        Map<String, Family> families = new LinkedHashMap<>();
        Map<String, Double> samples = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# TYPE ")) {
                String[] parts = line.split(" ", -1);
                families.put(parts[2], new Family(parts[3], new LinkedHashMap<>()));
            }
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                samples.put(
                        sample.group(1) + labels, Double.valueOf(sample.group(3).replace("+Inf", "Infinity")));
                Family family = family(families, sample.group(1)).orElseThrow();
                LABEL.matcher(labels)
                        .results()
                        .filter(one -> !one.group(1).equals("le"))
                        .forEach(one -> family.labels()
                                .computeIfAbsent(one.group(1), name -> new TreeSet<>())
                                .add(one.group(2)));
            }
        }
        return new Exposition(families, samples);
    }

    /** Returns the metric that a sample, or a name in a query, belongs to. */
    Optional<Family> family(String name) {
        return family(families, name);
    }

    private static Optional<Family> family(Map<String, Family> families, String name) {
        Family own = families.get(name);
        if (own != null) {
            return own.type().equals("histogram") ? Optional.empty() : Optional.of(own);
        }
        return Optional.ofNullable(families.get(name.replaceFirst("_(bucket|count|sum)$", "")))
                .filter(family -> family.type().equals("histogram"));
    }
}
