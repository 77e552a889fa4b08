package io.ftpalg.server.keys.form;

import io.ftpalg.server.keys.form.Given.Entry;
import java.util.List;
import java.util.Optional;

/**
 * A key with a value.
 *
 * @param name its name
 * @param kind the form of the value
 * @param many whether a list of values may be given
 * @param required whether the section must have it
 * @param option the option of the command line that sets the same, if there is one
 * @param standard the value where none is given, if there is one
 * @param form what to write, such as HOST:PORT; the words of a choice, divided by bars
 * @param description what it sets
 * @param meaning makes the value of the text
 * @param <T> the type of the value
 */
public record Key<T>(
        String name,
        Kind kind,
        boolean many,
        boolean required,
        Optional<CliOption> option,
        Optional<String> standard,
        String form,
        String description,
        Meaning<T> meaning)
        implements Entry {

    /** The form of a value. */
    public enum Kind {
        /** Text with a form of its own, such as an address. */
        TEXT,
        /** One of a few words. */
        CHOICE,
        /** A whole number. */
        COUNT,
        /** A time in seconds, or with a unit. */
        TIME,
        /** true or false. */
        FLAG,
        /** The path of a file that can be read. */
        FILE,
        /** The path of a file that may come and go. */
        PATH
    }

    /** Makes a value of a text; fails with what is expected. */
    @FunctionalInterface
    public interface Meaning<T> {
        /** Returns the value; throws IllegalArgumentException if the text has none. */
        T of(String text);
    }

    public static <T> Key<T> of(String name, Kind kind, String form, String description, Meaning<T> meaning) {
        return new Key<>(name, kind, false, false, Optional.empty(), Optional.empty(), form, description, meaning);
    }

    public static Key<Boolean> flag(String name, String description) {
        return of(name, Kind.FLAG, "true or false", description, "true"::equals);
    }

    public static <E extends Enum<E>> Key<E> choice(String name, E[] choices, String description) {
        return of(name, Kind.CHOICE, Choices.names(choices, "|"), description, text -> Choices.oneOf(choices, text));
    }

    public Key<T> standard(String value) {
        return new Key<>(name, kind, many, required, option, Optional.of(value), form, description, meaning);
    }

    public Key<T> repeatable() {
        return new Key<>(name, kind, true, required, option, standard, form, description, meaning);
    }

    public Key<T> needed() {
        return new Key<>(name, kind, many, true, option, standard, form, description, meaning);
    }

    public Key<T> describedAs(String text) {
        return new Key<>(name, kind, many, required, option, standard, form, text, meaning);
    }

    /** Returns the key with an option; its help has more than the description, or its label is shorter than the form. */
    public Key<T> option(CliOption.Group group, String optionName, String label, String help) {
        return new Key<>(
                name,
                kind,
                many,
                required,
                Optional.of(new CliOption(group, optionName, label, help)),
                standard,
                form,
                description,
                meaning);
    }

    /** Returns the key with an option of the same form and description. */
    public Key<T> option(CliOption.Group group, String optionName) {
        return option(group, optionName, form, description);
    }

    /** Returns the words of a choice. */
    public List<String> choices() {
        return List.of(form.split("\\|", -1));
    }

    /** Returns the value where none is given; only of a key that has one. */
    public T standardValue() {
        return meaning.of(standard.orElseThrow(() -> new IllegalStateException(name + " has no default")));
    }
}
