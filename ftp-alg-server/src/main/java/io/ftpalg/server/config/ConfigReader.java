package io.ftpalg.server.config;

import io.ftpalg.server.files.RegularFiles;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a config file by {@link ProgramKeys}: every key must exist, and every value of its kind. What is wrong is collected;
 * the rest is returned all the same, so that it can be judged too. Used by one thread; blocks.
 */
public final class ConfigReader {
    private final ConfigProblems problems;
    private final ConfigValues values;

    /** Makes a reader that takes variables from there. */
    public ConfigReader(ConfigProblems problems, Function<String, Optional<String>> environment) {
        this.problems = problems;
        this.values = new ConfigValues(problems, new ConfigVariables(environment));
    }

    /** Returns what the file has; fails if it cannot be read or is no YAML at all. */
    public ConfigTable read() throws ConfigException {
        Optional<Node> root = Optional.empty();
        try {
            root = new Compose(LoadSettings.builder()
                            .setLabel(problems.file().toString())
                            .build())
                    .composeString(text(RegularFiles.bytes(problems.file())));
        } catch (NoSuchFileException e) {
            problems.add(ConfigPlace.START, "there is no such file: give the path of a config file");
        } catch (IOException e) {
            problems.add(ConfigPlace.START, "cannot be read (" + e + "): give a file that this user may read");
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    e.getProblemMark()
                            .map(mark -> new ConfigPlace(mark.getLine() + 1, mark.getColumn() + 1))
                            .orElse(ConfigPlace.START),
                    "is not YAML: " + oneLine(e.getProblem()) + ": correct the line");
        } catch (YamlEngineException e) {
            problems.add(
                    ConfigPlace.START,
                    "is not YAML: " + oneLine(String.valueOf(e.getMessage())) + ": correct the file");
        } catch (StackOverflowError e) {
            // The parser calls itself for each level and has no limit.
            problems.add(ConfigPlace.START, "is nested too deeply: correct the file");
        }
        if (root.isEmpty() && problems.count() == 0) {
            problems.add(ConfigPlace.START, "is empty: give at least one listener, under listeners");
        }
        if (root.isEmpty()) {
            problems.throwIfAny();
        }
        Optional<ConfigTable> table = table(ProgramKeys.root(), "", root.orElseThrow());
        if (table.isEmpty()) {
            problems.throwIfAny();
        }
        return table.orElseThrow();
    }

    /** Returns the text of these bytes, or fails at the first one that is none. */
    private String text(byte[] bytes) throws ConfigException {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean good = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), text, true)
                .isUnderflow();
        String read = text.flip().toString();
        if (!good) {
            int line = 1 + (int) read.chars().filter(c -> c == '\n').count();
            problems.add(
                    new ConfigPlace(line, read.length() - read.lastIndexOf('\n')),
                    "is not UTF-8: save it in that charset");
            problems.throwIfAny();
        }
        return read;
    }

    private Optional<ConfigTable> table(Section section, String path, Node node) {
        ConfigPlace at = ConfigValues.place(node);
        if (node instanceof ScalarNode && section.shorthand().isPresent()) {
            Key<?> key = section.shorthand().get();
            return Optional.of(
                    new ConfigTable(section, at, Map.of(key.name(), values.read(key, name(path), node)), Map.of()));
        }
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    at,
                    (section.name().isEmpty() ? "the file" : section.name()) + " must have keys, such as "
                            + section.entries().get(0).name() + ", not " + ConfigValues.kind(node)
                            + ": write KEY: VALUE below it");
            return Optional.empty();
        }
        Map<String, List<ConfigText>> texts = new LinkedHashMap<>();
        Map<String, List<ConfigTable>> tables = new LinkedHashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            entry(section, pair.getKeyNode(), texts.keySet(), tables.keySet()).ifPresent(entry -> {
                if (entry instanceof Key<?> key) {
                    texts.put(key.name(), values.read(key, path + key.name(), pair.getValueNode()));
                } else if (entry instanceof Section below) {
                    tables.put(below.name(), tables(below, path(path, below), pair.getValueNode()));
                }
            });
        }
        checkComplete(section, at, mapping);
        return Optional.of(new ConfigTable(section, at, texts, tables));
    }

    /** Returns the name of a section, whose keys have this path. */
    private static String name(String path) {
        return path.substring(0, path.length() - 1);
    }

    /** Keys are named from their listener on. */
    private static String path(String path, Section below) {
        return below.equals(ProgramKeys.LISTENERS) ? "" : path + below.name() + '.';
    }

    private List<ConfigTable> tables(Section section, String path, Node node) {
        if (!section.many() || section.single() && node instanceof MappingNode) {
            return table(section, path, node).stream().toList();
        }
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            return sequence.getValue().stream()
                    .flatMap(item -> table(section, path, item).stream())
                    .toList();
        }
        problems.add(
                ConfigValues.place(node),
                section.name() + (section.single() ? " must have keys, or be a list, not " : " must be a list, not ")
                        + (node instanceof SequenceNode ? "an empty one" : ConfigValues.kind(node))
                        + ": begin each item with '- '");
        return List.of();
    }

    private Optional<Entry> entry(Section section, Node keyNode, Set<String> texts, Set<String> tables) {
        ConfigPlace at = ConfigValues.place(keyNode);
        if (!(keyNode instanceof ScalarNode scalar)) {
            problems.add(at, "a key must be a word, not " + ConfigValues.kind(keyNode) + ": write KEY: VALUE");
            return Optional.empty();
        }
        String name = scalar.getValue();
        if (texts.contains(name) || tables.contains(name)) {
            problems.add(at, "key '" + name + "' is given twice: leave one out");
            return Optional.empty();
        }
        Optional<Entry> entry = section.entry(name);
        if (entry.isEmpty()) {
            List<String> known = section.entries().stream().map(Entry::name).toList();
            problems.add(
                    at,
                    "unknown key '" + name + "'" + (section.name().isEmpty() ? "" : " in " + section.name()) + ": "
                            + Nearest.to(name, known)
                                    .map(near -> "did you mean " + near + "?")
                                    .orElseGet(() -> "known are " + String.join(", ", known)));
        }
        return entry;
    }

    private void checkComplete(Section section, ConfigPlace at, MappingNode mapping) {
        for (Entry entry : section.entries()) {
            if (entry.required()
                    && mapping.getValue().stream()
                            .noneMatch(pair -> pair.getKeyNode() instanceof ScalarNode scalar
                                    && scalar.getValue().equals(entry.name()))) {
                problems.add(
                        at,
                        "key '" + entry.name() + "' is missing"
                                + (section.name().isEmpty() ? "" : " in " + section.name()) + ": add it");
            }
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
