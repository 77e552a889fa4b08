package io.ftpalg.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanQueueTest {
    private final AtomicInteger woken = new AtomicInteger();
    private final SpanQueue queue = new SpanQueue(woken::incrementAndGet);

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            queue.add(Span.newBuilder().setName("span " + i).build());
        }
    }

    @Test
    void isFirstInFirstOut() {
        add(3);

        assertThat(queue.next()).extracting(Span::getName).containsExactly("span 0", "span 1", "span 2");
        assertThat(queue.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"511, 0, 511", "512, 1, 512", "513, 2, 512"})
    void notifiesOfABatchAndGivesNoMore(int count, int notified, int first) {
        add(count);

        assertThat(woken).hasValue(notified);
        assertThat(queue.next()).hasSize(first);
    }

    @ParameterizedTest
    @CsvSource({"2047, 0", "2048, 0", "2049, 1", "2100, 52"})
    void countsWhatDoesNotFit(int count, long dropped) {
        add(count);

        assertThat(queue.dropped()).isEqualTo(dropped);
    }

    @Test
    void countsWhatIsNotExported() {
        queue.drop(7);

        assertThat(queue.dropped()).isEqualTo(7);
    }
}
