package io.ftpalg.server.config;

import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.keys.form.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a section of the config file gives, with the place of each value. Used by one thread. */
final class FileSection implements Given {
    private final ConfigTable table;
    private final ConfigProblems problems;
    private final Optional<FileSection> above;

    /** Makes the section that is the whole file. */
    FileSection(ConfigTable root, ConfigProblems problems) {
        this(root, problems, Optional.empty());
    }

    private FileSection(ConfigTable table, ConfigProblems problems, Optional<FileSection> above) {
        this.table = table;
        this.problems = problems;
        this.above = above;
    }

    @Override
    public Names names() {
        return Names.KEYS;
    }

    @Override
    public String subject() {
        return table.section().equals(ProgramKeys.LISTENERS) ? "the listener" : "the route";
    }

    @Override
    public String place() {
        return "line " + table.at().line();
    }

    @Override
    public boolean offers(Entry entry) {
        return table.section().entries().contains(entry);
    }

    @Override
    public boolean has(Entry entry) {
        return table.has(entry.name());
    }

    /** The reader made each value by the meaning of its key. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> all(Key<T> key) {
        return table.values(key.name()).stream().map(text -> (T) text.value()).toList();
    }

    @Override
    public FileSection section(Section section) {
        return sections(section).stream()
                .findFirst()
                .orElseGet(() -> new FileSection(
                        new ConfigTable(section, table.at(), Map.of(), Map.of()), problems, Optional.of(this)));
    }

    @Override
    public List<FileSection> sections(Section section) {
        return table.tables(section.name()).stream()
                .map(below -> new FileSection(below, problems, Optional.of(this)))
                .toList();
    }

    @Override
    public boolean hasProblems() {
        return problems.count() > 0;
    }

    @Override
    public void problem(String message, Entry... at) {
        problems.add(
                Stream.of(at)
                        .flatMap(entry -> place(entry).stream())
                        .findFirst()
                        .orElse(table.at()),
                message);
    }

    private Optional<ConfigPlace> place(Entry entry) {
        return offers(entry) ? table.place(entry.name()) : above.flatMap(section -> section.place(entry));
    }
}
