package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The file {@code users} of a folder, made by htpasswd as operators do: the password of each is {@code secret}. */
final class Htpasswd {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Htpasswd() {}

    static void write(Path folder, String... users) throws IOException {
        Path htpasswd = Peers.require("htpasswd");
        Files.writeString(folder.resolve("users"), "");
        for (String user : users) {
            assertThat(Program.run(
                            folder,
                            List.of(htpasswd.toString(), "-bB", "-C", "5", "users", user, "secret"),
                            "",
                            TIMEOUT))
                    .contains("[exit 0]");
        }
    }
}
