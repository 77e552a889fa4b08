package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.TestRecords;
import org.junit.jupiter.api.Test;

class SinkQueueTest {
    private static final AuditRecord RECORD = TestRecords.transfer(1, "x");

    @Test
    void takesRecordsUpToItsBound() {
        SinkQueue queue = new SinkQueue(2, 1 << 20);

        assertThat(queue.offer(RECORD)).isTrue();
        assertThat(queue.offer(RECORD)).isTrue();
        assertThat(queue.offer(RECORD)).isFalse();
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void takesBytesUpToItsBound() {
        assertThat(new SinkQueue(10, RECORD.weight() - 1).offer(RECORD)).isFalse();
        assertThat(new SinkQueue(10, RECORD.weight()).offer(RECORD)).isTrue();
        assertThat(new SinkQueue(10, RECORD.weight() + 1).offer(RECORD)).isTrue();
    }

    @Test
    void returnsRecordsInTheirOrderAndHasRoomAgain() throws InterruptedException {
        AuditRecord next = TestRecords.transfer(2, "y");
        SinkQueue queue = new SinkQueue(2, 2L * RECORD.weight());
        queue.offer(RECORD);
        queue.offer(next);

        assertThat(queue.take(1, 0)).containsExactly(RECORD);
        assertThat(queue.take(5, 0)).containsExactly(next);
        assertThat(queue.offer(RECORD)).isTrue();
    }

    @Test
    void returnsNothingWhenTheTimeIsOver() throws InterruptedException {
        assertThat(new SinkQueue(1, 1000).take(1, 1)).isEmpty();
    }

    @Test
    void overflowsFromADropUntilHalfIsFree() throws InterruptedException {
        SinkQueue queue = new SinkQueue(4, 1 << 20);
        for (int i = 0; i < 5; i++) {
            queue.offer(RECORD);
        }

        queue.take(1, 0);
        assertThat(queue.isOverflowing()).isTrue();
        queue.take(1, 0);
        assertThat(queue.isOverflowing()).isFalse();
    }

    @Test
    void reportsEachDropOnce() {
        SinkQueue queue = new SinkQueue(1, 1 << 20);
        queue.offer(RECORD);
        queue.offer(RECORD);
        queue.lost(2);

        assertThat(queue.takeDropped()).isEqualTo(3);
        assertThat(queue.takeDropped()).isZero();
        assertThat(queue.dropped()).isEqualTo(3);
    }
}
