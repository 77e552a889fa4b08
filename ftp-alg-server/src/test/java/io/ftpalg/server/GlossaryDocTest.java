package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** docs/glossary.md is in order, and no name of a class and no text for users has a word that it flags. */
class GlossaryDocTest {
    private static final Pattern TYPE =
            Pattern.compile("(?m)^[ \t]*(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed)\\s+)*"
                    + "(?:class|interface|record|enum|@interface)\\s+(\\w+)");
    /** A text block, another literal, or what holds none: a comment, a char. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"{3}\n(.*?)\"{3}|\"((?:[^\"\\\\\n]|\\\\.)*)\"|/\\*.*?\\*/|//[^\n]*|'(?:[^'\\\\]|\\\\.[0-9a-f]*)'",
            Pattern.DOTALL);

    private static final Pattern PLUS = Pattern.compile("\\s*\\+\\s*");
    /** What is code in a page: in backquotes, or between lines of three. */
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);

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
    void noOptionHelpHasAFlaggedWord() throws IOException {
        CommandLine main = Main.commandLine();
        List<String> help = Stream.concat(Stream.of(main), main.getSubcommands().values().stream())
                .map(CommandLine::getUsageMessage)
                .toList();

        assertThat(help).hasSizeGreaterThan(2).allSatisfy(text -> assertThat(text)
                .hasSizeGreaterThan(200));
        assertThat(flaggedTexts(help.stream(), notInTexts())).isEmpty();
    }

    @Test
    void noDescriptionOfAKeyHasAFlaggedWord() throws IOException {
        List<String> descriptions = descriptions(ProgramKeys.root()).toList();

        assertThat(descriptions).hasSizeGreaterThan(100);
        assertThat(flaggedTexts(descriptions.stream(), notInTexts())).isEmpty();
    }

    /** Messages of exceptions, statements that log, and replies to clients are literals with a blank in them. */
    @Test
    void noTextOfTheProgramHasAFlaggedWord() throws IOException {
        List<String> texts = texts(Path.of(".."));

        assertThat(texts)
                .hasSizeGreaterThan(400)
                .anyMatch(text -> text.contains("session closed cause="))
                .contains("Service not available.", "cannot be read: ");
        assertThat(flaggedTexts(texts.stream(), notInTexts())).isEmpty();
    }

    @Test
    void noPageOfTheDocsHasAFlaggedWord() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("..", "docs"))) {
            for (Path page : Stream.concat(pages, Stream.of(Path.of("..", "README.md")))
                    .filter(path -> path.toString().endsWith(".md") && !path.endsWith("glossary.md"))
                    .toList()) {
                assertThat(flaggedTexts(CODE.splitAsStream(Files.readString(page)), notInTexts()))
                        .as(page.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void wordsAreNotInTextsInOneSpellingEach() throws IOException {
        assertThat(notInTexts())
                .contains("hear", "told", "anew", "ill", "last word")
                .doesNotHaveDuplicates()
                .allSatisfy(word -> assertThat(word).matches("[a-z]+( [a-z]+)?"));
    }

    @Test
    void findsFlaggedTextsOfAllKinds(@TempDir Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("module/src/main/java/p"));
        Files.writeString(folder.resolve("Text.java"), """
                /** Is told, and "it says so". */
                final class Text { // hears "all of it"
                    static final String GOOD = "a filler of the skill: wishbone";
                    static final String ANEW = "anew";
                    static final String SPLIT = "the client \\"x\\" goes"
                            + " on";
                    static final String URL = "ldap://HOST was Told";
                    static final String BLOCK = \"""
                            the last word
                            \""";
                }
                """);

        List<String> words = List.of("anew", "goes on", "told", "says", "hears", "ill", "wish", "last word");
        assertThat(flaggedTexts(texts(root).stream(), words))
                .containsExactly(
                        "goes on: the client \\\"x\\\" goes on",
                        "told: ldap://HOST was Told",
                        "last word: the last word");
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

    private static List<String> notInTexts() throws IOException {
        return firstCells("not in a text").stream()
                .flatMap(cell -> Stream.of(cell.split(", ")))
                .toList();
    }

    /** Returns which of the words each text has, in any case, as words of their own. */
    private static List<String> flaggedTexts(Stream<String> texts, Collection<String> words) {
        Pattern flagged = Pattern.compile("\\b(?:" + String.join("|", words) + ")\\b", Pattern.CASE_INSENSITIVE);
        return texts.flatMap(text -> flagged.matcher(text)
                        .results()
                        .map(word -> word.group().toLowerCase(Locale.ROOT) + ": " + text))
                .toList();
    }

    private static Stream<String> descriptions(Section section) {
        return section.entries().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.description()),
                        entry instanceof Section below ? descriptions(below) : Stream.empty()));
    }

    /** Returns the literals with a blank in the main sources of all modules, joined where the code adds them. */
    private static List<String> texts(Path root) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path sources : modules.map(module -> module.resolve("src/main"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        texts.addAll(texts(Files.readString(file)));
                    }
                }
            }
        }
        return texts;
    }

    private static List<String> texts(String source) {
        List<String> literals = new ArrayList<>();
        int end = -1;
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String literal =
                    token.group(1) == null ? token.group(2) : token.group(1).strip();
            if (literal == null) {
                continue;
            }
            if (end >= 0 && PLUS.matcher(source.substring(end, token.start())).matches()) {
                literal = literals.remove(literals.size() - 1) + literal;
            }
            literals.add(literal);
            end = token.end();
        }
        return literals.stream().filter(literal -> literal.contains(" ")).toList();
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
