package io.ftpalg.server.inspect.spill;

import io.ftpalg.policy.inspect.SpillException;
import io.ftpalg.policy.inspect.SpillFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file that only this process can read: encrypted by AES in counter mode with a key of its own, which is in memory only, of
 * mode 0600, and without a name once it is open, where the system allows that. Called on the event loop of its transfer; all else happens
 * on the threads of its {@link SpillSpace}, guarded by its lock.
 */
final class EncryptedFile implements SpillFile {
    private static final Logger logger = LoggerFactory.getLogger(EncryptedFile.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PIECE = 64 << 10;
    private static final int KEY = 32;
    private static final int BLOCK = 16;

    private final SpillSpace space;
    private final SpillSettings settings;
    private @Nullable Open open;
    private long reserved;
    private boolean closed;

    EncryptedFile(SpillSpace space, SpillSettings settings) {
        this.space = space;
        this.settings = settings;
    }

    @Override
    public int above() {
        return settings.above();
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
        return run(() -> {
            writeNow(bytes);
            return null;
        });
    }

    @Override
    public CompletionStage<ByteBuffer> read(int most) {
        return run(() -> readNow(most));
    }

    @Override
    public void close() {
        space.run(this::closeNow);
    }

    private <T> CompletionStage<T> run(Callable<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        space.run(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private synchronized void writeNow(ByteBuffer bytes) throws IOException, GeneralSecurityException {
        if (closed) {
            return;
        }
        if (reserved + bytes.remaining() > settings.maxSize()) {
            throw new SpillException("larger than the " + settings.maxSize() + " bytes that may be held");
        }
        if (!space.reserve(bytes.remaining())) {
            throw new SpillException("no space to hold it until the verdict");
        }
        reserved += bytes.remaining();
        if (open == null) {
            open = Open.in(settings.directory());
        }
        open.write(bytes);
    }

    private synchronized ByteBuffer readNow(int most) throws IOException, GeneralSecurityException {
        if (open == null) {
            throw new EOFException("closed, or nothing was written");
        }
        return open.read(most);
    }

    private synchronized void closeNow() {
        if (closed) {
            return;
        }
        closed = true;
        space.giveBack(reserved);
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            logger.warn("spill file not removed detail=\"{}\"", e.toString());
        }
        open = null;
    }

    /** The file, once there is one. */
    private static final class Open {
        private final FileChannel channel;
        private final Path path;
        private final Cipher encryption;
        private final Cipher decryption;
        private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
        private boolean named = true;
        private long position;

        private Open(FileChannel channel, Path path, Cipher encryption, Cipher decryption) {
            this.channel = channel;
            this.path = path;
            this.encryption = encryption;
            this.decryption = decryption;
        }

        static Open in(Path directory) throws IOException, GeneralSecurityException {
            byte[] random = new byte[KEY + BLOCK];
            RANDOM.nextBytes(random);
            SecretKeySpec key = new SecretKeySpec(random, 0, KEY, "AES");
            IvParameterSpec counter = new IvParameterSpec(random, KEY, BLOCK);
            Cipher encryption = Cipher.getInstance("AES/CTR/NoPadding");
            encryption.init(Cipher.ENCRYPT_MODE, key, counter);
            Cipher decryption = Cipher.getInstance("AES/CTR/NoPadding");
            decryption.init(Cipher.DECRYPT_MODE, key, counter);

            Path path = SpillFiles.next(directory);
            FileAttribute<?>[] owner =
                    path.getFileSystem().supportedFileAttributeViews().contains("posix")
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                            }
                            : new FileAttribute<?>[0];
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    owner);
            Open open = new Open(channel, path, encryption, decryption);
            open.unlink();
            return open;
        }

        private void unlink() {
            try {
                Files.delete(path);
                named = false;
            } catch (IOException e) {
                logger.debug("a spill file keeps its name until it is closed: {}", e.toString());
            }
        }

        void write(ByteBuffer bytes) throws IOException, GeneralSecurityException {
            ByteBuffer all = bytes.duplicate();
            while (all.hasRemaining()) {
                ByteBuffer next = all.slice(all.position(), Math.min(PIECE, all.remaining()));
                all.position(all.position() + next.remaining());
                piece.clear();
                encryption.update(next, piece);
                piece.flip();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        }

        ByteBuffer read(int most) throws IOException, GeneralSecurityException {
            ByteBuffer encrypted = ByteBuffer.allocate(Math.min(most, PIECE));
            int count = channel.read(encrypted, position);
            if (count < 1) {
                throw new EOFException("the file is shorter than what was written");
            }
            position += count;
            ByteBuffer clear = ByteBuffer.allocate(count);
            decryption.update(encrypted.flip(), clear);
            return clear.flip();
        }

        void close() throws IOException {
            channel.close();
            if (named) {
                Files.deleteIfExists(path);
            }
        }
    }
}
