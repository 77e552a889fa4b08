package io.ftpalg.server.config;

import io.ftpalg.server.keys.form.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a section of the config file has. Immutable.
 *
 * @param section which section
 * @param at where it begins
 * @param values the values by key, in the order of the file
 * @param tables the sections below by key, in the order of the file
 */
public record ConfigTable(
        Section section, ConfigPlace at, Map<String, List<ConfigText>> values, Map<String, List<ConfigTable>> tables) {
    public ConfigTable {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** Returns whether a key is given, be its value right or wrong. */
    public boolean has(String key) {
        return values.containsKey(key) || tables.containsKey(key);
    }

    /** Returns the values of a key, none if it is not given, or if they are wrong. */
    public List<ConfigText> values(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** Returns the one value of a key, if it is given. */
    public Optional<ConfigText> value(String key) {
        return values(key).stream().findFirst();
    }

    /** Returns where a key is given, if it is: its first value, or its first section. */
    public Optional<ConfigPlace> place(String key) {
        return values(key).stream().map(ConfigText::at).findFirst().or(() -> tables(key).stream()
                .map(ConfigTable::at)
                .findFirst());
    }

    /** Returns the sections of a key, none if it is not given. */
    public List<ConfigTable> tables(String key) {
        return tables.getOrDefault(key, List.of());
    }
}
