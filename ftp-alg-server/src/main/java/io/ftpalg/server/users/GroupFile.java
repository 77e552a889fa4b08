package io.ftpalg.server.users;

import io.ftpalg.server.files.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The content of a group file of Apache (AuthGroupFile): {@code group: user user}, with blank lines and comments; a group may
 * have several lines.
 *
 * @param groupsOf the groups of each user
 */
record GroupFile(Map<String, Set<String>> groupsOf) {
    /** That of a gateway without one. */
    static final GroupFile NONE = new GroupFile(Map.of());

    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    GroupFile {
        groupsOf = Map.copyOf(groupsOf);
    }

    /** Reads the file; blocks. */
    static GroupFile read(Path file) throws UsersException {
        List<String> lines;
        try {
            lines = RegularFiles.lines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw UsersException.unreadable(file, e);
        }
        Map<String, Set<String>> groupsOf = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String group = line.substring(0, Math.max(colon, 0)).strip();
            if (group.isEmpty()) {
                throw new UsersException(file + ":" + (i + 1) + ": is not 'GROUP: USER USER'");
            }
            BLANKS.splitAsStream(line.substring(colon + 1).strip())
                    .filter(user -> !user.isEmpty())
                    .forEach(user -> groupsOf.computeIfAbsent(user, first -> new HashSet<>())
                            .add(group));
        }
        return new GroupFile(groupsOf);
    }

    /** Returns the groups that a user is in. */
    Set<String> of(String user) {
        return groupsOf.getOrDefault(user, Set.of());
    }
}
