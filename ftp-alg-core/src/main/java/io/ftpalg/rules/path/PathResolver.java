package io.ftpalg.rules.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resolves a path as a server would, without a file system: against the working directory, without {@code .}, {@code ..}, repeated and
 * trailing slashes. What servers read in different ways has no resolution: better refused than decided on wrongly. {@code %2e} and
 * {@code ..;} are names like any other. Symbolic links cannot be seen. Stateless.
 */
public final class PathResolver {
    /** Longest path, in bytes, before and after it is resolved. */
    public static final int LONGEST = 4096;

    private PathResolver() {}

    /**
     * Returns what the path comes to.
     *
     * @param directory the absolute path of the working directory, if it is known; one char for one byte
     * @param argument the path in a command; one char for one byte
     */
    public static Resolution resolve(Optional<String> directory, String argument) {
        Optional<String> flaw = flaw(argument);
        if (flaw.isPresent()) {
            return new Resolution.Unresolvable(flaw.get());
        }
        boolean absolute = argument.startsWith("/");
        if (!absolute && directory.isEmpty()) {
            return new Resolution.NoDirectory(argument);
        }
        String base = absolute ? "/" : directory.orElse("/");
        Optional<String> odd = flawOfDirectory(base);
        if (odd.isPresent()) {
            return new Resolution.Unresolvable(odd.get());
        }
        List<String> segments = new ArrayList<>();
        append(segments, base);
        boolean climbs = append(segments, argument);
        String sent = '/' + String.join("/", segments);
        Optional<String> flawed = flaw(sent);
        if (flawed.isPresent()) {
            return new Resolution.Unresolvable(flawed.get());
        }
        return NameText.of(sent)
                .<Resolution>map(text -> new Resolution.Path(sent, text, climbs))
                .orElseGet(() -> new Resolution.Unresolvable("not UTF-8"));
    }

    /** Returns whether there was a {@code ..}; one at the top stays there, as servers have it. */
    private static boolean append(List<String> segments, String path) {
        boolean climbs = false;
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            if (segment.equals("..")) {
                climbs = true;
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
            start = end + 1;
        }
        return climbs;
    }

    /** Returns why servers differ in what they make of this path, if they do. */
    private static Optional<String> flaw(String path) {
        if (path.isEmpty()) {
            return Optional.of("empty");
        }
        if (path.length() > LONGEST) {
            return Optional.of("longer than " + LONGEST + " bytes");
        }
        char first = path.charAt(0);
        if (first == ' ' || path.endsWith(" ")) {
            return Optional.of("begins or ends with a space, which some servers take away");
        }
        if (first == '~') {
            return Optional.of("begins with ~, which only the server can resolve");
        }
        if (first == '"' || first == '\'') {
            return Optional.of("begins with a quote, which some servers take away");
        }
        if (isDrive(path, 0) || first == '/' && isDrive(path, 1)) {
            return Optional.of("begins with a drive letter");
        }
        return flawOfBytes(path);
    }

    private static Optional<String> flawOfDirectory(String directory) {
        if (!directory.startsWith("/")) {
            return Optional.of("the working directory is not an absolute path");
        }
        return flawOfBytes(directory);
    }

    private static Optional<String> flawOfBytes(String path) {
        int dots = 0;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '\\') {
                return Optional.of("has a backslash, which separates names on some servers");
            }
            if (c < ' ' || c == 0x7F || c == 0xFF) {
                return Optional.of("has a control byte");
            }
            if (c == '/') {
                if (dots > 2) {
                    return Optional.of("has a name of dots only, which climbs on some servers");
                }
                dots = 0;
            } else {
                // Negative from the first other char on, to the end of the name.
                dots = c == '.' && dots >= 0 ? dots + 1 : -1;
            }
        }
        return Optional.empty();
    }

    private static boolean isDrive(String path, int at) {
        return path.length() > at + 1
                && path.charAt(at + 1) == ':'
                && Character.isLetter(path.charAt(at))
                && path.charAt(at) < 0x80
                && (path.length() == at + 2 || path.charAt(at + 2) == '/' || at == 0);
    }
}
