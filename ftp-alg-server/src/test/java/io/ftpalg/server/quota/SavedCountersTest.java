package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedCountersTest {
    private static final CounterName JOE = new CounterName(false, "joe", Period.DAY, Way.UPLOAD);

    @TempDir
    private Path temp = Path.of(".");

    private final TestClock clock = new TestClock("2026-11-29T12:00:00Z");
    private final CounterTable counters = new CounterTable(clock, 10);

    @Test
    void writesNothingBeforeItIsOpen() throws Exception {
        SavedCounters saved = new SavedCounters(temp.resolve("quotas.db"), counters);
        counters.set(JOE, 1, 1);
        saved.save();

        assertThat(counters.unsaved()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadIsTriedOnce() throws Exception {
        SavedCounters saved = new SavedCounters(temp.resolve("quotas.db"), counters);
        saved.open();
        Path wrong = Files.createDirectory(temp.resolve("quotas.db.more-1-2-3"));
        Files.writeString(wrong.resolve("x"), "");
        saved.save();
        counters.set(JOE, 1, 1);
        saved.save();

        assertThat(counters.unsaved()).isZero();
        saved.close();
    }

    @Test
    void besideTheStoreWritesOnlyWhatIsMore() throws Exception {
        SavedCounters saved = new SavedCounters(temp.resolve("quotas.db"), counters);
        counters.set(JOE, 5, 1);
        saved.saveBeside();
        counters.set(JOE, 7, 1);
        saved.saveBeside();
        saved.saveBeside();

        assertThat(new PendingCounts(temp.resolve("quotas.db")).files()).hasSize(2);
    }

    @Test
    void removesOldPeriodsFromTheStoreToo() throws Exception {
        SavedCounters saved = new SavedCounters(temp.resolve("quotas.db"), counters);
        saved.open();
        counters.set(JOE, 5, 1);
        saved.save();
        clock.set("2026-12-29T12:00:00Z");
        saved.removeUnused();
        saved.close();

        try (QuotaStore store = QuotaStore.open(temp.resolve("quotas.db"))) {
            assertThat(store.load()).isEmpty();
        }
    }
}
