package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.route.FtpProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.server.settings.ProgramSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configs in "Through other proxies" of docs/places.md can be used, and mean what is written there; ViaIT has the same with real proxies. */
class ViaPlacesTest {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void eachConfigCanBeUsed() throws Exception {
        String page = Files.readString(Path.of("../docs/places.md"));
        int begin = page.indexOf("## Through other proxies");
        int end = page.indexOf("\n## ", begin + 1);
        List<String> configs = YAML.matcher(page.substring(begin, end < 0 ? page.length() : end))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        Files.writeString(temp.resolve("proxy-password"), "secret\n");

        List<Via> all = new ArrayList<>();
        for (String config : configs) {
            Path file = Files.writeString(temp.resolve("gateway.yaml"), config);
            ProgramSettings settings =
                    ConfigLoader.load(file, name -> Optional.empty()).settings();
            all.add(settings.listeners().get(0).routing().via());
        }

        assertThat(all)
                .extracting(Via::toString)
                .containsExactly(
                        "socks5://proxy.example.net:1080",
                        "socks5://proxy.example.net:1080, http://outer.example.net:3128",
                        "ftp://proxy.example.net:2121");
        assertThat(all.get(2).ftp().map(FtpProxy::dialect)).contains(LoginDialect.JOINED);
    }
}
