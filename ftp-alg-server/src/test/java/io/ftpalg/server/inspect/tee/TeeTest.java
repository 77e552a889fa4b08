package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import io.ftpalg.server.inspect.tee.TeeSettings.Rejected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeeTest {
    @TempDir
    private Path temp = Path.of(".");

    private static TeeSettings settings(Path directory, List<String> names) {
        return new TeeSettings(
                new Directory(directory, 0),
                names,
                Rejected.REMOVE,
                OnFailure.REJECT,
                1000,
                1 << 20,
                Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"in/DAY.csv, true", "day.txt, false"})
    void copiesFilesOfTheseNames(String path, boolean copied) throws IOException {
        try (Tee tee = new Tee(settings(temp, List.of("*.csv")))) {
            assertThat(tee.copy(Transfers.upload(path)).isPresent()).isEqualTo(copied);
        }
    }

    @Test
    void writesToADirectory() throws Exception {
        try (Tee tee = new Tee(settings(temp, List.of()))) {
            TeeCopy copy = tee.copy(Transfers.upload("f")).orElseThrow();
            copy.write(ByteBuffer.wrap(new byte[] {7}));
            copy.finish().toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(temp.resolve(copy.findings().getOrDefault("copy", ""))).hasBinaryContent(new byte[] {7});
        }
    }

    @Test
    void refusesADirectoryThatIsMissing() {
        TeeSettings settings = settings(temp.resolve("none"), List.of());

        assertThatThrownBy(() -> new Tee(settings)).hasMessageContaining("does not exist");
    }

    @Test
    void closesItsStore() {
        MemoryStore store = new MemoryStore();
        new Tee(settings(temp, List.of()), store, InstantSource.system()).close();

        await().until(() -> store.closed);
    }
}
