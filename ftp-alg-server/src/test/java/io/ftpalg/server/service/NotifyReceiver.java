package io.ftpalg.server.service;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A service manager's end: a datagram socket at a path, or at an abstract name. */
public final class NotifyReceiver implements AutoCloseable {
    private final Socket socket;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    /** @param name as in NOTIFY_SOCKET */
    public NotifyReceiver(String name) throws IOException {
        Epoll.ensureAvailability();
        socket = Socket.newSocketDomainDgram();
        socket.bind(new DomainSocketAddress(name.replaceFirst("^@", "\0")));
    }

    /** Returns the lines of the next datagram, or none if none comes within this time. */
    public List<String> next(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            int length = socket.read(buffer, 0, buffer.capacity());
            if (length > 0) {
                byte[] text = new byte[length];
                buffer.get(0, text);
                return Arrays.asList(new String(text, StandardCharsets.UTF_8).split("\n"));
            }
            LockSupport.parkNanos(1_000_000);
        } while (System.nanoTime() < end);
        return List.of();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
