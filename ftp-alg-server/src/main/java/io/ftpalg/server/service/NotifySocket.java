package io.ftpalg.server.service;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The datagram socket of a service manager. Any thread sends, one at a time: each datagram has a socket of its own, since
 * there are few. Sending waits for a receiver whose queue is full, and so is not for event loops.
 */
final class NotifySocket {
    /** As sun_path of unix(7) has it, with the NUL behind a path. */
    private static final int LONGEST_ADDRESS = 107;

    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final byte[] address;

    /**
     * Makes one.
     *
     * @param name as in NOTIFY_SOCKET: a path, or '@' and an abstract name
     * @throws IllegalArgumentException if it is neither
     */
    NotifySocket(String name) {
        address = name.getBytes(StandardCharsets.UTF_8);
        if (address.length < 2 || address.length > LONGEST_ADDRESS || (address[0] != '/' && address[0] != '@')) {
            throw new IllegalArgumentException(
                    "expected a path, or @ and an abstract name, of at most " + LONGEST_ADDRESS + " bytes");
        }
        if (address[0] == '@') {
            address[0] = 0;
        }
    }

    /** Sends this text as one datagram. */
    synchronized void send(String text) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("Netty's native epoll transport is missing", Epoll.unavailabilityCause());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer datagram = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        Socket socket = Socket.newSocketDomainDgram();
        try {
            for (int i = 0; socket.sendToDomainSocket(datagram, 0, bytes.length, address) < bytes.length; i++) {
                if (i == ATTEMPTS) {
                    throw new IOException("its queue is full");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } finally {
            socket.close();
        }
    }
}
