package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockListTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("blocked"), text);
    }

    @Test
    void takesLinesOfSha256sumAndComments() throws IOException {
        try (BlockList list = new BlockList(file("# known\n\n" + A + "  a.bin\n" + "B".repeat(64) + "\n"))) {
            assertThat(list.has(A)).isTrue();
            assertThat(list.has(B)).isTrue();
            assertThat(list.has("c".repeat(64))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 65})
    void refusesALineThatIsNoHash(int length) throws IOException {
        Path file = file(A + "\n" + "a".repeat(length) + "\n");

        assertThatThrownBy(() -> new BlockList(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2 has no SHA-256");
    }

    @Test
    void holdsAsManyAsItMay() throws IOException {
        Path file = file(A + "\n" + B + "\n");

        new BlockList(file, 3).close();
        new BlockList(file, 2).close();
        assertThatThrownBy(() -> new BlockList(file, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void isReadAgainWhenItChangesUnlessItHasErrors() throws IOException {
        try (BlockList list = new BlockList(file(A + "\n"))) {
            file(A + "\n" + B + "\n");
            await().atMost(Duration.ofSeconds(8)).until(() -> list.has(B));
            file("nonsense\n");
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> list.has(B));
        }
    }
}
