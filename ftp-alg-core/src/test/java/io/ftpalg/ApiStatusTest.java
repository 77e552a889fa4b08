package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.ftpalg.violations.session.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each package that the module exports says whether it is stable, and shows no type of a package that is less so. */
class ApiStatusTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern EXPORT = Pattern.compile("^    exports ([\\w.]+);$", Pattern.MULTILINE);
    private static final Pattern STATUS = Pattern.compile("<p><b>Status:</b> (\\w+)\\.");

    @Test
    void eachExportedPackageSaysItsStatus() throws IOException {
        assertThat(statuses())
                .containsKeys("io.ftpalg", "io.ftpalg.policy", "io.ftpalg.codec", "io.ftpalg.protocol")
                .allSatisfy((name, status) -> assertThat(status).as(name).isIn("stable", "experimental"));
    }

    @Test
    void docsSayTheSame() throws IOException {
        String chapter = Files.readString(Path.of("..", "docs", "embedding.md"));

        statuses().forEach((name, status) -> assertThat(chapter)
                .containsPattern("\\| [^|]*`" + Pattern.quote(name) + "`[^|]*\\|[^|]*\\| " + status + " \\|"));
    }

    /** The build compares all packages but the internal ones with the last release. */
    @Test
    void apiCheckLeavesOutTheInternalPackagesOnly() throws IOException {
        Set<String> left = new TreeSet<>();
        Matcher excluded = Pattern.compile("<exclude>(io\\.ftpalg\\.\\w+)</exclude>")
                .matcher(Files.readString(Path.of("pom.xml")));
        while (excluded.find()) {
            left.add(excluded.group(1));
        }
        Set<String> exported = statuses().keySet();
        try (Stream<Path> folders = Files.list(SOURCES.resolve("io/ftpalg")).filter(Files::isDirectory)) {
            Set<String> internal = folders.map(folder -> "io.ftpalg." + folder.getFileName())
                    .filter(name -> !exported.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(left).isEqualTo(internal);
        }
    }

    @Test
    void stablePackagesShowStableTypesOnly() throws IOException {
        Map<String, String> statuses = statuses();
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages("io.ftpalg");
        Set<String> exposed = new TreeSet<>();
        int checked = 0;
        for (JavaClass type : classes) {
            if ("stable".equals(statuses.get(type.getPackageName())) && isShown(type)) {
                checked++;
                shownBy(type).stream()
                        .filter(other -> !isStable(statuses, other))
                        .forEach(other -> exposed.add(type.getName() + " shows " + other.getName()));
            }
        }

        assertThat(checked).isGreaterThan(80);
        assertThat(exposed).isEmpty();
    }

    /** The check finds what it looks for. */
    @Test
    void findsATypeThatIsNotStable() {
        JavaClass type = new ClassFileImporter().importClass(Exposing.class);

        assertThat(shownBy(type).stream().filter(other -> !isStable(Map.of("io.ftpalg", "stable"), other)))
                .extracting(JavaClass::getSimpleName)
                .contains("Violation", "Hidden");
    }

    /** Shows an internal type as an argument of a type, and one that nobody else can name. */
    public static class Exposing {
        protected Hidden hidden(Map<String, Violation> all) {
            return new Hidden();
        }

        static class Hidden {}
    }

    private static boolean isStable(Map<String, String> statuses, JavaClass type) {
        return !type.getPackageName().startsWith("io.ftpalg")
                || "stable".equals(statuses.get(type.getPackageName())) && isShown(type);
    }

    /** Tells whether users of the library can name the type. */
    private static boolean isShown(JavaClass type) {
        return (type.getModifiers().contains(JavaModifier.PUBLIC)
                        || type.getModifiers().contains(JavaModifier.PROTECTED))
                && type.getEnclosingClass().map(ApiStatusTest::isShown).orElse(true);
    }

    private static Set<JavaClass> shownBy(JavaClass type) {
        Set<JavaClass> shown = new LinkedHashSet<>();
        type.getSuperclass().ifPresent(parent -> add(shown, parent));
        type.getInterfaces().forEach(parent -> add(shown, parent));
        type.getTypeParameters().forEach(parameter -> parameter.getUpperBounds().forEach(bound -> add(shown, bound)));
        for (JavaMember member : type.getMembers()) {
            if (member.getModifiers().contains(JavaModifier.PUBLIC)
                    || member.getModifiers().contains(JavaModifier.PROTECTED)) {
                if (member instanceof JavaField field) {
                    add(shown, field.getType());
                } else if (member instanceof JavaCodeUnit method) {
                    add(shown, method.getReturnType());
                    method.getParameterTypes().forEach(parameter -> add(shown, parameter));
                    shown.addAll(method.getExceptionTypes());
                }
            }
        }
        return shown;
    }

    private static void add(Set<JavaClass> shown, JavaType type) {
        type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .forEach(shown::add);
    }

    /** Returns the status of each exported package, "none" if it says none. */
    private static Map<String, String> statuses() throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        Matcher exports = EXPORT.matcher(Files.readString(SOURCES.resolve("module-info.java")));
        while (exports.find()) {
            Path info = SOURCES.resolve(exports.group(1).replace('.', '/')).resolve("package-info.java");
            Matcher status = STATUS.matcher(Files.readString(info));
            statuses.put(exports.group(1), status.find() ? status.group(1) : "none");
        }
        return statuses;
    }
}
