package io.ftpalg.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.TestSettings;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the command line, and of a config file: ConfigFile. */
class WarningsTest {
    private static final String OPEN = "{bind: '127.0.0.1:0', forward: {}}";
    private static final String SAFE = "{bind: '127.0.0.1:0', upstream: 127.0.0.1}";
    private static final String INSECURE =
            "{bind: '127.0.0.1:0', upstream: 'ftps://nosuch.invalid'," + " upstream-tls: {insecure: true}}";

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void speaksOfOptionsOnTheCommandLine() {
        ProgramSettings settings = TestSettings.program("--forward", "--upstream-tls", "auto", "--upstream-insecure");

        assertThat(Warnings.of(settings, settings.listeners().get(0), Names.OPTIONS))
                .containsExactly(
                        "--forward without --allow-target: every login is refused",
                        "--upstream-insecure: certificates of servers are not verified, so that connections can be intercepted");
    }

    @Test
    void speaksOfKeysInAFile() throws Exception {
        assertThat(warnings(OPEN)).containsExactly("forward without forward.allow: every login is refused");
    }

    @Test
    void warnsOfFilesThatNeverFitIntoAllThatIsHeld() throws Exception {
        String held = "{bind: '127.0.0.1:0', upstream: 127.0.0.1, inspection: {hash: {}, hold: all,"
                + " spill: {directory: '" + temp + "', max-size: 2MB, total: %s}}}";

        assertThat(warnings(held.formatted("2MB"))).isEmpty();
        assertThat(warnings(held.formatted("1MB")))
                .containsExactly(
                        "inspection.spill.total is below max-size: a larger file is held until there is no space, and gets"
                                + " 451; lower max-size");
    }

    @Test
    void namesTheListenerAmongSeveral() throws Exception {
        assertThat(warnings(OPEN, SAFE, INSECURE))
                .containsExactly(
                        "listener in line 2: forward without forward.allow: every login is refused",
                        "listener in line 4: upstream-tls.insecure: certificates of servers are not verified, so that connections can be intercepted",
                        "listener in line 4: upstream nosuch.invalid:990 cannot be resolved; it is looked up again for each session");
    }

    private List<String> warnings(String... listeners) throws IOException, ConfigException {
        Path file =
                Files.writeString(temp.resolve("gateway.yaml"), "listeners:\n  - " + String.join("\n  - ", listeners));
        return Warnings.of(ConfigLoader.load(file, name -> Optional.empty()));
    }
}
