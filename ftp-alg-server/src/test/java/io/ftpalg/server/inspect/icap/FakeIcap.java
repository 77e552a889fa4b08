package io.ftpalg.server.inspect.icap;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that does what a test wants of it; replies to OPTIONS itself, and records the heads of other requests. */
final class FakeIcap implements AutoCloseable {
    static final String OPTIONS = "Methods: REQMOD, RESPMOD\r\nPreview: 4\r\nAllow: 204\r\nISTag: \"1\"\r\n";
    static final String UNMODIFIED = "ICAP/1.0 204 Unmodified\r\n\r\n";
    static final String CONTINUE = "ICAP/1.0 100 Continue\r\n\r\n";

    /** What it does with a request whose head is read. */
    interface Answer {
        void to(Request request) throws IOException;
    }

    final LinkedBlockingQueue<String> heads = new LinkedBlockingQueue<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    private final ServerSocket listening;
    private volatile String options;

    FakeIcap(String options, Answer answer) throws IOException {
        this.options = options;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                Socket socket = listening.accept();
                daemon(() -> serve(socket, answer));
            }
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // Closed by the test, or by the client.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads files to their end, and replies this. */
    static FakeIcap replying(String reply) throws IOException {
        return new FakeIcap(OPTIONS, request -> {
            request.readAll();
            request.write(reply);
        });
    }

    private void serve(Socket socket, Answer answer) throws IOException {
        try (socket) {
            boolean counted = false;
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Request request = new Request(socket, in, head);
                if (head.startsWith("OPTIONS ")) {
                    asked.incrementAndGet();
                    request.write("ICAP/1.0 200 OK\r\n" + options + "Encapsulated: null-body=0\r\n\r\n");
                    continue;
                }
                if (!counted) {
                    connections.incrementAndGet();
                    counted = true;
                }
                heads.add(head);
                answer.to(request);
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            text.append((char) next);
        }
        return text.toString().replace("\r", "");
    }

    IcapUrl url() {
        return IcapUrl.of("icap://127.0.0.1:" + listening.getLocalPort() + "/scan");
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One request. */
    static final class Request {
        final Socket socket;
        final String head;
        private final DataInputStream in;
        private boolean httpRead;
        boolean ieof;

        Request(Socket socket, DataInputStream in, String head) {
            this.socket = socket;
            this.in = in;
            this.head = head;
        }

        String http() throws IOException {
            httpRead = true;
            return head(in) + (head.startsWith("RESPMOD") ? head(in) : "");
        }

        /** Reads chunks to the last one, that of the preview or of the file. */
        String read() throws IOException {
            if (!httpRead) {
                http();
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (true) {
                String size = line(in);
                ieof = size.endsWith("; ieof");
                byte[] chunk = in.readNBytes(Integer.parseInt(size.split(";", 2)[0], 16));
                line(in);
                if (chunk.length == 0) {
                    return all.toString(StandardCharsets.ISO_8859_1);
                }
                all.writeBytes(chunk);
            }
        }

        String readAll() throws IOException {
            String preview = read();
            if (!head.contains("\nPreview: ") || ieof) {
                return preview;
            }
            write(CONTINUE);
            return preview + read();
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }
    }
}
