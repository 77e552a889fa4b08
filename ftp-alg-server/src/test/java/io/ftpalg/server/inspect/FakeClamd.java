package io.ftpalg.server.inspect;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/** A scanner that does what a test wants of it; counts the bytes of each stream. */
final class FakeClamd implements AutoCloseable {
    /** What it does with a connection. */
    interface Answer {
        void to(Socket connection) throws IOException;
    }

    final LinkedBlockingQueue<Integer> streams = new LinkedBlockingQueue<>();
    private final ServerSocket listening;

    FakeClamd(Answer answer) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> {
            try {
                while (true) {
                    Socket connection = listening.accept();
                    Thread one = new Thread(() -> {
                        try (connection) {
                            answer.to(connection);
                        } catch (IOException e) {
                            streams.add(-1);
                        }
                    });
                    one.setDaemon(true);
                    one.start();
                }
            } catch (IOException e) {
                // Closed by the test.
            }
        });
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Reads a stream to its end and replies. */
    static FakeClamd replying(String reply) throws IOException {
        FakeClamd[] self = new FakeClamd[1];
        self[0] = new FakeClamd(connection -> {
            int bytes = read(connection);
            // Before the reply: a test may look as soon as it has that.
            self[0].streams.add(bytes);
            connection.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
        });
        return self[0];
    }

    static int read(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
        if (!command.equals("zINSTREAM\0")) {
            throw new IOException(command);
        }
        int total = 0;
        for (int size = in.readInt(); size > 0; size = in.readInt()) {
            total += in.readNBytes(size).length;
        }
        return total;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
