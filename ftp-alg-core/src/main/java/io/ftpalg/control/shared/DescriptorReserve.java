package io.ftpalg.control.shared;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptors of the process that are kept for the sessions it has: their server connections, data connections and pipes.
 * No new client may have one of them.
 *
 * <p>The kernel gives a socket the lowest number that is free, so that all below it are in use: the number of an accepted
 * socket shows how many are left, without a system call. NIO does not have the number, and has no reserve; there, and where
 * all are used up all the same, Netty stops accepting for a second whenever an accept fails.
 *
 * <p>Shared by all event loops of all gateways of one process; guarded by its own lock, which is held once a client
 * that is turned away.
 */
public final class DescriptorReserve {
    private static final Logger logger = LoggerFactory.getLogger(DescriptorReserve.class);
    private static final Path PROCESS_LIMITS = Path.of("/proc/self/limits");
    private static final int SHARE = 8;
    private static final int LEAST = 64;
    private static final long WARNING_INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final int maximum;
    private final int kept;
    private int turnedAway;
    private boolean warned;
    private long lastWarning;

    /** Makes the reserve of a process that may have so many descriptors: an eighth, at least 64, at most half of them. */
    public DescriptorReserve(int maximum) {
        this.maximum = maximum;
        this.kept = Math.min(Math.max(maximum / SHARE, LEAST), maximum / 2);
    }

    /** Returns that of this process; none is kept where the system does not report the limit as Linux does. */
    static DescriptorReserve ofProcess() {
        try (Stream<String> limits = Files.lines(PROCESS_LIMITS)) {
            return new DescriptorReserve(limits.filter(line -> line.startsWith("Max open files"))
                    .findFirst()
                    .map(DescriptorReserve::softLimit)
                    .orElse(Integer.MAX_VALUE));
        } catch (IOException e) {
            return new DescriptorReserve(Integer.MAX_VALUE);
        }
    }

    /** Reads {@code Max open files  1024  524288  files}; "unlimited" is no number. */
    static int softLimit(String line) {
        String number = line.substring("Max open files".length()).strip().split(" ", 2)[0];
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
    }

    /** Returns whether this channel, just accepted, has a descriptor that is kept for the sessions there are. */
    boolean has(Channel accepted) {
        return accepted instanceof UnixChannel unix && keeps(unix.fd().intValue());
    }

    /** Returns whether this descriptor, the lowest that was free, is one of those. */
    public boolean keeps(int descriptor) {
        return descriptor >= maximum - kept;
    }

    /** Logs that a client was turned away for it, with those before it that were not logged; at most every 10 s. */
    synchronized void onTurnedAway(long now) {
        turnedAway++;
        if (!warned || now - lastWarning >= WARNING_INTERVAL) {
            logger.warn(
                    "clients reset count={} reserved={} descriptors={} remedy=\"raise ulimit -n or LimitNOFILE, or lower limits.sessions\"",
                    turnedAway,
                    kept,
                    maximum);
            warned = true;
            lastWarning = now;
            turnedAway = 0;
        }
    }
}
