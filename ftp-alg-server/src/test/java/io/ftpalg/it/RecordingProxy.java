package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What clients say on control connections to a gateway is passed on, and kept. Thread-safe; the
 * test that started it owns it.
 */
final class RecordingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress gateway;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private record Connection(Socket client, Socket gateway, ByteArrayOutputStream said) {}

    private RecordingProxy(ServerSocket listener, InetSocketAddress gateway) {
        this.listener = listener;
        this.gateway = gateway;
    }

    /** Starts to listen on a free port of the address that the gateway has. */
    static RecordingProxy on(InetSocketAddress gateway) {
        try {
            RecordingProxy proxy = new RecordingProxy(new ServerSocket(0, 50, gateway.getAddress()), gateway);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Returns the command lines of each connection so far. */
    List<List<String>> said() {
        return connections.stream()
                .map(ear -> ear.said().toString(ISO_8859_1).lines().toList())
                .toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                InetAddress from = client.getInetAddress();
                Socket server = new Socket(gateway.getAddress(), gateway.getPort(), from, 0);
                Connection ear = new Connection(client, server, new ByteArrayOutputStream());
                connections.add(ear);
                daemon(() -> pass(client, server, ear.said()));
                daemon(() -> pass(server, client, OutputStream.nullOutputStream()));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void pass(Socket from, Socket to, OutputStream said) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                said.write(bytes, 0, count);
                out.write(bytes, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them is gone.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Connection ear : connections) {
                ear.client().close();
                ear.gateway().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
