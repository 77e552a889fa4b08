package io.ftpalg.server.inspect;

import io.ftpalg.server.files.FileStamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SHA-256 of files that are rejected: lines as {@code sha256sum} writes them, the hash first; {@code #} begins a comment. Read again
 * when the file changes, by a thread of its own; a file with errors changes nothing but the log. Thread-safe.
 */
final class BlockList implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(BlockList.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST = 1_000_000;

    private final Path file;
    private final int most;
    private final ScheduledExecutorService thread;
    private volatile Set<String> hashes;
    private FileStamps seen;

    BlockList(Path file) throws IOException {
        this(file, MOST);
    }

    BlockList(Path file, int most) throws IOException {
        this.file = file;
        this.most = most;
        this.seen = FileStamps.of(List.of(file));
        this.hashes = read();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watching = new Thread(task, "ftp-alg-block-list");
            watching.setDaemon(true);
            return watching;
        });
        thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Returns whether the file has this hash, in small letters. */
    boolean has(String sha256) {
        return hashes.contains(sha256);
    }

    private Set<String> read() throws IOException {
        Set<String> read = new HashSet<>();
        int number = 0;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines::iterator) {
                number++;
                String text = line.strip().toLowerCase(Locale.ROOT);
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                String hash = text.split("[ \t]", 2)[0];
                if (!HASH.matcher(hash).matches()) {
                    throw new IOException(
                            file + ": line " + number + " has no SHA-256: write 64 hexadecimal digits, or # before it");
                }
                if (read.size() == most) {
                    throw new IOException(file + ": more than " + most + " hashes: leave some out");
                }
                read.add(hash);
            }
        }
        return read;
    }

    private void look() {
        FileStamps stamps = FileStamps.of(List.of(file));
        if (stamps.equals(seen)) {
            return;
        }
        seen = stamps;
        try {
            hashes = read();
            logger.info("block list reloaded file={} hashes={}", file, hashes.size());
        } catch (IOException | RuntimeException e) {
            logger.error("block list kept detail=\"{}\"", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
