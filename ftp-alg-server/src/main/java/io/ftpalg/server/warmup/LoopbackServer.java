package io.ftpalg.server.warmup;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An FTP server of one file, for this host only; a thread for each of its control connections, as many as there are clients. */
final class LoopbackServer implements Closeable {
    private static final int BACKLOG = 64;

    private final ServerSocket listening;
    private final Thread accepting;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoopbackServer(ServerSocket listening) {
        this.listening = listening;
        this.accepting = daemon(this::accept);
    }

    /** Starts one on any port of this address. */
    static LoopbackServer start(InetAddress address) throws IOException {
        LoopbackServer server = new LoopbackServer(new ServerSocket(0, BACKLOG, address));
        server.accepting.start();
        return server;
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "warm-up");
        thread.setDaemon(true);
        return thread;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket control = listening.accept();
                open.add(control);
                daemon(() -> serve(control)).start();
                if (listening.isClosed()) {
                    control.close();
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket control) {
        try (control) {
            new LoopbackSession(control).run();
        } catch (IOException e) {
            // The warm-up ends with sessions that are not over.
        } finally {
            open.remove(control);
        }
    }

    /** Returns when no connection is accepted any more. */
    @Override
    public void close() throws IOException {
        listening.close();
        // A thread in accept(2) keeps the closed socket listening until it wakes up.
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket control : open) {
            control.close();
        }
    }
}
