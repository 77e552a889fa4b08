package io.ftpalg.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The counters of one name, one for each combination of values that its labels can have. All are made at once, so that rates begin at
 * zero, and counting is an index and an addition. Immutable; any thread.
 */
final class CounterTable {
    private final List<Label> labels;
    private final Counter[] counters;

    /**
     * A label, and all values that it can have.
     *
     * @param name its name
     * @param values its values, by their indexes
     */
    record Label(String name, List<String> values) {
        Label {
            values = List.copyOf(values);
        }

        /** Returns a label whose values are the names of these constants, by their ordinals. */
        static Label of(String name, Enum<?>... constants) {
            return new Label(
                    name,
                    Stream.of(constants)
                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                            .toList());
        }
    }

    CounterTable(MeterRegistry registry, String name, String unit, String description, Label... labels) {
        this.labels = List.of(labels);
        List<Counter> made = new ArrayList<>();
        for (List<Tag> tags : combinations(this.labels)) {
            Counter.Builder builder =
                    Counter.builder(name).description(description).tags(tags);
            made.add((unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry));
        }
        this.counters = made.toArray(new Counter[0]);
    }

    /** Returns the tags of each combination, the last label changing first. */
    private static List<List<Tag>> combinations(List<Label> labels) {
        List<List<Tag>> all = List.of(List.of());
        for (Label label : labels) {
            List<List<Tag>> longer = new ArrayList<>();
            for (List<Tag> tags : all) {
                for (String value : label.values()) {
                    longer.add(Stream.concat(tags.stream(), Stream.of(Tag.of(label.name(), value)))
                            .toList());
                }
            }
            all = longer;
        }
        return all;
    }

    /** Returns the index of a constant in a label of all constants of its enum. */
    @SuppressWarnings("EnumOrdinal") // the label was made of them in their order
    static int index(Enum<?> constant) {
        return constant.ordinal();
    }

    /** Counts one with no label, or with this value of the only one. */
    void increment(int first) {
        counters[first].increment();
    }

    void increment(int first, int second) {
        counters[first * size(1) + second].increment();
    }

    void increment(int first, int second, int third) {
        counters[(first * size(1) + second) * size(2) + third].increment();
    }

    void increment(int first, int second, int third, int fourth) {
        counters[((first * size(1) + second) * size(2) + third) * size(3) + fourth].increment();
    }

    /** Counts so many with this value of the only label. */
    void add(int first, double amount) {
        counters[first].increment(amount);
    }

    private int size(int label) {
        return labels.get(label).values().size();
    }
}
