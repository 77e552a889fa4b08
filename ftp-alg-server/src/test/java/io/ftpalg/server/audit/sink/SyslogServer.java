package io.ftpalg.server.audit.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A syslog server over TCP or TLS that counts octets, and keeps what it gets; it can be stopped and does not read then. */
final class SyslogServer implements AutoCloseable {
    final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    SyslogServer(ServerSocketFactory factory, boolean reads) throws IOException {
        socket = factory.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> accept(reads), "syslog-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept(boolean reads) {
        try {
            while (true) {
                Socket client = socket.accept();
                clients.add(client);
                if (reads) {
                    Thread thread = new Thread(() -> read(client), "syslog-client");
                    thread.setDaemon(true);
                    thread.start();
                }
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void read(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            while (true) {
                StringBuilder length = new StringBuilder();
                int next = in.read();
                while (next >= '0' && next <= '9') {
                    length.append((char) next);
                    next = in.read();
                }
                if (next < 0) {
                    return;
                }
                byte[] message = in.readNBytes(Integer.parseInt(length.toString()));
                messages.add(new String(message, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The client or the test has closed it.
        }
    }

    /** Closes the connections of clients. */
    void drop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        drop();
    }
}
