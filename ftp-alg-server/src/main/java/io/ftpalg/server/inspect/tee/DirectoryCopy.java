package io.ftpalg.server.inspect.tee;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy in a {@link DirectoryStore}: its name ends with {@link CopiedFile#PART} until it is whole and on the disk. Used by one thread
 * at a time.
 */
final class DirectoryCopy implements CopyTarget {
    private final DirectoryStore store;
    private final FileChannel channel;
    private final Path part;
    private final Path whole;

    DirectoryCopy(DirectoryStore store, FileChannel channel, Path part, Path whole) {
        this.store = store;
        this.channel = channel;
        this.part = part;
        this.whole = whole;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        store.checkFree(bytes.length);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    @Override
    public void finish() throws IOException {
        if (channel.isOpen()) {
            channel.force(false);
            channel.close();
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
        Files.deleteIfExists(whole);
    }
}
