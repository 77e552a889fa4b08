package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.TestRecords;
import io.ftpalg.server.audit.sink.SinkSettings.Bounds;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Format;
import io.ftpalg.server.audit.sink.SinkSettings.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SinkWorkerTest {
    private static final FileSettings SETTINGS = new FileSettings(
            "one",
            true,
            new Bounds(4, 1 << 20),
            Path.of("x"),
            Format.JSON,
            TestSinks.NEVER,
            Sync.NEVER,
            Optional.empty());

    /** Writes into memory, unless a test has it fail. */
    private static final class MemorySink implements Sink {
        final List<String> written = new CopyOnWriteArrayList<>();
        volatile Optional<IOException> failure = Optional.empty();
        volatile boolean closed;
        volatile boolean reopened;
        volatile boolean madeWay;

        @Override
        public void write(AuditRecord record) throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            written.add(record.event().text() + " " + record.seq());
        }

        @Override
        public void reopen() {
            reopened = true;
        }

        @Override
        public void makeWay() {
            madeWay = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final MemorySink sink = new MemorySink();
    private final SinkWorker worker = new SinkWorker(SETTINGS, sink, TestRecords.ORIGIN);

    @Test
    void writesRecordsInTheirOrder() {
        worker.start();
        worker.offer(TestRecords.transfer(1, "a"));
        worker.offer(TestRecords.transfer(2, "b"));

        worker.close();

        assertThat(sink.written).containsExactly("transfer_finished 1", "transfer_finished 2");
        assertThat(sink.closed).isTrue();
    }

    @Test
    void keepsRecordsUntilItIsStarted() {
        worker.offer(TestRecords.transfer(1, "a"));
        worker.start();

        await().until(() -> sink.written.size() == 1);
        worker.close();
    }

    @Test
    void repeatsAWriteThatFailsUntilItSucceeds() {
        sink.failure = Optional.of(new IOException("No space left on device"));
        worker.start();
        worker.offer(TestRecords.transfer(1, "a"));
        await().until(() -> !worker.canWrite());

        sink.failure = Optional.empty();

        await().until(worker::canWrite);
        assertThat(sink.written).containsExactly("transfer_finished 1");
        worker.close();
    }

    @Test
    void dropsAndCountsWhatDoesNotFitAndWritesHowMany() {
        for (int i = 1; i <= 6; i++) {
            worker.offer(TestRecords.transfer(i, "a"));
        }
        assertThat(worker.dropped()).isEqualTo(2);
        assertThat(worker.canWrite()).isFalse();

        worker.start();
        worker.close();

        assertThat(sink.written)
                .containsExactly(
                        "transfer_finished 1",
                        "transfer_finished 2",
                        "transfer_finished 3",
                        "transfer_finished 4",
                        "records_dropped 0");
    }

    @Test
    void aFileThatAnotherProcessIsAboutToLeaveIsNoFailure() {
        sink.failure = Optional.of(new InUseException("in use"));
        worker.start();
        worker.offer(TestRecords.transfer(1, "a"));
        await().during(Duration.ofMillis(300)).until(worker::canWrite);

        sink.failure = Optional.empty();

        await().until(() -> sink.written.size() == 1);
        worker.close();
    }

    @Test
    void givesUpAtTheEndAndCountsWhatIsLost() {
        sink.failure = Optional.of(new IOException("broken"));
        worker.start();
        worker.offer(TestRecords.transfer(1, "a"));
        await().until(() -> !worker.canWrite());

        worker.close();

        assertThat(sink.closed).isTrue();
        assertThat(worker.dropped()).isEqualTo(1);
    }

    @Test
    void opensAgainAndMakesWayOnItsThread() {
        worker.start();
        worker.reopen();
        worker.makeWay();

        await().until(() -> sink.reopened && sink.madeWay);
        worker.close();
    }
}
