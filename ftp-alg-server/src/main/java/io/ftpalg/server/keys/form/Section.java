package io.ftpalg.server.keys.form;

import io.ftpalg.server.keys.form.Given.Entry;
import java.util.List;
import java.util.Optional;

/**
 * A key with keys below it.
 *
 * @param name its name
 * @param many whether a list of such sections may be given
 * @param single whether one of them may be given without a list
 * @param required whether the section above must have it
 * @param option the option of the command line that sets the same as an empty section, if there is one
 * @param shorthand the key in it that one value sets, which may be given in place of the section, if there is one
 * @param entries what may be given in it
 * @param description what it sets
 */
public record Section(
        String name,
        boolean many,
        boolean single,
        boolean required,
        Optional<CliOption> option,
        Optional<Key<?>> shorthand,
        List<Entry> entries,
        String description)
        implements Entry {
    public Section {
        entries = List.copyOf(entries);
    }

    public static Section of(String name, String description, Entry... entries) {
        return new Section(name, false, true, false, Optional.empty(), Optional.empty(), List.of(entries), description);
    }

    public static Section list(String name, String description, Entry... entries) {
        return new Section(name, true, false, false, Optional.empty(), Optional.empty(), List.of(entries), description);
    }

    /** Returns the section of which one, or a list, is given. */
    public static Section oneOrMore(String name, String description, Entry... entries) {
        return new Section(name, true, true, false, Optional.empty(), Optional.empty(), List.of(entries), description);
    }

    public Section needed() {
        return new Section(name, many, single, true, option, shorthand, entries, description);
    }

    /** Returns the section in whose place the value of this one of its keys may be given. */
    public Section orOnly(Key<?> key) {
        return new Section(name, many, single, required, option, Optional.of(key), entries, description);
    }

    public Section option(CliOption.Group group, String optionName, String help) {
        return new Section(
                name,
                many,
                single,
                required,
                Optional.of(new CliOption(group, optionName, "", help)),
                shorthand,
                entries,
                description);
    }

    /** Returns the entry of this name, if there is one. */
    public Optional<Entry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
