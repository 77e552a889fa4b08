package io.ftpalg.server.quota;

import static io.ftpalg.server.quota.QuotaTableTest.rule;
import static io.ftpalg.server.quota.QuotaTableTest.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.settings.limits.QuotaRule;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import io.ftpalg.server.settings.limits.QuotaSettings;
import io.ftpalg.server.settings.limits.QuotaSettings.WithoutStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaKeeperTest {
    private static final QuotaRule RULE = rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 100);
    private static final CounterName JOE = new CounterName(false, "joe", Period.DAY, Way.UPLOAD);

    @TempDir
    private Path temp = Path.of(".");

    private Path file = Path.of(".");
    private final QuotaKeeper keeper = new QuotaKeeper();
    private final QuotaKeeper next = new QuotaKeeper();

    @BeforeEach
    void choose() {
        file = temp.resolve("quotas.db");
    }

    @AfterEach
    void close() {
        keeper.close();
        next.close();
    }

    private QuotaSettings with(WithoutStore withoutStore) {
        return settings(file, withoutStore, RULE);
    }

    @Test
    void withoutQuotasThereIsNoStore() {
        keeper.close();

        assertThat(keeper.file()).isEmpty();
    }

    @Test
    void keepsWhatWasCounted() {
        keeper.use(with(WithoutStore.ALLOW));
        keeper.set(JOE, 7, 1);
        keeper.close();

        next.use(with(WithoutStore.ALLOW));

        assertThat(next.counters().used(JOE).bytes()).isEqualTo(7);
    }

    @Test
    void writesWithoutBeingClosed() {
        keeper.use(with(WithoutStore.ALLOW));
        keeper.set(JOE, 7, 1);

        await().until(() -> keeper.counters().unsaved() == 0);
    }

    @Test
    void waitsForTheProcessThatHasTheStoreAndAddsWhatItCountedMeanwhile() {
        keeper.use(with(WithoutStore.DENY));
        keeper.set(JOE, 7, 1);
        next.use(with(WithoutStore.DENY));
        assertThat(next.state()).isEqualTo(QuotaKeeper.State.WAITING);
        assertThat(next.refuses(JOE)).isFalse();
        next.set(JOE, 5, 1);
        keeper.release();

        await().until(() -> next.state() == QuotaKeeper.State.OPEN);

        assertThat(next.counters().used(JOE).bytes()).isEqualTo(12);
        assertThat(next.counters().used(JOE).files()).isEqualTo(2);
    }

    @Test
    void addsWhatTheReplacedProcessCountsToItsEnd() throws Exception {
        keeper.use(with(WithoutStore.ALLOW));
        keeper.set(JOE, 7, 1);
        keeper.release();
        next.use(with(WithoutStore.ALLOW));
        keeper.set(JOE, 9, 1);
        keeper.close();

        await().until(() -> next.counters().used(JOE).bytes() == 9);

        await().untilAsserted(() -> {
            try (var files = Files.list(temp)) {
                assertThat(files).containsExactly(file);
            }
        });
    }

    @Test
    void refusesWhereTheStoreFailsAndTheKeySaysSo() throws Exception {
        Files.write(file, new byte[20_000]);
        keeper.use(with(WithoutStore.DENY));
        next.use(with(WithoutStore.ALLOW));

        assertThat(keeper.state()).isEqualTo(QuotaKeeper.State.FAILED);
        assertThat(keeper.refuses(JOE)).isTrue();
        assertThat(next.refuses(JOE)).isFalse();
    }

    @Test
    void opensAStoreThatCanBeUsedAgain() throws Exception {
        Files.write(file, new byte[20_000]);
        keeper.use(with(WithoutStore.ALLOW));
        keeper.set(JOE, 7, 1);
        Files.delete(file);

        await().until(() ->
                keeper.state() == QuotaKeeper.State.OPEN && keeper.counters().unsaved() == 0);

        assertThat(keeper.counters().used(JOE).bytes()).isEqualTo(7);
    }

    @Test
    void refusesWhoseCounterWouldBeTooMany() {
        QuotaKeeper small = new QuotaKeeper(Clock.systemUTC(), 0);
        small.use(with(WithoutStore.DENY));

        assertThat(small.refuses(JOE)).isTrue();
        small.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,   DENY,  0, GO",
        "OPEN,   DENY,  -1, SLOW",
        "OPEN,   ALLOW, -1, SLOW",
        "FAILED, DENY,  -1, STOP",
        "FAILED, ALLOW, -1, GO"
    })
    void boundsWhatTheStoreDoesNotHave(
            QuotaKeeper.State state, WithoutStore withoutStore, int less, QuotaKeeper.Pace pace) throws Exception {
        if (state == QuotaKeeper.State.FAILED) {
            Files.write(file, new byte[20_000]);
        }
        keeper.use(with(withoutStore));
        Counter counter = new Counter(Period.DAY, keeper.counters().periods(), System.currentTimeMillis());
        long bytes = less == 0 ? QuotaKeeper.UNSAVED - QuotaShare.SLICE - 1 : QuotaKeeper.UNSAVED - QuotaShare.SLICE;
        counter.set(bytes, 0, keeper.counters().periods(), System.currentTimeMillis());

        assertThat(keeper.pace(counter)).isEqualTo(pace);
    }

    @Test
    void theZoneIsThatOfTheLastSettings() {
        keeper.use(with(WithoutStore.ALLOW));
        keeper.use(new QuotaSettings(
                file, java.time.ZoneId.of("Asia/Tokyo"), WithoutStore.ALLOW, java.util.List.of(RULE)));

        assertThat(keeper.counters().periods().zone()).isEqualTo(java.time.ZoneId.of("Asia/Tokyo"));
    }
}
