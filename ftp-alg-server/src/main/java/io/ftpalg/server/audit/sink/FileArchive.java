package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.sink.SinkSettings.Rotation;
import io.ftpalg.server.log.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rotated files beside an audit file: {@code audit.json} becomes {@code audit-20261129T051500.123Z.json}, so that names are in the
 * order of time, and then {@code ...json.gz}. Owned by its sink; compresses and removes on a thread of its own.
 */
final class FileArchive implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(FileArchive.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String GZIP = ".gz";

    private final Path file;
    private final Rotation rotation;
    private final String prefix;
    private final String suffix;
    private final Pattern rotated;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "audit-archive");
        made.setDaemon(true);
        return made;
    });

    FileArchive(Path file, Rotation rotation) {
        this.file = file.toAbsolutePath();
        this.rotation = rotation;
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        this.prefix = (dot > 0 ? name.substring(0, dot) : name) + "-";
        this.suffix = dot > 0 ? name.substring(dot) : "";
        this.rotated = Pattern.compile(Pattern.quote(prefix) + "[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z" + Pattern.quote(suffix)
                + "(" + Pattern.quote(GZIP) + ")?");
    }

    /** Gives the file the name of a rotated one, and returns that. */
    Path rotate(Instant now) throws IOException {
        return Files.move(file, freeName(now));
    }

    /** Returns the name of a file that is rotated now. */
    Path freeName(Instant now) {
        Instant at = now;
        Path target = name(at);
        while (Files.exists(target) || Files.exists(gzip(target))) {
            at = at.plusMillis(1);
            target = name(at);
        }
        return target;
    }

    private Path name(Instant at) {
        return file.resolveSibling(prefix + STAMP.format(at) + suffix);
    }

    private static Path gzip(Path plain) {
        return plain.resolveSibling(plain.getFileName() + GZIP);
    }

    /** Compresses what is not compressed, and removes what is too old or too much; soon, on another thread. */
    void tidyLater() {
        try {
            thread.execute(() -> {
                try {
                    tidy(Instant.now());
                } catch (IOException | RuntimeException e) {
                    logger.warn("audit files kept file={} cause={}", file, Escape.quoted(String.valueOf(e)));
                }
            });
        } catch (RejectedExecutionException e) {
            logger.debug("the audit ends", e);
        }
    }

    void tidy(Instant now) throws IOException {
        if (rotation.compress()) {
            for (Path plain : files()) {
                if (!plain.toString().endsWith(GZIP) && !isInUse(plain)) {
                    compress(plain);
                }
            }
        }
        List<Path> all = files();
        int tooMany = rotation.keepFiles() == 0 ? 0 : Math.max(0, all.size() - rotation.keepFiles());
        for (int i = 0; i < all.size(); i++) {
            if (i < tooMany || isTooOld(all.get(i), now)) {
                Files.deleteIfExists(all.get(i));
            }
        }
    }

    private boolean isTooOld(Path one, Instant now) throws IOException {
        Duration age = Duration.between(Files.getLastModifiedTime(one).toInstant(), now);
        return rotation.keepTime().filter(most -> age.compareTo(most) > 0).isPresent();
    }

    /** A process that was replaced may still write to it. */
    private static boolean isInUse(Path plain) throws IOException {
        try (FileChannel channel = FileChannel.open(plain, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** A file that was not compressed to its end has another name, and is written again. */
    private static void compress(Path plain) throws IOException {
        Path part = plain.resolveSibling(plain.getFileName() + GZIP + ".part");
        Files.deleteIfExists(part);
        try (InputStream in = Files.newInputStream(plain);
                OutputStream out = new GZIPOutputStream(
                        Files.newOutputStream(Files.createFile(part, FileSink.mode(part)), StandardOpenOption.WRITE))) {
            in.transferTo(out);
        }
        Files.setLastModifiedTime(part, Files.getLastModifiedTime(plain));
        Files.move(part, gzip(plain), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(plain);
    }

    /** Returns the rotated files, the oldest first. */
    List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(file.resolveSibling("."))) {
            all.map(Path::normalize)
                    .filter(one ->
                            rotated.matcher(String.valueOf(one.getFileName())).matches())
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    /** Does not wait for what is being compressed. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
