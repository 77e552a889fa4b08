package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Classes that need each other, directly or through others, can only be read together: how many those may be in a package. */
class ClassCyclesTest {
    private static final String ROOT = "io.ftpalg";
    private static final int MOST = 3;

    @Test
    void fewClassesNeedEachOther() {
        Map<String, Set<String>> uses = uses(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(ROOT));
        Map<String, Set<String>> largest = new TreeMap<>();
        for (String name : uses.keySet()) {
            Set<String> cycle = reachable(name, uses);
            cycle.removeIf(other -> !reachable(other, uses).contains(name));
            largest.merge(packageOf(name), cycle, (a, b) -> a.size() >= b.size() ? a : b);
        }

        assertThat(uses).hasSizeGreaterThan(200);
        assertThat(largest)
                .allSatisfy((name, cycle) ->
                        assertThat(cycle).as("a cycle in " + name).hasSizeLessThanOrEqualTo(MOST));
    }

    @Test
    void findsACycle() {
        Map<String, Set<String>> uses =
                Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a", "d"), "d", Set.of());

        assertThat(reachable("a", uses)).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(reachable("d", uses)).isEmpty();
    }

    /** Which classes of the same package each class uses; a nested class counts as its outermost one. */
    private static Map<String, Set<String>> uses(JavaClasses classes) {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JavaClass type : classes) {
            String name = outermost(type.getName());
            Set<String> targets = type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> outermost(dependency.getTargetClass().getName()))
                    .filter(target -> !target.equals(name) && packageOf(target).equals(packageOf(name)))
                    .collect(Collectors.toSet());
            uses.computeIfAbsent(name, key -> new TreeSet<>()).addAll(targets);
            targets.forEach(target -> uses.computeIfAbsent(target, key -> new TreeSet<>()));
        }
        return uses;
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
        Set<String> found = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(from));
        while (!left.isEmpty()) {
            for (String next : uses.getOrDefault(left.remove(), Set.of())) {
                if (found.add(next)) {
                    left.add(next);
                }
            }
        }
        return found;
    }

    private static String outermost(String name) {
        return name.replaceFirst("\\$.*", "");
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
