package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.session.base.ExtensionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExtensionErrorsTest {
    private static final String NAME = ExtensionErrorsTest.class.getName();

    private final AtomicLong clock = new AtomicLong(-5);
    private final ExtensionErrors errors = new ExtensionErrors(clock::get);
    private final CapturedErrors log = new CapturedErrors();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void fail(RuntimeException error) {
        assertThatThrownBy(() -> errors.call(this, "decide", () -> {
                    throw error;
                }))
                .isInstanceOf(ExtensionException.class)
                .hasMessage(NAME + ".decide failed: " + error);
    }

    @Test
    void returnsWhatTheObjectReturns() {
        assertThat(errors.<Integer>call(this, "decide", () -> 42)).isEqualTo(42);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void logsAnErrorOnceAMinuteAndCountsThoseInBetween() {
        fail(new IllegalStateException("one"));
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
        fail(new IllegalStateException("two"));
        fail(new IllegalStateException("three"));
        clock.addAndGet(1);
        fail(new IllegalStateException("four"));
        fail(new IllegalStateException("five"));

        assertThat(log.lines())
                .containsExactly(
                        NAME
                                + ".decide failed: the session that needed it ends, others continue | java.lang.IllegalStateException",
                        NAME
                                + ".decide failed (and 2 times since the last such line): the session that needed it ends, others continue"
                                + " | java.lang.IllegalStateException");
    }

    @Test
    void logsErrorsOfAnotherKindBesides() {
        fail(new IllegalStateException("one"));
        fail(new IllegalArgumentException("other"));
        errors.run(this, "decide", () -> {
            throw new UnsupportedOperationException("third");
        });

        assertThat(log.lines())
                .extracting(line -> line.replaceFirst(".*\\| ", ""))
                .containsExactly(
                        "java.lang.IllegalStateException",
                        "java.lang.IllegalArgumentException",
                        "java.lang.UnsupportedOperationException");
    }

    @Test
    void takesNullForAnError() {
        assertThatThrownBy(() -> errors.call(this, "decide", () -> null))
                .isInstanceOf(ExtensionException.class)
                .hasMessage(NAME + ".decide failed: java.lang.NullPointerException: decide returned null");
        assertThat(log.lines()).singleElement().asString().endsWith("java.lang.NullPointerException");
    }
}
