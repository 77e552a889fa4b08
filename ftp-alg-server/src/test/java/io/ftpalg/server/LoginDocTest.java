package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.LoginDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/login.md has the dialects that there are, in the order in which they are tried. */
class LoginDocTest {
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void tableHasAllDialects() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "login.md"));
        int from = text.indexOf("\n| `login.dialects` |");
        String table = text.substring(from, text.indexOf("\n\n", from));

        List<String> named = FIRST_CELL.matcher(table).results().map(cell -> cell.group(1)).skip(1).toList();

        assertThat(named).containsExactlyElementsOf(Arrays.stream(LoginDialect.values()).map(LoginDialect::text).toList());
    }
}
