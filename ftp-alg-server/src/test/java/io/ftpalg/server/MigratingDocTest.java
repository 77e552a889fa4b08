package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/migrating.md has an answer for every flag and option of the two proxies, in keys that there are; the config files in
 * it, and in the chapters that it sends people to, load.
 */
class MigratingDocTest {
    private static final List<String> OPENBSD = words("-6 -A -a -b -D -d -i -m -P -p -q -R -r -T -t -v");
    private static final List<String> INETD = words("-A -a -D -g -M -m -n -R -r -S -t -u -V -w");
    private static final List<String> SUSE_FLAGS = words("-V -c -d -i -f -n -v TERM QUIT INT HUP USR1");
    private static final List<String> SUSE = words("""
            ActiveMinDataPort ActiveMaxDataPort AllowMagicUser ForceMagicUser UserMagicChar UseMagicChar AllowTransProxy
            DenyMessage DenyString DestinationAddress DestinationPort DestinationMinPort DestinationMaxPort
            DestinationTransferMode FailResetsPasv PortResetsPasv SameAddress ForkLimit MaxClients MaxClientsMessage
            MaxClientsString Group User ServerRoot PidFile ServerType LDAPServer LDAPBaseDN LDAPBindDN LDAPPreBindDN
            LDAPPreBindPW LDAPBindPW LDAPIdentifier LDAPObjectClass LDAPVersion LDAPAuthDN LDAPAuthOKFlag LDAPAuthPWAttr
            LDAPAuthPWType Listen Port LogDestination LogLevel MaxRecvBufSize PassiveMinDataPort PassiveMaxDataPort
            SockBindRand TCPWrapper TCPWrapperName TimeOut TranslatedAddress UserAuthType UserAuthMagic UserNameRule
            ValidCommands WelcomeMessage WelcomeString
            """);
    private static final Pattern KEY = Pattern.compile("`([a-z][a-z.-]*)`");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern HEAD = Pattern.compile("\n##+ ");
    private static final Pattern FILE = Pattern.compile("-file: (\\S+)");

    @TempDir
    private Path temp = Path.of(".");

    /** A line of a table: what they had, what we have. */
    private record Row(String theirs, String ours) {
        boolean names(String word) {
            return Pattern.compile("[`/ ]" + Pattern.quote(word) + "[` ]")
                    .matcher(theirs)
                    .find();
        }
    }

    @Test
    void everyFlagOfOpenBsdHasAnAnswer() throws IOException {
        assertThat(OPENBSD)
                .allSatisfy(flag -> assertThat(rows("## From OpenBSD")).anyMatch(row -> row.names(flag)));
    }

    @Test
    void everyFlagOfTheOldOneHasAnAnswer() throws IOException {
        assertThat(INETD)
                .allSatisfy(flag -> assertThat(rows("### From the old")).anyMatch(row -> row.names(flag)));
    }

    @Test
    void everyOptionOfSuseHasAnAnswer() throws IOException {
        assertThat(Stream.concat(SUSE.stream(), SUSE_FLAGS.stream()))
                .allSatisfy(option -> assertThat(rows("## From SUSE")).anyMatch(row -> row.names(option)));
    }

    @Test
    void answersAreKeysOrReasons() throws IOException {
        Set<String> known = paths();
        List<Row> rows = new ArrayList<>();
        for (String chapter : List.of("## From OpenBSD", "### From the old", "## From SUSE", "## From mod_proxy")) {
            rows.addAll(rows(chapter));
        }

        assertThat(rows).allSatisfy(row -> {
            List<String> keys =
                    KEY.matcher(row.ours()).results().map(key -> key.group(1)).toList();
            assertThat(known).containsAll(keys);
            assertThat(!keys.isEmpty()
                            || row.ours().equals("later")
                            || row.ours().startsWith("no: because "))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrating.md", "login.md", "routing.md"})
    void filesLoad(String doc) throws IOException {
        List<String> files =
                YAML.matcher(text(doc)).results().map(block -> block.group(1)).toList();

        assertThat(files).hasSizeGreaterThanOrEqualTo(2).allSatisfy(file -> {
            for (MatchResult named : FILE.matcher(file).results().toList()) {
                Files.writeString(temp.resolve(named.group(1)), "first line\n");
            }
            Path written = Files.writeString(temp.resolve("gateway.yaml"), file);
            assertThatCode(() -> ConfigLoader.load(written, name -> Optional.empty()))
                    .doesNotThrowAnyException();
        });
    }

    /** Returns the lines of the table of one chapter, without its head. */
    private static List<Row> rows(String chapter) throws IOException {
        String text = text("migrating.md");
        int from = text.indexOf(chapter);
        Matcher next = HEAD.matcher(text);
        int to = next.find(from + 1) ? next.start() : text.length();
        return text.substring(from, to)
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split(" \\| ", -1))
                .map(cells -> new Row(cells[0] + " ", cells[1].strip()))
                .toList();
    }

    /** Returns all keys: those of the file, and those of a listener by their path below it. */
    static Set<String> paths() {
        return ProgramKeys.root().entries().stream()
                .flatMap(entry -> entry.name().equals("listeners") && entry instanceof Section listeners
                        ? listeners.entries().stream().flatMap(below -> paths("", below))
                        : paths("", entry))
                .collect(Collectors.toSet());
    }

    private static Stream<String> paths(String above, Entry entry) {
        String path = above + entry.name();
        return entry instanceof Section section
                ? Stream.concat(Stream.of(path), section.entries().stream().flatMap(below -> paths(path + ".", below)))
                : Stream.of(path);
    }

    private static String text(String doc) throws IOException {
        return Files.readString(Path.of("..", "docs", doc));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
