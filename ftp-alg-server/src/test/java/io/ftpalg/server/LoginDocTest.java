package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.routing.Balance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/login.md has the dialects that there are, in the order in which they are tried; it and docs/routing.md name keys that
 * there are.
 */
class LoginDocTest {
    /** Keys below a section, or of several words. */
    private static final Pattern KEY = Pattern.compile("`([a-z]+(?:[.-][a-z]+)+)(?:: [^`]*)?`");
    /** What others call things, and values. */
    private static final Set<String> NO_KEYS =
            Set.of("joined-acct", "firewall-exception-list", "round-robin", "least-sessions");

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void tableHasAllDialects() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "login.md"));
        int from = text.indexOf("\n| `login.dialects` |");
        String table = text.substring(from, text.indexOf("\n\n", from));

        List<String> named = FIRST_CELL
                .matcher(table)
                .results()
                .map(cell -> cell.group(1))
                .skip(1)
                .toList();

        assertThat(named)
                .containsExactlyElementsOf(Arrays.stream(LoginDialect.values())
                        .map(LoginDialect::text)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.md", "routing.md"})
    void namesOnlyKeysThatThereAre(String doc) throws IOException {
        Set<String> known = MigratingDocTest.paths();
        String outside = Files.readString(Path.of("..", "docs", doc)).replaceAll("(?s)```.*?```", "");

        List<String> named = KEY.matcher(outside)
                .results()
                .map(key -> key.group(1))
                .filter(key -> !NO_KEYS.contains(key))
                .toList();

        assertThat(named).hasSizeGreaterThan(10).allSatisfy(key -> assertThat(known)
                .anyMatch(path -> path.equals(key) || path.endsWith('.' + key)));
    }

    @Test
    void routingHasAllBalances() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "routing.md"));

        assertThat(Balance.values())
                .allSatisfy(balance -> assertThat(text).contains("\n| `" + balance.text() + "` | "));
    }
}
