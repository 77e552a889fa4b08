package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each source file has a test class in its package whose name begins with its name: {@code FtpVerbTest} or
 * {@code FtpVerbTraitsTest} for {@code FtpVerb}. A test counts for the longest name that it begins with.
 *
 * <p>Exempt are package-info and module-info, and what has nothing to test: a record, enum, interface or exception of
 * fewer than {@value #TRIVIAL} lines of code, which are those that are neither empty, comment, import nor package.
 */
class EverySourceHasItsTestTest {
    private static final List<String> PACKAGES = List.of("", "protocol", "policy", "routing", "codec", "tls", "session", "data", "control");
    private static final int TRIVIAL = 25;

    private static final Pattern EXEMPT_KIND = Pattern.compile(
            "(?m)^(public |final |sealed |non-sealed )*((record|enum|interface|@interface) |class \\w+ extends \\w*Exception\\b)");
    private static final Pattern NO_CODE = Pattern.compile("\\s*((//|/?\\*|import |package ).*)?");

    @Test
    void holdsForThisModule() throws IOException {
        for (String name : PACKAGES) {
            assertThat(untested(Path.of("src/main/java/io/ftpalg", name), Path.of("src/test/java/io/ftpalg", name)))
                    .as("sources of %s without a test", name.isEmpty() ? "the root" : name).isEmpty();
        }
    }

    @Test
    void findsWhatHasNoTest(@TempDir Path folder) throws IOException {
        Path main = Files.createDirectory(folder.resolve("main"));
        Path test = Files.createDirectory(folder.resolve("test"));
        String body = "    int x;\n".repeat(TRIVIAL);
        write(main, "package-info", "package a;\n" + body);
        write(main, "Tested", "class Tested {\n}\n");
        write(main, "TestedTwice", "class TestedTwice {\n}\n");
        write(main, "Line", "class Line {\n}\n");
        write(main, "LineDecoder", "class LineDecoder {\n}\n");
        write(main, "Other", "final class Other {\n}\n");
        write(main, "Small", "public record Small(int x) {\n    // " + "\n    // ".repeat(TRIVIAL) + "\n}\n");
        write(main, "Large", "public record Large(int x) {\n" + body + "}\n");
        write(main, "SmallException", "public final class SmallException extends IOException {\n}\n");
        write(test, "TestedTest", "");
        write(test, "TestedTwiceTest", "");
        write(test, "LineDecoderTest", "");
        write(test, "OtherTests", "");

        assertThat(untested(main, test)).containsExactly("Large", "Line", "Other");
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".java"), text);
    }

    private static Set<String> untested(Path main, Path test) throws IOException {
        Set<String> sources = names(main);
        Set<String> untested = new TreeSet<>(sources);
        for (String name : names(test)) {
            if (name.endsWith("Test")) {
                sources.stream().filter(name::startsWith).max(Comparator.comparingInt(String::length))
                        .ifPresent(untested::remove);
            }
        }
        for (String name : sources) {
            if (isExempt(name, Files.readString(main.resolve(name + ".java")))) {
                untested.remove(name);
            }
        }
        return untested;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
        }
    }

    private static boolean isExempt(String name, String source) {
        return name.endsWith("-info") || EXEMPT_KIND.matcher(source).find()
                && source.lines().filter(line -> !NO_CODE.matcher(line).matches()).count() < TRIVIAL;
    }
}
