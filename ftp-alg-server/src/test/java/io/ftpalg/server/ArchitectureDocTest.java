package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names classes and methods that exist. */
class ArchitectureDocTest {
    /** {@code Type} or {@code Type.member}: with a lower-case letter, since verbs of FTP have none. */
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?s?`");

    /** Netty's. */
    private static final Set<String> FOREIGN = Set.of("ByteBuf");

    private static final Map<String, List<JavaClass>> TYPES = types();

    /** Of every module: the tests of the core are not on the class path here. */
    private static final Set<String> TESTS = tests();

    private static Map<String, List<JavaClass>> types() {
        Map<String, List<JavaClass>> types = new HashMap<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.ftpalg")) {
            types.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                    .add(type);
        }
        return types;
    }

    private static Set<String> tests() {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesClassesAndMethodsThatExist() throws IOException {
        String text = Files.readString(Path.of("../docs/architecture.md"));

        assertThat(namesIn(text)).hasSizeGreaterThan(100);
        assertThat(missing(text))
                .as("named in docs/architecture.md, and not there")
                .isEmpty();
    }

    @Test
    void findsWhatIsMissing() {
        assertThat(
                        missing(
                                "`Main`, `ArchitectureTest`, `NoSuchTest` and `NoSuchType`, `Main.main` and `Main.noSuchMethod`, PASV and `EPSV`"))
                .containsExactly("Main.noSuchMethod", "NoSuchTest", "NoSuchType");
    }

    private static List<String> namesIn(String text) {
        return NAME.matcher(text).results().map(found -> found.group()).toList();
    }

    private static Set<String> missing(String text) {
        Set<String> missing = new TreeSet<>();
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            String type = names.group(1);
            String member = names.group(2);
            if (FOREIGN.contains(type) || member == null && TESTS.contains(type)) {
                continue;
            }
            List<JavaClass> types = TYPES.getOrDefault(type, List.of());
            if (types.isEmpty()) {
                missing.add(type);
            } else if (member != null && types.stream().noneMatch(candidate -> has(candidate, member))) {
                missing.add(type + '.' + member);
            }
        }
        return missing;
    }

    private static boolean has(JavaClass type, String member) {
        return type.getAllMethods().stream().anyMatch(method -> method.getName().equals(member))
                || type.getAllFields().stream()
                        .anyMatch(field -> field.getName().equals(member));
    }
}
