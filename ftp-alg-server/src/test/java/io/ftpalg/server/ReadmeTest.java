package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** The README lists the options that there are: no fewer, no others. */
class ReadmeTest {
    @Test
    void tableOfOptionsIsTheCommandLines() throws IOException {
        String table = Files.readString(Path.of("..", "README.md")).lines()
                .filter(line -> line.startsWith("| `--")).collect(Collectors.joining("\n"));

        Set<String> listed = Pattern.compile("--[a-z-]+").matcher(table).results().map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(Main.commandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new)));
    }
}
