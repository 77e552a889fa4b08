package io.ftpalg.rules.path;

import io.ftpalg.protocol.FtpCommand;

/**
 * One path in the argument of a command.
 *
 * @param before what precedes it in the argument, such as options or a mode
 * @param path the path as the client wrote it; empty if it is the working directory, which the command then does not write
 * @param after what follows it
 * @param scope what else is meant by it
 */
public record NamedPath(String before, String path, String after, Scope scope) {

    /** What is meant by a path. */
    public enum Scope {
        /** This file or directory. */
        ONE,
        /** This one, and with it all that is below if it is a directory: it is renamed or removed. */
        TREE,
        /** This directory and anything below: a list with {@code -R}, or the directory of a path with wildcards. */
        BELOW
    }

    /** Returns a path that is the whole argument. */
    static NamedPath whole(String path) {
        return new NamedPath("", path, "", Scope.ONE);
    }

    /** Returns whether the command writes no path and means the working directory. */
    public boolean isImplicit() {
        return path.isEmpty();
    }

    /** Returns the argument with another path in place of this one. */
    public String argumentWith(String other) {
        String space = before.isEmpty() || before.endsWith(" ") || before.endsWith("\"") ? "" : " ";
        boolean slashBehind = after.startsWith("/") && other.endsWith("/");
        String slash = isImplicit() && !after.isEmpty() && !other.endsWith("/") ? "/" : "";
        return before + space + other + slash + (slashBehind ? after.substring(1) : after);
    }

    /**
     * Returns the command with another path in place of this one.
     *
     * @throws IllegalArgumentException if the path holds what no argument can
     */
    public FtpCommand in(FtpCommand command, String other) {
        return FtpCommand.of(command.name(), argumentWith(other));
    }
}
