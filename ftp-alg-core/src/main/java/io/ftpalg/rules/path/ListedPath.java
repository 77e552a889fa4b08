package io.ftpalg.rules.path;

import io.ftpalg.rules.path.NamedPath.Scope;
import java.util.Optional;

/**
 * The path in the argument of LIST, NLST or STAT: behind options such as {@code -la}, which RFC 959 does not have and clients send, and
 * with wildcards, which stand for anything in and below the directory before them. Stateless.
 */
final class ListedPath {

    private ListedPath() {}

    static PathArgument of(String argument) {
        int at = 0;
        boolean recursive = false;
        while (at < argument.length() && argument.charAt(at) == '-') {
            int space = argument.indexOf(' ', at);
            int end = space < 0 ? argument.length() : space;
            recursive |= argument.substring(at, end).indexOf('R') > 0;
            at = space < 0 ? end : space + 1;
        }
        String before = argument.substring(0, at);
        String path = argument.substring(at);
        if (path.contains(" /") || path.contains(" .") || path.contains(" ~") || path.contains(" -")) {
            return PathArgument.unreadable("may be several paths, or a path and options");
        }
        return wildcards(before, path, recursive);
    }

    private static PathArgument wildcards(String before, String path, boolean recursive) {
        int first = firstWildcard(path);
        if (first < 0) {
            return new PathArgument(
                    Optional.of(new NamedPath(before, path, "", recursive ? Scope.BELOW : Scope.ONE)),
                    Optional.empty());
        }
        for (String segment : path.split("/", -1)) {
            if (firstWildcard(segment) >= 0 && mayClimb(segment)) {
                return PathArgument.unreadable("wildcards that may stand for ..");
            }
        }
        int slash = path.lastIndexOf('/', first);
        String tail = path.substring(slash + 1);
        if (tail.contains("/..")) {
            return PathArgument.unreadable(".. behind wildcards");
        }
        // The directory before the wildcards; the slash stays with what follows, as the directory is sent without one.
        return new PathArgument(
                Optional.of(new NamedPath(
                        before,
                        slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash),
                        slash < 0 ? tail : '/' + tail,
                        Scope.BELOW)),
                Optional.empty());
    }

    private static int firstWildcard(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[{".indexOf(path.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** A dot at the beginning matches only if it is written (POSIX), but braces and brackets are expanded in many ways. */
    private static boolean mayClimb(String segment) {
        return segment.startsWith(".") || segment.indexOf('{') >= 0 || segment.indexOf('[') >= 0;
    }
}
