package io.ftpalg.server.replay;

import io.ftpalg.server.replay.Step.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One end of a control connection, read and written by lines, one char for one byte. Used by one thread; closed by any. */
final class ControlLines implements AutoCloseable {
    /** Bytes of a line, and lines of a reply. */
    private static final int LONGEST = 64 << 10;

    private static final int MOST_LINES = 10_000;

    private final Socket socket;
    private final InputStream in;

    ControlLines(Socket socket, Duration timeout) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static ControlLines connect(InetSocketAddress address, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            return new ControlLines(socket, timeout);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Returns the next line, none at the end.
     *
     * @throws java.net.SocketTimeoutException if none arrives in time
     */
    Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (line.size() == LONGEST) {
                throw new IOException("a line is longer than " + LONGEST + " bytes");
            }
            line.write(b);
        }
        return Optional.empty();
    }

    /** Returns the next whole reply, none at the end. */
    Optional<Reply> reply() throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return lines.isEmpty() ? Optional.empty() : Optional.of(new Reply(lines));
            }
            lines.add(line.get());
            Reply reply = new Reply(lines);
            if (reply.isWhole()) {
                return Optional.of(reply);
            }
        }
        throw new IOException("a reply has more than " + MOST_LINES + " lines");
    }

    InetAddress localHost() {
        return socket.getLocalAddress();
    }

    InetAddress peer() {
        return socket.getInetAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
