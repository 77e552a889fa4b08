package io.ftpalg.server.keys;

import java.util.List;
import java.util.Optional;

/**
 * A key with keys below it.
 *
 * @param name its name
 * @param many whether a list of such sections is given
 * @param required whether the section above must have it
 * @param option the option of the command line that sets the same as an empty section, if there is one
 * @param entries what may be given in it
 * @param description what it sets
 */
public record Section(
        String name,
        boolean many,
        boolean required,
        Optional<CliOption> option,
        List<Entry> entries,
        String description)
        implements Entry {
    public Section {
        entries = List.copyOf(entries);
    }

    static Section of(String name, String description, Entry... entries) {
        return new Section(name, false, false, Optional.empty(), List.of(entries), description);
    }

    static Section list(String name, String description, Entry... entries) {
        return new Section(name, true, false, Optional.empty(), List.of(entries), description);
    }

    Section needed() {
        return new Section(name, many, true, option, entries, description);
    }

    Section option(CliOption.Group group, String optionName, String help) {
        return new Section(
                name, many, required, Optional.of(new CliOption(group, optionName, "", help)), entries, description);
    }

    /** Returns the entry of this name, if there is one. */
    public Optional<Entry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
