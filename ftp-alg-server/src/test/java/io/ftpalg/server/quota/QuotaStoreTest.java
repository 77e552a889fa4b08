package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaStoreTest {
    private static final CounterName JOE = new CounterName(false, "joe", Period.DAY, Way.UPLOAD);
    private static final Used SOME = new Used(10, 20, 30, 40);

    @TempDir
    private Path temp = Path.of(".");

    private Path file = Path.of(".");

    @BeforeEach
    void choose() {
        file = temp.resolve("quotas.db");
    }

    @Test
    void keepsWhatWasSaved() throws Exception {
        try (QuotaStore store = QuotaStore.open(file)) {
            store.save(Map.of(JOE, SOME));
        }

        try (QuotaStore store = QuotaStore.open(file)) {
            assertThat(store.load()).containsExactly(Map.entry(JOE, SOME));
        }
    }

    @Test
    void itsOwnerAloneCanReadTheFile() throws Exception {
        QuotaStore.open(file).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void removesWhatHasEnded() throws Exception {
        CounterName ann = new CounterName(true, "ann", Period.HOUR, Way.BOTH);
        try (QuotaStore store = QuotaStore.open(file)) {
            store.save(Map.of(JOE, SOME, ann, new Used(10, 21, 1, 1)));
            store.removeEnded(20);

            assertThat(store.load()).containsOnlyKeys(ann);
        }
    }

    @Test
    void oneProcessHasItAtATime() throws Exception {
        try (QuotaStore store = QuotaStore.open(file)) {
            store.save(Map.of(JOE, SOME));

            StoreException failure = catchThrowableOfType(StoreException.class, () -> QuotaStore.open(file));

            assertThat(failure.isLocked()).isTrue();
            assertThat(failure).hasMessageContaining("another process has it open");
        }
    }

    @Test
    void aDamagedFileIsReported() throws Exception {
        Files.write(file, new byte[20_000]);

        assertThatThrownBy(() -> QuotaStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it is damaged (move it away");
    }

    @Test
    void aMissingDirectoryIsReported() {
        assertThatThrownBy(() -> QuotaStore.open(temp.resolve("none/quotas.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("NoSuchFileException")
                .hasMessageContaining("see to it that the directory is there");
    }

    @Test
    void doesNotGrowWithTheNumberOfWrites() throws Exception {
        Map<CounterName, Used> many = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put(new CounterName(false, "user" + i, Period.DAY, Way.UPLOAD), SOME);
        }
        try (QuotaStore store = QuotaStore.open(file)) {
            store.save(many);
            for (int i = 0; i < 2000; i++) {
                CounterName one = new CounterName(false, "user" + i % 1000, Period.DAY, Way.UPLOAD);
                store.save(Map.of(one, new Used(10, 20, i, i)));
            }
        }

        assertThat(Files.size(file)).isLessThan(2 << 20);
    }
}
