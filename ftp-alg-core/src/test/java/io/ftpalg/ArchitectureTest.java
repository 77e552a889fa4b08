package io.ftpalg;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds what docs/architecture.md says of the packages: arrows point down only, a session needs no lock, nothing is static
 * and mutable. Each rule is also run against {@code io.ftpalg.violations}, which breaks it: a rule that cannot fail is none.
 */
class ArchitectureTest {
    private static final String ROOT = "io.ftpalg";
    private static final String VIOLATIONS = "io.ftpalg.violations";

    /** The only classes of session, data and control that sessions share; their javadoc says how. */
    private static final Set<String> SHARED_BY_SESSIONS = Set.of(
            "io.ftpalg.data.port.PassivePorts",
            "io.ftpalg.data.shared.SharedPort",
            "io.ftpalg.data.shared.SharedPorts",
            "io.ftpalg.data.kernel.KernelPlane",
            "io.ftpalg.data.kernel.CircuitBreaker",
            "io.ftpalg.control.shared.Admission",
            "io.ftpalg.control.shared.LoginFailures",
            "io.ftpalg.control.shared.Sessions",
            "io.ftpalg.control.shared.SessionCounts",
            "io.ftpalg.control.shared.SharedGatewayState",
            "io.ftpalg.control.shared.RefusedClients",
            "io.ftpalg.control.shared.DescriptorReserve",
            "io.ftpalg.control.shared.KernelPlanes",
            "io.ftpalg.control.shared.LoopWatch",
            "io.ftpalg.control.shared.ControlMemory",
            "io.ftpalg.control.ListeningSocket",
            "io.ftpalg.control.dns.HostsFile",
            "io.ftpalg.control.dns.WatchedNames");

    private static final List<String> JDK = List.of("java..", "javax..", "jdk.net..", "org.jspecify..");
    private static final String NETTY = "io.netty..";
    private static final String LOG = "org.slf4j..";

    /**
     * For each package what it and its subpackages may use besides the JDK and themselves; a name with two dots is a library,
     * any other one is a package of ours.
     */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("system", List.of("com.sun.jna..", LOG)),
            entry("protocol", List.of()),
            entry("haproxy", List.of("protocol", NETTY)),
            entry("http", List.of("protocol")),
            entry("policy", List.of("protocol")),
            entry("live", List.of("policy", "protocol")),
            entry("rules", List.of("policy", "protocol")),
            entry("routing", List.of("policy", "protocol", LOG)),
            entry("tls", List.of("policy", NETTY)),
            entry("codec", List.of("protocol", NETTY)),
            entry("session", List.of("live", "policy", "protocol", LOG)),
            entry("data", List.of("haproxy", "system", "policy", "protocol", NETTY, LOG)),
            entry(
                    "control",
                    List.of(
                            "session",
                            "http",
                            "live",
                            "data",
                            "codec",
                            "tls",
                            "haproxy",
                            "system",
                            "policy",
                            "protocol",
                            NETTY,
                            LOG)),
            entry(
                    "",
                    List.of(
                            "control",
                            "routing",
                            "session",
                            "live",
                            "data",
                            "codec",
                            "tls",
                            "haproxy",
                            "system",
                            "policy",
                            "protocol",
                            NETTY,
                            LOG)));

    /** The subpackages of a package from the bottom to the top, which is the package itself: each may use those before it. */
    private static final Map<String, List<String>> FLOORS = Map.of(
            "policy", List.of("login", "tls", "route", "inspect", "transfer"),
            "rules", List.of("path"),
            "session", List.of("data", "base", "server", "exchange", "transfer", "command", "login", "tls"),
            "data", List.of("port", "tunnel", "leg", "channel", "tls", "relay", "epoll", "shared", "netlink", "kernel"),
            "control", List.of("net", "channel", "dns", "tls", "shared", "server", "http", "tunnel"));

    /** Subpackages that may use less of other packages than their package may. */
    private static final Map<String, List<String>> NARROWER = Map.of(
            "control.net", List.of("data", "policy", NETTY, LOG),
            "control.channel", List.of("codec", "live", "system", "protocol", NETTY, LOG),
            "control.dns", List.of("policy", "protocol", NETTY, LOG));

    private static final long MOST_IN_A_PACKAGE = 25;

    @Test
    void looksAtTheWholeOfThisModuleAndNothingElse() {
        List<String> packages =
                sources().stream().map(JavaClass::getPackageName).distinct().toList();

        assertThat(packages)
                .contains(ROOT, ROOT + ".protocol", ROOT + ".policy")
                .doesNotContain(VIOLATIONS + ".session");
        assertThat(packages).as("packages without arrows in this test").allMatch(name -> knownPackages()
                .contains(name));
        assertThat(packages).as("packages").containsAll(knownPackages());
    }

    @Test
    void noPackageIsTooLargeToRead() {
        Map<String, Long> files = sources().stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(files)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_IN_A_PACKAGE));
    }

    private static Set<String> knownPackages() {
        Set<String> known = new TreeSet<>();
        ARROWS.keySet().forEach(name -> known.add(name.isEmpty() ? ROOT : ROOT + '.' + name));
        FLOORS.forEach((name, floors) -> floors.forEach(floor -> known.add(ROOT + '.' + name + '.' + floor)));
        return known;
    }

    @TestFactory
    Stream<DynamicTest> holds() {
        JavaClasses sources = sources();
        return rules(ROOT).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(sources)));
    }

    @TestFactory
    Stream<DynamicTest> wouldFailForAViolation() {
        JavaClasses violations = new ClassFileImporter().importPackages(VIOLATIONS);
        return rules(VIOLATIONS).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> assertThat(
                                rule.getValue().evaluate(violations).hasViolation())
                        .isTrue()));
    }

    @Test
    void noSynchronizedBlockInWhatBelongsToOneSession() throws IOException {
        assertThat(synchronizedBlocks(Path.of("src/main/java"), ROOT)).isEmpty();
        assertThat(synchronizedBlocks(Path.of("src/test/java"), VIOLATIONS))
                .containsExactly(VIOLATIONS + ".session.Violation");
    }

    private static JavaClasses sources() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(ROOT);
    }

    private static Map<String, ArchRule> rules(String root) {
        Map<String, ArchRule> rules = new TreeMap<>();
        ARROWS.forEach((name, targets) -> rules.put(
                "arrows of " + (name.isEmpty() ? "root" : name),
                classes()
                        .that()
                        .resideInAPackage(inside(root, name))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed(root, name, targets))));
        FLOORS.forEach((name, floors) -> {
            for (int i = 0; i < floors.size(); i++) {
                rules.put("arrows of " + name + '.' + floors.get(i), arrowsOfFloor(root, name, floors, i));
            }
        });
        NARROWER.forEach((name, targets) -> rules.put(
                "what " + name + " uses of other packages",
                classes()
                        .that()
                        .resideInAPackage(inside(root, name))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed(root, name.substring(0, name.indexOf('.')), targets))));
        rules.put("no cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put(
                "no cycles between subpackages",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put(
                "only data uses what its connections are made of",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(inside(root, "data"))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                        inside(root, "data.channel"),
                                        inside(root, "data.epoll"),
                                        inside(root, "data.netlink"))
                                .and(not(simpleName("PersistentEpollRegistration")))
                                .and(not(simpleName("NetlinkOpener")))));
        rules.put(
                "no volatile or atomic field in what belongs to one session",
                fields().that(belongToOneSession(root))
                        .should(notBe(
                                "volatile or atomic",
                                field -> field.getModifiers().contains(JavaModifier.VOLATILE)
                                        || field.getRawType()
                                                .getPackageName()
                                                .matches("java\\.util\\.concurrent\\.(atomic|locks)"))));
        rules.put(
                "no synchronized method in what belongs to one session",
                methods().that(belongToOneSession(root)).should(notBe("synchronized", method -> method.getModifiers()
                        .contains(JavaModifier.SYNCHRONIZED))));
        rules.put(
                "no static field that is not final",
                fields().that().areStatic().should().beFinal());
        rules.put("no standard streams", noClasses().should(ACCESS_STANDARD_STREAMS));
        rules.put(
                "no exit of the process",
                noClasses()
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class));
        rules.put(
                "no deprecated event loop group",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("io\\.netty\\.channel\\..*(Nio|Epoll|KQueue|Default)EventLoopGroup"));
        rules.put(
                "no spliceTo, which loses the tail of a file",
                noClasses().should().callMethodWhere(describe("spliceTo", call -> call.getTarget()
                        .getName()
                        .equals("spliceTo"))));
        rules.put("packages are @NullMarked", classes().should(beInANullMarkedPackage()));
        rules.replaceAll((name, rule) -> rule.allowEmptyShould(true));
        return rules;
    }

    /** A floor may use the floors before it, and of other packages what its package may. */
    private static ArchRule arrowsOfFloor(String root, String name, List<String> floors, int index) {
        String self = root + '.' + name + '.' + floors.get(index);
        List<String> above = new ArrayList<>(List.of(root + '.' + name));
        floors.subList(index + 1, floors.size()).forEach(floor -> above.add(root + '.' + name + '.' + floor + ".."));
        return noClasses()
                .that()
                .resideInAPackage(self + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.toArray(String[]::new));
    }

    private static String inside(String root, String name) {
        return name.isEmpty() ? root : root + '.' + name + "..";
    }

    private static String[] allowed(String root, String name, List<String> targets) {
        List<String> allowed = new ArrayList<>(JDK);
        allowed.add(inside(root, name));
        targets.forEach(target -> allowed.add(target.contains(".") ? target : inside(root, target)));
        return allowed.toArray(String[]::new);
    }

    private static DescribedPredicate<JavaMember> belongToOneSession(String root) {
        return describe(
                "belong to one session",
                member ->
                        !SHARED_BY_SESSIONS.contains(topLevel(member.getOwner().getName()))
                                && member.getOwner()
                                        .getPackageName()
                                        .matches(Pattern.quote(root) + "\\.(session|data|control)(\\..*)?"));
    }

    private static String topLevel(String className) {
        return className.replaceFirst("\\$.*", "");
    }

    private static <T extends JavaMember> ArchCondition<T> notBe(String what, Predicate<T> flaw) {
        return new ArchCondition<>("not be " + what) {
            @Override
            public void check(T member, ConditionEvents events) {
                if (flaw.test(member)) {
                    events.add(SimpleConditionEvent.violated(member, member.getDescription() + " is " + what));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }

    /** A class file keeps no modifier of a synchronized block, so this one looks at the sources. */
    private static List<String> synchronizedBlocks(Path sources, String root) throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("session", "data", "control")) {
            Path folder = sources.resolve(root.replace('.', '/')).resolve(name);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files =
                    Files.walk(folder).filter(file -> file.toString().endsWith(".java"))) {
                for (Path file : files.toList()) {
                    String type = Stream.of(sources.relativize(file).toString().split("[/\\\\]"))
                            .collect(joining("."))
                            .replaceFirst("\\.java$", "");
                    if (!SHARED_BY_SESSIONS.contains(type)
                            && Pattern.compile("\\bsynchronized\\s*\\(")
                                    .matcher(Files.readString(file))
                                    .find()) {
                        found.add(type);
                    }
                }
            }
        }
        return found;
    }
}
