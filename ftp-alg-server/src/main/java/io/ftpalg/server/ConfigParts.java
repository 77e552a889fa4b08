package io.ftpalg.server;

import io.ftpalg.server.config.ConfigPlace;
import io.ftpalg.server.config.ConfigProblems;
import io.ftpalg.server.config.ConfigTable;
import io.ftpalg.server.config.ConfigText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads values of the config file that no option of the command line stands for: each as what it means, or a problem where it
 * stands. Used by one thread.
 */
final class ConfigParts {
    private final ConfigProblems problems;

    /** Turns the text of a value into what it means, or fails with what was expected. */
    @FunctionalInterface
    interface Meaning<T> {
        T of(String text);
    }

    ConfigParts(ConfigProblems problems) {
        this.problems = problems;
    }

    /** Returns the value of a key, if it is given and right. */
    <T> Optional<T> one(ConfigTable table, String key, Meaning<T> meaning) {
        return table.value(key).flatMap(text -> read(key, text, meaning));
    }

    /** Returns the values of a key that are right. */
    <T> List<T> many(ConfigTable table, String key, Meaning<T> meaning) {
        return table.values(key).stream().flatMap(text -> read(key, text, meaning).stream()).toList();
    }

    /** Tells whether a flag is given and true. */
    boolean flag(ConfigTable table, String key) {
        return table.value(key).filter(text -> text.text().equals("true")).isPresent();
    }

    /** Makes a value of several others; what is wrong with it as a whole is told at this place. */
    <T> Optional<T> whole(ConfigPlace at, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Adds a problem at the value of a key or its section, or at the table if it is not given. */
    void problem(ConfigTable table, String key, String message) {
        problems.add(table.value(key).map(ConfigText::at)
                .or(() -> table.tables(key).stream().map(ConfigTable::at).findFirst()).orElse(table.at()), message);
    }

    private <T> Optional<T> read(String key, ConfigText text, Meaning<T> meaning) {
        try {
            return Optional.of(meaning.of(text.text()));
        } catch (TypeConversionException | IllegalArgumentException e) {
            problems.add(text.at(), key + " '" + text.text() + "': " + e.getMessage());
            return Optional.empty();
        }
    }
}
