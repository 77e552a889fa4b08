package io.ftpalg.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds what docs/architecture.md says of the packages of the server: arrows point down only. */
class ServerArchitectureTest {
    private static final String ROOT = "io.ftpalg.server";
    private static final int LARGEST = 25;

    /** For each package which others of this module it may use; what else it may use is not for this test. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry(
                    "",
                    List.of(
                            "admin",
                            "admin.page",
                            "admin.api",
                            "audit",
                            "audit.verify",
                            "cli",
                            "ctl",
                            "config",
                            "demo",
                            "files",
                            "handover",
                            "json",
                            "keys",
                            "keys.form",
                            "log",
                            "metrics",
                            "otlp",
                            "quota",
                            "policy",
                            "replay",
                            "rules",
                            "runtime",
                            "service",
                            "settings",
                            "settings.limits",
                            "tls")),
            Map.entry("warmup", List.of()),
            Map.entry("rules", List.of("settings")),
            Map.entry("inspect", List.of("files", "inspect.icap", "inspect.scan", "inspect.spill", "inspect.tee")),
            Map.entry("inspect.icap", List.of("inspect.scan")),
            Map.entry("inspect.scan", List.of()),
            Map.entry("inspect.spill", List.of()),
            Map.entry("inspect.tee", List.of("audit.record", "files", "inspect.scan", "json", "log")),
            Map.entry(
                    "keys.inspect",
                    List.of(
                            "keys.form",
                            "inspect",
                            "inspect.icap",
                            "inspect.scan",
                            "inspect.spill",
                            "inspect.tee",
                            "settings")),
            Map.entry("demo", List.of("runtime", "log", "tls", "tls.trust")),
            Map.entry("cli", List.of("keys", "keys.form", "settings", "log")),
            Map.entry(
                    "runtime",
                    List.of(
                            "admin",
                            "inspect",
                            "inspect.scan",
                            "audit",
                            "audit.sink",
                            "config",
                            "keys",
                            "keys.form",
                            "settings",
                            "settings.limits",
                            "gate",
                            "bandwidth",
                            "concurrency",
                            "quota",
                            "log",
                            "files",
                            "metrics",
                            "policy",
                            "service",
                            "tls",
                            "users",
                            "warmup")),
            Map.entry("replay", List.of("json", "log", "policy", "runtime", "settings", "settings.limits")),
            Map.entry("json", List.of()),
            Map.entry("audit", List.of("audit.record", "audit.sink", "quota", "settings.limits")),
            Map.entry("audit.verify", List.of("audit.record", "log")),
            Map.entry("audit.sink", List.of("audit.record", "log")),
            Map.entry("audit.record", List.of()),
            Map.entry("trace", List.of("json", "log")),
            Map.entry("ctl", List.of("json", "log", "files")),
            Map.entry(
                    "admin.api",
                    List.of(
                            "admin",
                            "config",
                            "files",
                            "json",
                            "keys.form",
                            "log",
                            "quota",
                            "runtime",
                            "settings",
                            "tls",
                            "trace")),
            Map.entry("metrics", List.of("admin", "files", "inspect.scan", "settings", "tls")),
            Map.entry("otlp", List.of("metrics", "files", "log", "settings", "tls")),
            Map.entry("admin", List.of("settings", "tls", "files")),
            Map.entry("admin.page", List.of("admin")),
            Map.entry("handover", List.of("files")),
            Map.entry("config", List.of("keys", "keys.form", "settings", "files")),
            Map.entry("config.schema", List.of("keys", "keys.form")),
            Map.entry("keys.form", List.of()),
            Map.entry(
                    "keys",
                    List.of(
                            "keys.form",
                            "keys.inspect",
                            "inspect",
                            "audit.sink",
                            "policy",
                            "settings",
                            "settings.limits",
                            "files",
                            "tls",
                            "tls.trust",
                            "users")),
            Map.entry("settings.limits", List.of()),
            Map.entry(
                    "settings",
                    List.of("audit.sink", "inspect", "policy", "settings.limits", "tls", "tls.trust", "users")),
            Map.entry("users", List.of("tls", "tls.trust", "files")),
            Map.entry("gate", List.of("files")),
            Map.entry("bandwidth", List.of("settings")),
            Map.entry("concurrency", List.of("settings.limits")),
            Map.entry("quota", List.of("json", "settings.limits")),
            Map.entry("policy", List.of("users")),
            Map.entry("tls", List.of("tls.trust", "files", "log")),
            Map.entry("tls.trust", List.of()),
            Map.entry("service", List.of()),
            Map.entry("log", List.of()),
            Map.entry("files", List.of()));

    private static final SliceAssignment BY_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };

    @Test
    void knowsAllPackages() {
        List<String> packages = sources().stream()
                .map(type -> name(type.getPackageName()))
                .distinct()
                .toList();

        assertThat(packages).containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    @Test
    void noPackageIsLargerThanAReaderCanOverlook() {
        Map<String, Long> sizes = sources().stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(type -> name(type.getPackageName()), counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(LARGEST));
    }

    @TestFactory
    Stream<DynamicTest> arrowsPointDownOnly() {
        JavaClasses sources = sources();
        return ARROWS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        "from " + inside(entry.getKey()),
                        () -> rule(entry.getKey(), entry.getValue()).check(sources)));
    }

    @Test
    void noPackagesDependOnEachOther() {
        slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles().check(sources());
    }

    /** A rule that cannot fail is none. */
    @Test
    void wouldFailForAnArrowThatIsNotThere() {
        assertThatThrownBy(() -> rule("runtime", List.of("config")).check(sources()))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> onlyMainUses("keys").check(sources())).isInstanceOf(AssertionError.class);
    }

    @Test
    void onlyMainUsesTheDemo() {
        onlyMainUses("demo").check(sources());
    }

    private static ArchRule onlyMainUses(String name) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(inside(name))
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".Main")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside(name));
    }

    private static ArchRule rule(String name, List<String> targets) {
        List<String> others = new ArrayList<>(ARROWS.keySet());
        others.removeAll(targets);
        others.remove(name);
        return noClasses()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        others.stream().map(ServerArchitectureTest::inside).toArray(String[]::new));
    }

    private static JavaClasses sources() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(ROOT);
    }

    private static String inside(String name) {
        return name.isEmpty() ? ROOT : ROOT + '.' + name;
    }

    private static String name(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }
}
