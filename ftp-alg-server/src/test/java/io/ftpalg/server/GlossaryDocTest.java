package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/glossary.md is in order, and no new class has a word in its name that it flags. */
class GlossaryDocTest {
    private static final Pattern TYPE =
            Pattern.compile("(?m)^[ \t]*(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed)\\s+)*"
                    + "(?:class|interface|record|enum|@interface)\\s+(\\w+)");
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"{3}\n.*?\"{3}", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+");

    @Test
    void termsAreInAlphabeticalOrderAndUnique() throws IOException {
        List<String> terms = firstCells("term");

        assertThat(terms)
                .hasSizeGreaterThan(50)
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER)
                .doesNotHaveDuplicates();
    }

    @Test
    void noClassHasAFlaggedName() throws IOException {
        Set<String> flagged = flaggedTypes(Path.of(".."), flaggedWords());

        assertThat(flagged)
                .as("classes whose name has a word that docs/glossary.md flags: name them by its replacement there")
                .isEmpty();
    }

    @Test
    void flaggedWordsAreThoseOfTheTable() throws IOException {
        assertThat(flaggedWords())
                .contains("Voice", "Door", "Course", "Life", "Neighbours", "Succession", "Prelude", "Turn")
                .allSatisfy(word -> assertThat(word).matches("[A-Z][a-z]+"));
    }

    @Test
    void findsFlaggedTypesOfAllKinds(@TempDir Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("module/src/test/java22/p"));
        Files.writeString(folder.resolve("ClientVoice.java"), """
                /** One class Door is no class. */
                final class ClientVoice {
                    private static final class Invoice { }
                    interface Turns { }
                    record Turn(int doorway) { }
                    sealed interface TLSDoor { }
                }
                """);

        assertThat(flaggedTypes(root, Set.of("Voice", "Turn", "Door")))
                .containsExactly("ClientVoice", "ClientVoice.TLSDoor", "ClientVoice.Turn");
    }

    private static Set<String> flaggedWords() throws IOException {
        return Set.copyOf(firstCells("not in a class name"));
    }

    /** Returns the first cells of the table with this head. */
    private static List<String> firstCells(String head) throws IOException {
        return Files.readString(Path.of("..", "docs", "glossary.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| " + head + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .toList();
    }

    /** Returns the types below the sources of all modules that have one of these words in their name. */
    private static Set<String> flaggedTypes(Path root, Collection<String> words) throws IOException {
        Set<String> flagged = new TreeSet<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path sources : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        flagged.addAll(flaggedTypes(file, Files.readString(file), words));
                    }
                }
            }
        }
        return flagged;
    }

    private static Set<String> flaggedTypes(Path file, String source, Collection<String> words) {
        String top = file.getFileName().toString().replace(".java", "");
        return TYPE.matcher(TEXT_BLOCK.matcher(source).replaceAll(""))
                .results()
                .map(type -> type.group(1))
                .filter(name -> WORD.matcher(name).results().anyMatch(word -> words.contains(word.group())))
                .map(name -> name.equals(top) ? name : top + '.' + name)
                .collect(Collectors.toSet());
    }
}
