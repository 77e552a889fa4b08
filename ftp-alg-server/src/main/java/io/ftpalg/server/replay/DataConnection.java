package io.ftpalg.server.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One end of the data connections of a session, on loopback: what was agreed last, and its connection. No recorded bytes pass, since a
 * trace has none. Used by one thread.
 */
final class DataConnection implements AutoCloseable {
    private static final byte[] SOME = "replay\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> UPLOADS = Set.of("STOR", "STOU", "APPE");
    private static final Set<String> DOWNLOADS = Set.of("RETR", "LIST", "NLST", "MLSD");

    private final Duration timeout;
    private Optional<ServerSocket> listening = Optional.empty();
    private Optional<InetSocketAddress> named = Optional.empty();
    private Optional<Socket> connected = Optional.empty();

    DataConnection(Duration timeout) {
        this.timeout = timeout;
    }

    static boolean isTransfer(String verb) {
        return UPLOADS.contains(verb) || DOWNLOADS.contains(verb);
    }

    static boolean isUpload(String verb) {
        return UPLOADS.contains(verb);
    }

    /** Listens at a free port, in place of what was agreed before. */
    InetSocketAddress listen(InetAddress host) throws IOException {
        close();
        ServerSocket socket = new ServerSocket(0, 1, host);
        listening = Optional.of(socket);
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        return new InetSocketAddress(host, socket.getLocalPort());
    }

    /** The peer listens there; an address that is not loopback is refused. */
    void named(InetSocketAddress address) throws IOException {
        close();
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IOException("data address " + address + " is not loopback");
        }
        named = Optional.of(address);
    }

    /** Connects, or waits for the peer to connect, unless there is a connection, or nothing was agreed. */
    void open() throws IOException {
        if (connected.isEmpty() && named.isPresent()) {
            Socket socket = new Socket();
            connected = Optional.of(socket);
            socket.connect(named.get(), Math.toIntExact(timeout.toMillis()));
        } else if (connected.isEmpty() && listening.isPresent()) {
            connected = Optional.of(listening.get().accept());
        }
        if (connected.isPresent()) {
            connected.get().setSoTimeout(Math.toIntExact(timeout.toMillis()));
        }
    }

    /** Sends a few bytes, and ends the connection. */
    void send() throws IOException {
        if (connected.isPresent()) {
            connected.get().getOutputStream().write(SOME);
            connected.get().shutdownOutput();
        }
        close();
    }

    /** Reads until the peer ends the connection. */
    void receive() throws IOException {
        if (connected.isPresent()) {
            connected.get().getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        close();
    }

    @Override
    public void close() throws IOException {
        named = Optional.empty();
        if (connected.isPresent()) {
            connected.get().close();
            connected = Optional.empty();
        }
        if (listening.isPresent()) {
            listening.get().close();
            listening = Optional.empty();
        }
    }
}
