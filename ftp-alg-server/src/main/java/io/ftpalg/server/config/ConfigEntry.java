package io.ftpalg.server.config;

import java.util.List;
import java.util.Optional;

/** What may stand in a section of the config file. */
public sealed interface ConfigEntry {

    /** Returns its name. */
    String name();

    /** Tells whether several may be given, as a list. */
    boolean many();

    /** Tells whether the section cannot do without it. */
    boolean required();

    /** Returns what it sets. */
    String description();

    /** What a value looks like. */
    enum Kind {
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

    /**
     * A key with a value.
     *
     * @param name its name
     * @param kind what the value looks like
     * @param many whether a list of values may be given
     * @param required whether the section cannot do without it
     * @param option the option of the command line that it stands for, if there is one
     * @param standard the value where none is given, if there is one
     * @param form what to write, such as HOST:PORT; the words of a choice, divided by bars
     * @param description what it sets
     */
    record Setting(String name, Kind kind, boolean many, boolean required, Optional<String> option, Optional<String> standard,
            String form, String description) implements ConfigEntry {

        static Setting of(String name, Kind kind, String option, String form, String description) {
            return new Setting(name, kind, false, false, Optional.of(option).filter(text -> !text.isEmpty()),
                    Optional.empty(), form, description);
        }

        Setting standard(String value) {
            return new Setting(name, kind, many, required, option, Optional.of(value), form, description);
        }

        Setting repeatable() {
            return new Setting(name, kind, true, required, option, standard, form, description);
        }

        Setting needed() {
            return new Setting(name, kind, many, true, option, standard, form, description);
        }

        /** Returns the words of a choice. */
        List<String> choices() {
            return List.of(form.split("\\|", -1));
        }
    }

    /**
     * A key with keys below it.
     *
     * @param name its name
     * @param many whether a list of such sections is given
     * @param required whether the section above cannot do without it
     * @param option the option of the command line that its being there stands for, if there is one
     * @param entries what may stand in it
     * @param description what it sets
     */
    record Section(String name, boolean many, boolean required, Optional<String> option, List<ConfigEntry> entries,
            String description) implements ConfigEntry {
        public Section {
            entries = List.copyOf(entries);
        }

        /** Returns the entry of this name, if there is one. */
        public Optional<ConfigEntry> entry(String name) {
            return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
        }
    }
}
