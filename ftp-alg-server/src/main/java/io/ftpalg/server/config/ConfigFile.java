package io.ftpalg.server.config;

import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.settings.ProgramSettings;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A config file that was read.
 *
 * @param file its path
 * @param table what stands in it
 * @param settings what it sets
 */
public record ConfigFile(Path file, ConfigTable table, ProgramSettings settings) {

    /** Returns the file and the files that it names. */
    public Set<Path> files() {
        Set<Path> files = new LinkedHashSet<>(List.of(file));
        add(table, files);
        return files;
    }

    private static void add(ConfigTable table, Set<Path> files) {
        for (Entry entry : table.section().entries()) {
            if (entry instanceof Key<?> key && key.kind() == Key.Kind.FILE) {
                table.values(key.name()).forEach(value -> files.add(Path.of(value.text())));
            }
            table.tables(entry.name()).forEach(below -> add(below, files));
        }
    }

    /** Returns the prefix of a message about a listener: its line, unless it is the only one. */
    public String listener(int index) {
        List<ConfigTable> listeners = table.tables("listeners");
        return listeners.size() == 1
                ? ""
                : "listener in line " + listeners.get(index).at().line() + ": ";
    }

    /** Returns a message with the place of a key, or of the file if it is not given. */
    public String located(Key<?> key, String message) {
        ConfigPlace at = table.place(key.name()).orElse(ConfigPlace.START);
        return file + ":" + at.line() + ":" + at.column() + ": " + message;
    }
}
