package io.ftpalg.control.shared;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the event loops of gateways that were started together, and of those that took their place: logs the stack of one
 * that runs no task for {@value #STALL_SECONDS} s, and fails the gateways of one that has ended.
 *
 * <p>Owned by their {@link SharedGatewayState}. One daemon thread looks once a second, from the first gateway to the last; which
 * gateways there are is guarded by its lock, what a loop did is its {@link LoopTask}'s.
 */
public final class LoopWatch {
    private static final Logger logger = LoggerFactory.getLogger(LoopWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int STALL_SECONDS = 10;

    private final LongSupplier nanoTime;
    private final Duration period;
    private final Map<Consumer<GatewayFailure>, IoEventLoopGroup> gateways = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService thread;
    /** The watching thread's own. */
    private final Map<EventLoop, LoopTask> tasks = new HashMap<>();

    LoopWatch() {
        this(System::nanoTime, PERIOD);
    }

    LoopWatch(LongSupplier nanoTime, Duration period) {
        this.nanoTime = nanoTime;
        this.period = period;
    }

    /** Watches the event loops of this gateway, which receives why it cannot continue, until {@link #remove}. */
    public void add(Consumer<GatewayFailure> gateway, IoEventLoopGroup loops) {
        synchronized (this) {
            gateways.put(gateway, loops);
            if (thread == null) {
                thread = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("ftp-alg-watch", true));
                var unused = thread.scheduleWithFixedDelay(
                        this::lookGuarded, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Watches no loop for this gateway any more. */
    public void remove(Consumer<GatewayFailure> gateway) {
        synchronized (this) {
            gateways.remove(gateway);
            if (gateways.isEmpty() && thread != null) {
                thread.shutdown();
                thread = null;
            }
        }
    }

    private synchronized Map<Consumer<GatewayFailure>, IoEventLoopGroup> gateways() {
        return new LinkedHashMap<>(gateways);
    }

    /** Whatever is thrown, there is a next look: a task that throws would be the last one of its thread. */
    private void lookGuarded() {
        try {
            look();
        } catch (Throwable e) {
            logger.error("event loops not watched", e);
            GatewayFailure.of(e).ifPresent(failure -> gateways().keySet().forEach(gateway -> gateway.accept(failure)));
        }
    }

    /** Checks each loop once. */
    void look() {
        Set<EventLoop> live = new HashSet<>();
        gateways().forEach((gateway, loops) -> {
            for (EventExecutor executor : loops) {
                EventLoop loop = (EventLoop) executor;
                if (loop.isTerminated()) {
                    gateway.accept(new GatewayFailure(name(loop) + " has ended", Optional.empty()));
                } else if (live.add(loop)) {
                    tasks.computeIfAbsent(loop, LoopTask::new).look(nanoTime.getAsLong());
                }
            }
        });
        tasks.keySet().retainAll(live);
    }

    private String name(EventLoop loop) {
        LoopTask task = tasks.get(loop);
        return task == null || task.thread == null ? "an event loop" : "event loop " + task.thread.getName();
    }

    /** One loop's task, which it is asked to run once a second. The loop writes what is volatile, the watching thread the rest. */
    private static final class LoopTask implements Runnable {
        private final EventLoop loop;
        private volatile boolean waiting;
        private volatile @Nullable Thread thread;
        private long since;
        private boolean reported;

        LoopTask(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            waiting = false;
        }

        void look(long now) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(now - since);
            if (waiting) {
                if (seconds >= STALL_SECONDS && !reported) {
                    reported = true;
                    logger.warn("event loop stalled thread={} seconds={} stack={}", threadName(), seconds, stack());
                }
                return;
            }
            if (reported) {
                reported = false;
                logger.info("event loop resumed thread={} seconds={}", threadName(), seconds);
            }
            since = now;
            waiting = true;
            try {
                loop.execute(this);
            } catch (RejectedExecutionException e) {
                // It has just ended: the next look finds that.
                waiting = false;
            }
        }

        private String threadName() {
            Thread its = thread;
            return its == null ? "-" : its.getName();
        }

        private String stack() {
            Thread its = thread;
            return its == null
                    ? "-"
                    : Arrays.stream(its.getStackTrace())
                            .map(frame -> "\n    at " + frame)
                            .collect(Collectors.joining());
        }
    }
}
