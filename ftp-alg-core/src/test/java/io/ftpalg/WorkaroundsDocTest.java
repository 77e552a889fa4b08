package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of workarounds in docs/architecture.md and the reproducers in the tests of this module. */
class WorkaroundsDocTest {

    @Test
    void theTableHasEveryReproducer() throws IOException {
        String doc = Files.readString(Path.of("../docs/architecture.md"));
        String table = doc.substring(doc.indexOf("## Workarounds, and when they can go"));
        Set<String> named = Pattern.compile("`(\\w+ReproducerTest)`")
                .matcher(table)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Set<String> there = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("ReproducerTest.java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(named).isEqualTo(there).isNotEmpty();
        }
    }
}
