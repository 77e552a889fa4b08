package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingCountsTest {
    private static final CounterName JOE = new CounterName(false, "joe \u00ff", Period.DAY, Way.UPLOAD);
    private static final Used SOME = new Used(10, 20, 30, 40);

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void readsWhatWasWritten() throws Exception {
        PendingCounts pending = new PendingCounts(temp.resolve("quotas.db"));
        pending.write(Map.of(JOE, SOME));

        assertThat(pending.files()).hasSize(1);
        assertThat(PendingCounts.read(pending.files().get(0))).containsExactly(Map.entry(JOE, SOME));
    }

    @Test
    void eachWriteIsAFile() throws Exception {
        PendingCounts pending = new PendingCounts(temp.resolve("quotas.db"));
        pending.write(Map.of(JOE, SOME));
        pending.write(Map.of(JOE, SOME));

        assertThat(pending.files()).hasSize(2);
    }

    @Test
    void leavesOutWhatIsNotComplete() throws Exception {
        PendingCounts pending = new PendingCounts(temp.resolve("quotas.db"));
        Files.writeString(temp.resolve("quotas.db.more-1-2-3.tmp"), "");
        Files.writeString(temp.resolve("other.db.more-1-2-3"), "");

        assertThat(pending.files()).isEmpty();
    }

    @Test
    void leavesOutLinesThatAreNotUnderstood() throws Exception {
        Path file =
                Files.writeString(temp.resolve("f"), "1\n1 2 3 4 user day upload joe\n1 2 x 4 user day upload joe\n");

        assertThat(PendingCounts.read(file)).hasSize(1);
    }
}
