package io.ftpalg.server.keys;

import java.util.Optional;

/** What may be given in a section of the config file; those with an option may be given on the command line too. */
public sealed interface Entry permits Key, Section {

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
