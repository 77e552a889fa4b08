package io.ftpalg.server.keys.form;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is given in one section, by the command line or by a config file: values that are read already, each with its place.
 * Its implementation has reported the values that are wrong; they are missing here. Used by one thread.
 */
public interface Given {

    /** Returns what messages call the keys. */
    Names names();

    /** Returns the subject of a message about the whole section, such as "the listener", or empty text. */
    String subject();

    /** Returns where the section is, such as "line 12", or empty text. */
    default String place() {
        return "";
    }

    /** Returns the name of a key in a message that asks for it, with the form of its value where that is not obvious. */
    default String usage(Key<?> key) {
        return names().of(key);
    }

    /** Returns whether the entry can be given at all. */
    boolean offers(Entry entry);

    /** Returns whether a key or a section is given, right or wrong. */
    boolean has(Entry entry);

    /** Returns the values of a key, none if it is not given, or if they are wrong. */
    <T> List<T> all(Key<T> key);

    /** Returns a section below, empty if it is not given. */
    Given section(Section section);

    /** Returns the sections of a list, none if it is not given. */
    List<? extends Given> sections(Section section);

    /** Returns whether a problem was reported, here or in any other section. */
    boolean hasProblems();

    /** Reports a problem at the first of these entries that is given, else at the section. */
    void problem(String message, Entry... at);

    /** Returns the exception for a reader that cannot continue after such a problem; the reader of the whole reports it. */
    default RuntimeException contradiction(String message, Entry... at) {
        return new Contradiction(this, message, at);
    }

    /** Returns the value of a key, if it is given and right. */
    default <T> Optional<T> one(Key<T> key) {
        return all(key).stream().findFirst();
    }

    /** Returns the value of a key, its default if it is not given. */
    default <T> T get(Key<T> key) {
        return one(key).orElseGet(key::standardValue);
    }

    /** Makes a value of several others; a failure is a problem at the first of these entries, else at the section. */
    default <T> Optional<T> whole(Supplier<T> maker, Entry... at) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()), at);
            return Optional.empty();
        }
    }

    /** Valid values contradict each other; carries where they are given. */
    final class Contradiction extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Given given;
        private final transient Entry[] at;

        Contradiction(Given given, String message, Entry... at) {
            super(message, null, false, false);
            this.given = given;
            this.at = at.clone();
        }

        /** Reports it where the values are given. */
        public void report() {
            given.problem(String.valueOf(getMessage()), at);
        }
    }

    /** What may be given in a section of the config file; those with an option may be given on the command line too. */
    sealed interface Entry permits Key, Section {

        /** Returns its name in its section. */
        String name();

        /** Returns whether several may be given, as a list. */
        boolean many();

        /** Returns whether the section must have it. */
        boolean required();

        /** Returns what it sets. */
        String description();

        /** Returns its option of the command line, if there is one. */
        Optional<CliOption> option();
    }
}
