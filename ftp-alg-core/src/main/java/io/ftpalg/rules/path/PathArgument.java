package io.ftpalg.rules.path;

import io.ftpalg.protocol.Digits;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.rules.path.NamedPath.Scope;
import java.util.Optional;
import java.util.Set;

/**
 * The path that a command names, wherever in its argument: behind the options of LIST, the mode of SITE CHMOD, the time of MFMT.
 *
 * @param path the path, nothing for a command that names none
 * @param unreadable why the path is not known, if the command may name one all the same, or several
 */
public record PathArgument(Optional<NamedPath> path, Optional<String> unreadable) {
    private static final PathArgument NONE = new PathArgument(Optional.empty(), Optional.empty());
    private static final int TIME_DIGITS = 12;
    /** Words of SITE that name no path. */
    private static final Set<String> SITE_WITHOUT = Set.of("", "HELP", "IDLE", "UMASK", "WHO", "TIME", "PSWD");

    /** Returns the path of a command. */
    public static PathArgument of(FtpCommand command) {
        String argument = command.argument();
        return switch (command.verb().standard()) {
            case RETR, STOR, APPE, SIZE, MKD, RMD, DELE, CWD, RNTO, HASH, DSIZ ->
                one(NamedPath.whole(argument), argument);
            case STOU, MLST, MLSD, AVBL -> one(NamedPath.whole(argument));
            case RNFR, RMDA -> one(new NamedPath("", argument, "", Scope.TREE), argument);
            case CDUP -> one(NamedPath.whole(".."));
            case LIST, NLST -> ListedPath.of(argument);
            case STAT -> argument.isBlank() ? NONE : ListedPath.of(argument);
            case MDTM ->
                Direction.of(command) == Direction.CHANGE
                        ? behindFirstWord(argument, "")
                        : one(NamedPath.whole(argument), argument);
            case MFMT, MFCT -> behindFirstWord(argument, "");
            case MFF -> behindFacts(argument);
            case XCRC, XMD5, XSHA1, XSHA256 -> checksum(argument);
            case SITE -> site(argument);
            case PRET -> announced(argument);
            case SMNT, COMB, OTHER ->
                argument.isBlank() ? NONE : unreadable("the gateway does not know which paths it names");
            default -> NONE;
        };
    }

    private static PathArgument one(NamedPath path) {
        return new PathArgument(Optional.of(path), Optional.empty());
    }

    /** A command that must name a path. */
    private static PathArgument one(NamedPath path, String argument) {
        return argument.isEmpty() ? unreadable("names no path") : one(path);
    }

    static PathArgument unreadable(String reason) {
        return new PathArgument(Optional.empty(), Optional.of(reason));
    }

    /** {@code 20260101000000 path}, or {@code 644 path}. */
    private static PathArgument behindFirstWord(String argument, String before) {
        int space = argument.indexOf(' ');
        if (space <= 0 || space == argument.length() - 1) {
            return unreadable("names no path");
        }
        return one(
                new NamedPath(before + argument.substring(0, space + 1), argument.substring(space + 1), "", Scope.ONE));
    }

    /** {@code modify=...;unix.mode=...; path}: facts end with a semicolon and have no space. */
    private static PathArgument behindFacts(String argument) {
        int space = argument.indexOf(' ');
        return space > 0 && argument.charAt(space - 1) == ';'
                ? behindFirstWord(argument, "")
                : unreadable("facts without an end");
    }

    /** {@code "path" 0 100}, or a path without spaces; with spaces and without quotes it could be either. */
    private static PathArgument checksum(String argument) {
        int quote = argument.indexOf('"', 1);
        if (argument.startsWith("\"") && quote > 0) {
            return argument.indexOf('"', quote + 1) < 0
                    ? one(new NamedPath("\"", argument.substring(1, quote), argument.substring(quote), Scope.ONE))
                    : unreadable("more than one path in quotes");
        }
        return argument.indexOf(' ') < 0
                ? one(NamedPath.whole(argument), argument)
                : unreadable("a space in a path without quotes");
    }

    /** PRET has the command for which PASV is to find a port; it names the path of that one. */
    private static PathArgument announced(String argument) {
        int space = argument.indexOf(' ');
        String name = space < 0 ? argument : argument.substring(0, space);
        if (!FtpCommand.isName(name) || name.equalsIgnoreCase("PRET")) {
            return unreadable("announces no command");
        }
        PathArgument inner = of(FtpCommand.of(name, space < 0 ? "" : argument.substring(space + 1)));
        return new PathArgument(
                inner.path
                        .filter(path -> !path.isImplicit())
                        .map(path ->
                                new NamedPath(name + ' ' + path.before(), path.path(), path.after(), path.scope())),
                inner.unreadable);
    }

    private static PathArgument site(String argument) {
        String word = Direction.siteWord(argument);
        int space = argument.indexOf(' ');
        if (space < 0 || !argument.substring(0, space).equalsIgnoreCase(word)) {
            return SITE_WITHOUT.contains(word) && argument.strip().equalsIgnoreCase(word)
                    ? NONE
                    : unreadable("the gateway does not know which paths it names");
        }
        String before = argument.substring(0, space + 1);
        String rest = argument.substring(space + 1);
        return switch (word) {
            case "CHMOD", "CHGRP", "CHOWN" -> behindFirstWord(rest, before);
            case "MKDIR", "RMDIR" ->
                rest.isEmpty() ? unreadable("names no path") : one(new NamedPath(before, rest, "", Scope.ONE));
            case "UTIME" -> utime(before, rest);
            default ->
                SITE_WITHOUT.contains(word) ? NONE : unreadable("the gateway does not know which paths it names");
        };
    }

    /** {@code UTIME YYYYMMDDhhmm[ss] path}, or {@code UTIME path time time time UTC}. */
    private static PathArgument utime(String before, String rest) {
        String[] words = rest.split(" ", -1);
        if (isTime(words[0])) {
            return behindFirstWord(rest, before);
        }
        int last = words.length - 1;
        if (last == 4 && words[4].equals("UTC") && isTime(words[1]) && isTime(words[2]) && isTime(words[3])) {
            return one(new NamedPath(before, words[0], rest.substring(words[0].length()), Scope.ONE));
        }
        return unreadable("times of an unknown form");
    }

    private static boolean isTime(String word) {
        return word.length() >= TIME_DIGITS && Digits.only(word);
    }
}
