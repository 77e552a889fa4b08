package io.ftpalg.server.config;

import io.ftpalg.server.keys.form.Key;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the values of keys: replaces variables, checks their kind, and makes what they mean, once. */
final class ConfigValues {
    private final ConfigProblems problems;
    private final ConfigVariables variables;

    ConfigValues(ConfigProblems problems, ConfigVariables variables) {
        this.problems = problems;
        this.variables = variables;
    }

    /** Returns the values, without those that have a problem. An empty list is one: it would open what it was to close. */
    List<ConfigText> read(Key<?> key, String name, Node node) {
        if (node instanceof SequenceNode sequence
                && key.many()
                && sequence.getValue().isEmpty()) {
            problems.add(place(node), name + " is an empty list: give at least one value, or leave the key out");
        }
        if (node instanceof SequenceNode sequence && key.many()) {
            return sequence.getValue().stream()
                    .flatMap(item -> one(key, name, item).stream())
                    .toList();
        }
        return one(key, name, node).stream().toList();
    }

    private Optional<ConfigText> one(Key<?> key, String name, Node node) {
        ConfigPlace at = place(node);
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(at, name + " must be one value, not " + kind(node) + ": write " + key.form());
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return nothing(key, name, at);
        }
        return variables.replace(scalar.getValue(), at, problems).flatMap(text -> checked(key, name, text, at));
    }

    private Optional<ConfigText> nothing(Key<?> key, String name, ConfigPlace at) {
        problems.add(at, name + " has no value: write " + key.form() + ", or leave the key out");
        return Optional.empty();
    }

    private Optional<ConfigText> checked(Key<?> key, String name, String text, ConfigPlace at) {
        if (text.isBlank()) {
            return nothing(key, name, at);
        }
        if (key.kind() == Key.Kind.FLAG && !Stream.of("true", "false").anyMatch(text::equals)) {
            problems.add(at, name + " '" + text + "': expected true or false");
            return Optional.empty();
        }
        // Exactly as they are written here, though options take upper case too: the schema and the routes have no
        // other.
        if (key.kind() == Key.Kind.CHOICE && !key.choices().contains(text)) {
            problems.add(at, name + " '" + text + "': expected " + key.form());
            return Optional.empty();
        }
        return switch (key.kind()) {
            case FILE ->
                path(name, text, at)
                        .filter(file -> isReadable(name, text, file, at))
                        .flatMap(file -> value(key, name, file.toString(), at));
            case PATH -> path(name, text, at).flatMap(file -> value(key, name, file.toString(), at));
            default -> value(key, name, text, at);
        };
    }

    private Optional<ConfigText> value(Key<?> key, String name, String text, ConfigPlace at) {
        try {
            return Optional.of(new ConfigText(text, key.meaning().of(text), at));
        } catch (IllegalArgumentException e) {
            problems.add(at, name + " '" + text + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Relative to the config file: what it means must not depend on where the program is started. */
    private Optional<Path> path(String name, String text, ConfigPlace at) {
        try {
            return Optional.of(
                    problems.file().toAbsolutePath().resolveSibling(text).normalize());
        } catch (InvalidPathException e) {
            problems.add(at, name + " '" + text + "': is not a path (" + e.getReason() + "): give the path of a file");
            return Optional.empty();
        }
    }

    private boolean isReadable(String name, String text, Path file, ConfigPlace at) {
        problems.names(file);
        boolean good = Files.isRegularFile(file) && Files.isReadable(file);
        if (!good) {
            problems.add(at, name + " '" + text + "': cannot be read: give the path of a readable file");
        }
        return good;
    }

    /** Returns where a node begins. */
    static ConfigPlace place(Node node) {
        return node.getStartMark()
                .map(mark -> new ConfigPlace(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(ConfigPlace.START);
    }

    /** Returns in a word what a node is. */
    static String kind(Node node) {
        return node instanceof MappingNode
                ? "keys"
                : node instanceof SequenceNode ? "a list" : node.getTag().equals(Tag.NULL) ? "nothing" : "a value";
    }
}
