package io.ftpalg.server.ctl;

import io.ftpalg.server.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * One request to the admin server at a time, each on a connection of its own, which blocks. By a Unix domain socket, or by HTTP in
 * the clear. Stateless.
 */
public final class AdminClient {
    /** What the admin server sends for one request is far less. */
    private static final int LARGEST = 64 << 20;

    private final SocketAddress address;
    private final String host;
    private final Optional<String> token;

    private AdminClient(SocketAddress address, String host, Optional<String> token) {
        this.address = address;
        this.host = host;
        this.token = token;
    }

    /** Returns a client of a Unix domain socket. */
    public static AdminClient socket(Path path) {
        return new AdminClient(UnixDomainSocketAddress.of(path), "localhost", Optional.empty());
    }

    /** Returns a client of an address; fails if the URL is not one of an admin server. */
    public static AdminClient url(URI url, Optional<String> token) throws CtlException {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new CtlException(
                    "not a URL of an admin server: " + url + " (give one such as http://127.0.0.1:8021)");
        }
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return new AdminClient(new InetSocketAddress(url.getHost(), port), url.getHost() + ":" + port, token);
    }

    /** Reads; returns the JSON. */
    public String get(String path) throws CtlException {
        return request("GET", path, "");
    }

    /** Acts; returns the JSON. */
    public String post(String path, String body) throws CtlException {
        return request("POST", path, body);
    }

    private String request(String method, String path, String body) throws CtlException {
        try (SocketChannel channel = connect()) {
            send(channel, method, path, body);
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            Head head = head(in);
            String text = text(in, head);
            if (head.status() >= 300) {
                throw refused(head.status(), text);
            }
            return text;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Reads server-sent events.
     *
     * @param each receives name and data of each, and returns whether to go on
     */
    void stream(String path, BiPredicate<String, String> each) throws CtlException {
        try (SocketChannel channel = connect()) {
            send(channel, "GET", path, "");
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            Head head = head(in);
            if (head.status() >= 300) {
                throw refused(head.status(), text(in, head));
            }
            InputStream body = head.chunked() ? new ChunkedInput(in) : in;
            String name = "";
            Optional<String> line = line(body);
            while (line.isPresent()) {
                if (line.get().startsWith("event: ")) {
                    name = line.get().substring(7);
                } else if (line.get().startsWith("data: ")
                        && !each.test(name, line.get().substring(6))) {
                    return;
                }
                line = line(body);
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private SocketChannel connect() throws CtlException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        try {
            SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            try {
                channel.connect(address);
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new CtlException("cannot connect to the gateway at " + address + ": " + e.getMessage()
                    + (unix
                            ? " (is it running, has its config admin: {socket: " + address
                                    + "}, and may you open that file? --socket or --url names another)"
                            : " (is it running, and has its config admin: {bind: ...}?)"));
        }
    }

    private static CtlException broken(IOException e) {
        return new CtlException("the connection to the gateway broke: " + e.getMessage());
    }

    private void send(SocketChannel channel, String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + token.map(secret -> "Authorization: Bearer " + secret + "\r\n")
                        .orElse("")
                + (method.equals("POST")
                        ? "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n"
                        : "")
                + "\r\n";
        ByteBuffer out = ByteBuffer.wrap((head + body).getBytes(StandardCharsets.UTF_8));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private record Head(int status, boolean chunked, Optional<Integer> length) {}

    private static Head head(InputStream in) throws IOException {
        String first = line(in).orElseThrow(() -> new EOFException("no response"));
        String[] words = first.split(" ");
        if (words.length < 2 || !words[1].matches("[0-9]{3}")) {
            throw new IOException("no HTTP: " + first);
        }
        boolean chunked = false;
        Optional<Integer> length = Optional.empty();
        for (String line = line(in).orElse(""); !line.isEmpty(); line = line(in).orElse("")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("content-length:")) {
                length = Optional.of(length(lower.substring(15).strip()));
            }
        }
        return new Head(Integer.parseInt(words[1]), chunked, length);
    }

    private static String text(InputStream in, Head head) throws IOException {
        InputStream body = head.chunked() ? new ChunkedInput(in) : in;
        return new String(body.readNBytes(head.length().orElse(LARGEST)), StandardCharsets.UTF_8);
    }

    private static int length(String text) throws IOException {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IOException("no length of a response: " + text);
        }
        return Integer.parseInt(text);
    }

    /** Returns the next line without its end; nothing at the end. */
    static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n' && line.size() < LARGEST) {
            if (next != '\r') {
                line.write(next);
            }
            next = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    private static CtlException refused(int status, String body) {
        try {
            Map<String, Object> error =
                    JsonReader.asObject(JsonReader.object(body).get("error"));
            StringBuilder text = new StringBuilder(String.valueOf(error.get("message")));
            if (error.get("problems") instanceof List<?> problems) {
                problems.forEach(problem -> text.append("\n  ").append(problem));
            }
            if (error.get("remedy") instanceof String remedy) {
                text.append(" (").append(remedy).append(')');
            }
            return new CtlException(text.toString());
        } catch (IllegalArgumentException e) {
            return new CtlException("the admin server responded with status " + status);
        }
    }
}
