package io.ftpalg.server.service;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service manager that started this program, which is notified of its state as sd_notify(3) has it; nobody, if NOTIFY_SOCKET
 * is not set. Made once, by the main thread; any thread but an event loop notifies. A notification that cannot be sent is
 * logged once and never stops the program.
 */
public final class ServiceManager {
    private static final Logger logger = LoggerFactory.getLogger(ServiceManager.class);
    /** Of the time after which the service manager kills a program that sends no ping: one that is late is no reason yet. */
    private static final int PINGS = 4;

    private final Optional<NotifySocket> socket;
    private final Optional<Duration> watchdog;
    private final AtomicBoolean failed = new AtomicBoolean();

    private ServiceManager(Optional<NotifySocket> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** Returns the one of this environment, for the process of this number. */
    public static ServiceManager of(Function<String, Optional<String>> environment, long process) {
        Optional<NotifySocket> socket = environment.apply("NOTIFY_SOCKET").flatMap(ServiceManager::socket);
        boolean watched = environment
                .apply("WATCHDOG_PID")
                .map(pid -> pid.equals(Long.toString(process)))
                .orElse(true);
        Optional<Duration> watchdog =
                watched ? environment.apply("WATCHDOG_USEC").flatMap(ServiceManager::microseconds) : Optional.empty();
        return new ServiceManager(socket, watchdog);
    }

    private static Optional<NotifySocket> socket(String name) {
        try {
            return Optional.of(new NotifySocket(name));
        } catch (IllegalArgumentException e) {
            logger.warn("service manager not notified: NOTIFY_SOCKET '{}': {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Duration> microseconds(String text) {
        try {
            return Optional.of(Duration.of(Long.parseLong(text), TimeUnit.MICROSECONDS.toChronoUnit()))
                    .filter(time -> time.toMillis() >= PINGS);
        } catch (NumberFormatException | ArithmeticException e) {
            logger.warn("watchdog not started: WATCHDOG_USEC '{}': expected a number", text);
            return Optional.empty();
        }
    }

    /** Reports that the program accepts clients, or does so again after {@link #reloading}. */
    public void ready(String status) {
        send("READY=1\n" + line(status));
    }

    /** Reports that another process of the service, which takes the place of this one, is the main one from now on. */
    public void mainProcess(long process) {
        send("MAINPID=" + process);
    }

    /** Reports that the config is read again; {@link #ready} follows, whether it can be used or not. */
    public void reloading() {
        // On Linux nanoTime is CLOCK_MONOTONIC, which the service manager compares with its own.
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    /** Reports that the program ends, and takes at most so long, whatever the service manager would grant it. */
    public void stopping(String status, Duration longest) {
        send("STOPPING=1\n" + line(status) + "\nEXTEND_TIMEOUT_USEC="
                + TimeUnit.NANOSECONDS.toMicros(longest.toNanos()));
    }

    private static String line(String status) {
        return "STATUS=" + status.replace('\n', ' ');
    }

    /**
     * Pings, if the service manager expects pings, as long as all these event loops run their tasks: a loop that stalls, or has ended,
     * gets the program killed and started again. Runs on a daemon thread until the program ends.
     */
    public void watch(Iterable<? extends Executor> loops) {
        if (socket.isEmpty() || watchdog.isEmpty()) {
            return;
        }
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("watchdog", true));
        long period = watchdog.get().toNanos() / PINGS;
        thread.scheduleWithFixedDelay(new Pings(loops), 0, period, TimeUnit.NANOSECONDS);
    }

    private void send(String text) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().send(text);
        } catch (IOException e) {
            if (failed.compareAndSet(false, true)) {
                logger.warn(
                        "service manager not notified: {}",
                        e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }
    }

    /** Pings when a round is complete, and begins the next one. */
    private final class Pings implements Runnable {
        private final Iterable<? extends Executor> loops;
        private LoopRound round;

        Pings(Iterable<? extends Executor> loops) {
            this.loops = loops;
            this.round = LoopRound.begin(loops);
        }

        @Override
        public void run() {
            if (round.complete()) {
                send("WATCHDOG=1");
                round = LoopRound.begin(loops);
            }
        }
    }
}
