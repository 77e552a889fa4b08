package io.ftpalg.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The test's end of a control connection: says lines and waits for lines, on the test's own thread. */
public final class Peer implements AutoCloseable {
    /** What {@link #receive} returns when the other end sent FIN. */
    public static final String END = "<end>";

    private static final int PATIENCE_MILLIS = 8_000;

    public final Socket socket;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public static Peer connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, PATIENCE_MILLIS);
        return new Peer(socket);
    }

    public void say(String... lines) throws IOException {
        send(String.join("\r\n", lines) + "\r\n");
    }

    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** Returns the next line without its end, or {@link #END}. */
    public String receive() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = socket.getInputStream().read();
                octet != '\n';
                octet = socket.getInputStream().read()) {
            if (octet < 0) {
                return line.size() == 0 ? END : line.toString(ISO_8859_1) + END;
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(ISO_8859_1);
    }

    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
