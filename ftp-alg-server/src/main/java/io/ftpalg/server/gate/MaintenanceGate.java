package io.ftpalg.server.gate;

import io.ftpalg.policy.ClientGate;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.server.files.TextFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses new clients while a file exists, with its text. Owned by its creator, who closes it; checks
 * the file once a second on a daemon thread of its own, and {@link #refuse} never touches it.
 *
 * <p>The text is sent as it is, {@value #MOST_LINES} lines at most; an empty file, or one that cannot be read,
 * gives a text of the gateway's own. Sessions that are open stay open.
 */
public final class MaintenanceGate implements ClientGate, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(MaintenanceGate.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MOST_LINES = 50;
    private static final FtpReply CLOSED = FtpReply.of(421, "The gateway is closed for maintenance, try again later.");

    private final Path file;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "maintenance");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<FtpReply> answer;
    /** The watcher's own. */
    private boolean toldOfIt;

    /** Checks the file now, which blocks, and then repeatedly. */
    public MaintenanceGate(Path file) {
        this(file, PERIOD);
    }

    MaintenanceGate(Path file, Duration period) {
        this.file = file;
        this.answer = find();
        var unused = watcher.scheduleWithFixedDelay(
                this::lookGuarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<FtpReply> refuse(InetSocketAddress client) {
        return answer;
    }

    /** Whatever happens in one look, there is a next one: a task that throws would be the last one of its thread. */
    private void lookGuarded() {
        try {
            look();
        } catch (Throwable e) {
            logger.error("maintenance check failed file={}", file, e);
        }
    }

    /** Logged here, since a gate that is closed before the first check served no client: {@code check} only tries the config. */
    private void look() {
        Optional<FtpReply> found = find();
        if (found.isPresent() && !toldOfIt) {
            logger.warn("maintenance started file={}", file);
        } else if (found.isEmpty() && toldOfIt) {
            logger.info("maintenance finished file={}", file);
        }
        toldOfIt = found.isPresent();
        answer = found;
    }

    private Optional<FtpReply> find() {
        return Files.exists(file) ? Optional.of(read()) : Optional.empty();
    }

    private FtpReply read() {
        try {
            List<String> lines = TextFiles.lines(file, MOST_LINES);
            return lines.isEmpty() ? CLOSED : TextFiles.reply(421, lines);
        } catch (IOException e) {
            return CLOSED;
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
