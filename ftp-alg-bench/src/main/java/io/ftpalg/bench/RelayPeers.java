package io.ftpalg.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;

/**
 * The two ends of the transfers: a server that sends so many bytes to each client, from the page cache, and clients that
 * read them and throw them away. On threads of its own, blocking.
 */
final class RelayPeers implements DownloadPeers {
    private static final int CONTENT = 16 << 20;
    private static final int READ = 1 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        return thread;
    });
    private final ThreadLocal<ByteBuffer> buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ));
    private final ServerSocketChannel listener;
    private final Path file;
    private final FileChannel content;
    private final long size;

    RelayPeers(long size) throws IOException {
        this.size = size;
        file = Files.createTempFile("relay", ".bin");
        content = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        content.write(ByteBuffer.allocate((int) Math.min(size, CONTENT)), 0);
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        threads.execute(this::serve);
    }

    @Override
    public InetSocketAddress server() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    @Override
    public void read(InetSocketAddress from, LongConsumer end) {
        threads.execute(() -> end.accept(drain(from)));
    }

    private long drain(InetSocketAddress from) {
        ByteBuffer buffer = buffers.get();
        long total = 0;
        try (SocketChannel socket = SocketChannel.open(from)) {
            for (int got = socket.read(buffer); got >= 0; got = socket.read(buffer.clear())) {
                total += got;
            }
            return total;
        } catch (IOException e) {
            return -1;
        }
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel socket = listener.accept();
                threads.execute(() -> send(socket));
            }
        } catch (IOException | RejectedExecutionException e) {
            // Closed: the trial is over.
        }
    }

    private void send(SocketChannel socket) {
        try (socket) {
            for (long sent = 0; sent < size; ) {
                long offset = sent % CONTENT;
                sent += content.transferTo(offset, Math.min(size - sent, CONTENT - offset), socket);
            }
        } catch (IOException e) {
            // The reader misses the bytes, and reports it.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        content.close();
        Files.delete(file);
    }
}
