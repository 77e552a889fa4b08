package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How busy an event loop is that should have nothing to do. */
public final class LoopTime {
    /** What an idle loop may use of {@link #LOOK}; one that spins uses nearly all of it. */
    public static final Duration IDLE = Duration.ofMillis(150);

    private static final Duration LOOK = Duration.ofMillis(500);

    private LoopTime() {}

    /** Returns the processor time that the loop used while nothing was asked of it. */
    public static Duration spentBy(DataFixture fixture) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = fixture.call(() -> Thread.currentThread().getId());
        long before = threads.getThreadCpuTime(id);
        // A timer of the loop is the clock: nothing else happens meanwhile.
        assertThat(fixture.loop
                        .schedule(() -> {}, LOOK.toMillis(), TimeUnit.MILLISECONDS)
                        .awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue();
        return Duration.ofNanos(threads.getThreadCpuTime(id) - before);
    }
}
