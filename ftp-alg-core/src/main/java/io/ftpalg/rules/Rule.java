package io.ftpalg.rules;

/**
 * One rule: what it does if all its conditions hold.
 *
 * @param name its name, in log, metrics and audit
 * @param place where it was written, such as file and line; may be empty
 * @param when its conditions
 * @param action what it does
 */
public record Rule(String name, String place, Conditions when, Action action) {
    public Rule {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a rule has a name");
        }
        if (action instanceof Action.Jail && !when.concernSessionOnly()) {
            throw new IllegalArgumentException(
                    "a jail holds for all commands of a session: it has conditions of client, users, groups, server and TLS only");
        }
    }

    @Override
    public String toString() {
        return place.isEmpty() ? name : name + " (" + place + ")";
    }
}
