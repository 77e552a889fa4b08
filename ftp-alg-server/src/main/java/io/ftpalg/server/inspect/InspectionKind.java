package io.ftpalg.server.inspect;

import java.util.Locale;
import java.util.Set;

/** What a rule may choose of a listener's inspection. Names and sizes are inspected in any case. */
public enum InspectionKind {
    /** The type by content. */
    TYPES,
    /** The hashes, and the list of those that are rejected. */
    HASH,
    /** The virus scanner clamd. */
    CLAMAV,
    /** All services of ICAP. */
    ICAP,
    /** The copies of files. */
    TEE,
    /** None of these. */
    NONE;

    /** Returns its name in a config file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it is among these names. */
    boolean in(Set<String> words) {
        return words.contains(word());
    }
}
