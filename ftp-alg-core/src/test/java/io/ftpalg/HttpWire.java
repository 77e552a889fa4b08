package io.ftpalg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** A connection of an HTTP client, byte by byte: each response is read up to its own end, and no further. */
final class HttpWire implements AutoCloseable {
    /** A response; the body is without the framing of chunks. */
    static final class Response {
        private final String head;
        private final byte[] body;

        private Response(String head, byte... body) {
            this.head = head;
            this.body = body;
        }

        String head() {
            return head;
        }

        byte[] body() {
            return body;
        }

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String text() {
            return new String(body, ISO_8859_1);
        }

        boolean closes() {
            return head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
        }
    }

    private final Socket socket;

    HttpWire(InetSocketAddress proxy) throws IOException {
        socket = new Socket(proxy.getAddress(), proxy.getPort());
        socket.setSoTimeout(20_000);
    }

    /** Sends text, in which each line ends with LF only. */
    HttpWire send(String lines) throws IOException {
        socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(ISO_8859_1));
        return this;
    }

    HttpWire send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Socket socket() {
        return socket;
    }

    /** Reads a response to a request that is no HEAD. */
    Response read() throws IOException {
        String head = head();
        String small = head.toLowerCase(Locale.ROOT);
        if (head.startsWith("HTTP/1.1 1") || head.startsWith("HTTP/1.1 204") || head.startsWith("HTTP/1.1 304")) {
            return new Response(head, new byte[0]);
        }
        if (small.contains("\r\ntransfer-encoding: chunked")) {
            return new Response(head, chunks());
        }
        int at = small.indexOf("\r\ncontent-length: ");
        assertThat(at).as(head).isPositive();
        int length =
                Integer.parseInt(small.substring(at + 18).lines().findFirst().orElseThrow());
        byte[] body = socket.getInputStream().readNBytes(length);
        assertThat(body).hasSize(length);
        return new Response(head, body);
    }

    /** Reads a head up to its empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) next());
        }
        return head.toString();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            StringBuilder line = new StringBuilder();
            while (line.indexOf("\r\n") < 0) {
                line.append((char) next());
            }
            int size = Integer.parseInt(line.toString().strip(), 16);
            byte[] chunk = socket.getInputStream().readNBytes(size + 2);
            assertThat(chunk).hasSize(size + 2);
            if (size == 0) {
                return all.toByteArray();
            }
            all.write(chunk, 0, size);
        }
    }

    private int next() throws IOException {
        int next = socket.getInputStream().read();
        assertThat(next).as("end of the connection").isNotNegative();
        return next;
    }

    /** Reads all that still comes, up to the end of the connection. */
    byte[] rest() throws IOException {
        InputStream in = socket.getInputStream();
        return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
