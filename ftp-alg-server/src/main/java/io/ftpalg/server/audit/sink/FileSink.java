package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.HashChain;
import io.ftpalg.server.audit.record.JsonLine;
import io.ftpalg.server.audit.record.XferlogLine;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Format;
import io.ftpalg.server.audit.sink.SinkSettings.Sync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a file: as JSON lines, linked by a {@link HashChain} that continues across rotations and restarts, or as lines of
 * an xferlog. The file is locked, so that no other process writes to it; a line that could not be written whole is taken back. Used by one thread; blocks.
 */
final class FileSink implements Sink {
    private static final String MODE = "rw-r-----";

    private final FileSettings settings;
    private final AuditRecord.Origin origin;
    private final Clock clock;
    private final FileArchive archive;
    private final HashChain chain;
    private @Nullable FileChannel channel;
    private long length;
    private Instant began = Instant.EPOCH;
    /** Whether the file has more than its first line. */
    private boolean hasRecords;

    private boolean dirty;
    /** Another one than that of the settings once another process has that. */
    private Path path;

    FileSink(FileSettings settings, AuditRecord.Origin origin, Clock clock) {
        this.settings = settings;
        this.origin = origin;
        this.clock = clock;
        this.path = settings.path();
        this.archive = new FileArchive(settings.path(), settings.rotation());
        this.chain = new HashChain(settings.key());
    }

    /** Returns the mode of new files, where the file system has modes. */
    static FileAttribute<?>[] mode(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE))}
                : new FileAttribute<?>[0];
    }

    @Override
    public void write(AuditRecord record) throws IOException {
        Optional<String> body =
                isChained() ? Optional.of(JsonLine.of(record)) : XferlogLine.of(record, clock.getZone());
        try {
            FileChannel open = open();
            if (body.isEmpty()) {
                return;
            }
            if (isTooLarge(body.get().length()) || isTooOld()) {
                rotate(open);
                open = open();
            }
            append(open, body.get());
            hasRecords = true;
        } catch (IOException e) {
            closeChannel();
            throw e;
        }
    }

    private boolean isChained() {
        return settings.format() == Format.JSON;
    }

    private boolean mayRotate() {
        return hasRecords && path.equals(settings.path());
    }

    private boolean isTooLarge(int more) {
        long most = settings.rotation().size();
        return mayRotate() && most > 0 && length + more > most;
    }

    private boolean isTooOld() {
        Duration age = Duration.between(began, clock.instant());
        return mayRotate()
                && settings.rotation()
                        .every()
                        .filter(most -> age.compareTo(most) >= 0)
                        .isPresent();
    }

    private void rotate(FileChannel open) throws IOException {
        sync(open);
        closeChannel();
        Path unused = archive.rotate(clock.instant());
        archive.tidyLater();
    }

    private FileChannel open() throws IOException {
        if (channel != null) {
            return channel;
        }
        channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), mode(path));
        lock(channel);
        length = channel.size();
        channel.position(length);
        began = length == 0
                ? clock.instant()
                : Files.readAttributes(path, BasicFileAttributes.class)
                        .creationTime()
                        .toInstant();
        hasRecords = length > 0;
        if (isChained()) {
            begin(channel);
        }
        archive.tidyLater();
        return channel;
    }

    private void lock(FileChannel open) throws IOException {
        try {
            if (open.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(path + " is in use by another sink", e);
        }
        throw new InUseException(path + " is in use by another process: give each process a file of its own");
    }

    /** Continues the chain of the file; a file that is new, or ends with a torn line, gets a record that has the hash before. */
    private void begin(FileChannel open) throws IOException {
        if (length == 0) {
            append(open, opened(new AuditRecord.Fields()));
            return;
        }
        FileTail tail = FileTail.of(open);
        if (!tail.ended()) {
            append(open, new byte[] {'\n'});
        }
        chain.continueAfter(tail.hash().orElse(HashChain.START));
        if (tail.isTorn()) {
            append(
                    open,
                    opened(new AuditRecord.Fields()
                            .put(AuditField.TORN_BYTES, tail.torn().length())
                            .put(
                                    AuditField.TORN_SHA256,
                                    HashChain.sha256(tail.torn().getBytes(StandardCharsets.ISO_8859_1)))));
        }
    }

    private String opened(AuditRecord.Fields fields) {
        return JsonLine.of(fields.put(AuditField.FILE, path.toString())
                .put(AuditField.PREVIOUS, chain.last())
                .record(0, clock.instant(), origin, AuditEvent.FILE_OPENED));
    }

    private void append(FileChannel open, String body) throws IOException {
        if (!isChained()) {
            append(open, (body + "\n").getBytes(StandardCharsets.UTF_8));
            return;
        }
        String hash = chain.hash(body.getBytes(StandardCharsets.UTF_8));
        append(open, (HashChain.line(body, hash) + "\n").getBytes(StandardCharsets.UTF_8));
        chain.continueAfter(hash);
    }

    private void append(FileChannel open, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                open.write(left);
            }
            length += bytes.length;
            dirty = true;
        } catch (IOException e) {
            takeBack(open, e);
            throw e;
        }
    }

    private void takeBack(FileChannel open, IOException failure) {
        try {
            open.truncate(length);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void flush() throws IOException {
        if (settings.sync() == Sync.EACH) {
            sync();
        }
    }

    @Override
    public void tick() throws IOException {
        if (settings.sync() == Sync.INTERVAL) {
            sync();
        }
        if (channel != null && isTooOld()) {
            rotate(channel);
            FileChannel unused = open();
        }
    }

    private void sync() throws IOException {
        if (channel != null && dirty) {
            sync(channel);
        }
    }

    private void sync(FileChannel open) throws IOException {
        if (settings.sync() != Sync.NEVER) {
            open.force(false);
            dirty = false;
        }
    }

    /** The file gets the name of a rotated one, and stays open: the archive of the other process does not touch it while it is locked. */
    @Override
    public void makeWay() throws IOException {
        if (path.equals(settings.path())) {
            path = channel == null ? archive.freeName(clock.instant()) : archive.rotate(clock.instant());
        }
    }

    @Override
    public void reopen() {
        closeChannel();
    }

    private void closeChannel() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Whatever was written is in the file.
        }
        channel = null;
    }

    @Override
    public void close() {
        try {
            sync();
        } catch (IOException e) {
            // There is nothing to be done at the end.
        }
        closeChannel();
        archive.close();
    }
}
