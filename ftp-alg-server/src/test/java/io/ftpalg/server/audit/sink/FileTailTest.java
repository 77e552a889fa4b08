package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.HashChain;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {
    private static final String HASH = "b".repeat(64);
    private static final String LINE = HashChain.line("{\"a\":1}", HASH) + "\n";

    @TempDir
    private Path temp = Path.of(".");

    private FileTail tail(String content) throws IOException {
        Path file = Files.writeString(temp.resolve("audit.json"), content, StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(file)) {
            return FileTail.of(channel);
        }
    }

    @Test
    void hasTheHashOfTheLastLine() throws IOException {
        FileTail tail = tail("whatever\n" + LINE);

        assertThat(tail.hash()).contains(HASH);
        assertThat(tail.isTorn()).isFalse();
        assertThat(tail.ended()).isTrue();
    }

    @Test
    void hasWhatIsBehindTheLastLine() throws IOException {
        FileTail tail = tail(LINE + "{\"schema\":1,\"pa");

        assertThat(tail.hash()).contains(HASH);
        assertThat(tail.torn()).isEqualTo("{\"schema\":1,\"pa");
        assertThat(tail.ended()).isFalse();
    }

    @Test
    void aTornLineThatWasEndedIsTorn() throws IOException {
        FileTail tail = tail(LINE + "{\"sch\n");

        assertThat(tail.hash()).contains(HASH);
        assertThat(tail.torn()).isEqualTo("{\"sch");
        assertThat(tail.ended()).isTrue();
    }

    @Test
    void aFileWithATornLineOnlyHasNoHash() throws IOException {
        FileTail tail = tail("{\"sch");

        assertThat(tail.hash()).isEmpty();
        assertThat(tail.isTorn()).isTrue();
    }

    @Test
    void twoTornLinesInARowAreOneText() throws IOException {
        FileTail tail = tail(LINE + "{\"sch\n{\"schema\":1,\"pre");

        assertThat(tail.hash()).contains(HASH);
        assertThat(tail.torn()).isEqualTo("{\"sch\n{\"schema\":1,\"pre");
    }

    @Test
    void readsTheEndOfALongFileOnly() throws IOException {
        FileTail tail = tail("x".repeat(3 * FileTail.LONGEST) + "\n" + LINE);

        assertThat(tail.hash()).contains(HASH);
    }
}
