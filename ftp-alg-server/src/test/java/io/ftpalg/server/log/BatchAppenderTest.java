package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchAppenderTest {
    private static final int AS_MANY_AS_IT_HOLDS = 8_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Optional<CountDownLatch> stalled = Optional.empty();
    private volatile Optional<Error> failure = Optional.empty();
    private final PrintStream stream = new PrintStream(written) {
        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.incrementAndGet();
            stalled.ifPresent(BatchAppenderTest::awaitReader);
            failure.ifPresent(error -> {
                throw error;
            });
            super.write(bytes, offset, length);
        }
    };
    private final LoggerContext context = new LoggerContext();
    private final BatchAppender appender = new BatchAppender(() -> stream);
    private final Logger logger = context.getLogger("test");

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.US_ASCII);
        encoder.setPattern("%message%n");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        appender.stop();
    }

    @Test
    void writesALineThatComesAlone() {
        logger.info("alone");

        await().untilAsserted(() -> assertThat(lines()).containsExactly("alone"));
    }

    @Test
    void writesNoLineTwiceBehindALargeBatch() {
        String large = "x".repeat(100_000);
        logger.info(large);
        await().untilAsserted(() -> assertThat(lines()).hasSize(1));

        logger.info("next");

        await().untilAsserted(() -> assertThat(lines()).containsExactly(large, "next"));
    }

    @Test
    void losesNothingAndKeepsTheOrder() {
        IntStream.range(0, AS_MANY_AS_IT_HOLDS).forEach(i -> logger.info("{}", i));

        appender.stop();

        assertThat(lines())
                .isEqualTo(IntStream.range(0, AS_MANY_AS_IT_HOLDS)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(writes.get()).isLessThan(AS_MANY_AS_IT_HOLDS / 2);
    }

    /** Event loops log: a terminal that is paused, or a full pipe, must not stop them. */
    @Test
    void dropsAndCountsWhatDoesNotFitWhileTheStreamIsStalled() {
        CountDownLatch reading = new CountDownLatch(1);
        stalled = Optional.of(reading);
        logger.info("first");
        await().until(() -> writes.get() == 1);

        for (int i = 0; i < 10_000; i++) {
            logger.info("{}", i);
        }
        reading.countDown();
        appender.stop();

        assertThat(lines())
                .hasSize(1 + 8192 + 1)
                .startsWith("first", "0", "1")
                .contains("8191", "log lines discarded count=1808: stderr was not read in time")
                .doesNotContain("8192");
    }

    @Test
    void takesTheLineOfAThreadThatIsInterrupted() {
        Thread.currentThread().interrupt();
        logger.info("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        appender.stop();
        assertThat(lines()).containsExactly("interrupted");
    }

    @Test
    void goesOnAfterAnEventThatCannotBeWritten() {
        logger.info("{}", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words");
            }
        });
        logger.info("next");

        appender.stop();

        assertThat(lines()).last().isEqualTo("next");
    }

    @Test
    void continuesAfterAnErrorOfTheStream() {
        failure = Optional.of(new LinkageError("test"));
        logger.info("lost");
        await().until(() -> writes.get() == 1);
        failure = Optional.empty();

        logger.info("next");

        await().untilAsserted(() -> assertThat(lines()).containsExactly("next"));
    }

    @Test
    void endsTheProgramWhenItsThreadRunsOutOfMemory() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Object> done = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler(new FatalErrors(line -> done.add("line"), done::add));
        try {
            failure = Optional.of(new OutOfMemoryError("test"));
            logger.info("lost");

            // Else Awaitility installs a handler of its own while it waits.
            await().dontCatchUncaughtExceptions()
                    .untilAsserted(() -> assertThat(done).containsExactly("line", 3));
        } finally {
            failure = Optional.empty();
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static void awaitReader(CountDownLatch reading) {
        try {
            reading.await();
        } catch (InterruptedException e) {
            // The appender stops; what is left goes out.
        }
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.US_ASCII).lines().toList();
    }
}
