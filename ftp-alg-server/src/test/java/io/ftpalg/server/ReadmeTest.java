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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** README and docs/ftps.md name the options that there are: no fewer, no others. */
class ReadmeTest {
    @Test
    void tableOfOptionsIsTheCommandLines() throws IOException {
        String table = Files.readString(Path.of("..", "README.md"))
                .lines()
                .filter(line -> line.startsWith("| `--"))
                .collect(Collectors.joining("\n"));

        assertThat(options(table)).isEqualTo(known());
    }

    @Test
    void commandsUseOnlyOptionsThatThereAre() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md")).replace("\\\n", " ");
        String commands = readme.lines()
                .filter(line -> line.startsWith("java -") && line.contains(" -jar "))
                .collect(Collectors.joining("\n"));

        assertThat(options(commands)).isNotEmpty().isSubsetOf(known());
    }

    @Test
    void chapterOnFtpsNamesAllOptionsOfTlsAndNoOthers() throws IOException {
        String chapter = Files.readString(Path.of("..", "docs", "ftps.md"));

        Set<String> ofTls = known().stream()
                .filter(name -> name.contains("tls") || name.startsWith("--upstream-"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(options(chapter)).containsAll(ofTls).isSubsetOf(known());
    }

    @Test
    void namesTogetherWhatClientsWithOneAddressNeed() throws IOException {
        String paragraph = Stream.of(
                        Files.readString(Path.of("..", "README.md")).split("\n\n"))
                .filter(text -> text.contains("behind NAT, a balancer"))
                .collect(Collectors.joining());

        assertThat(options(paragraph))
                .contains(
                        "--max-per-address", "--max-new-per-address", "--failed-logins-per-address", "--passive-share");
        assertThat(paragraph).contains("limits.passive-share");
    }

    private static Set<String> options(String text) {
        return Pattern.compile("--[a-z]+[a-z-]*")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> known() {
        return Main.commandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
