package io.ftpalg.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address where connecting hangs: a listener that accepts nobody, its backlog full. */
public final class BlackHole implements AutoCloseable {
    private static final int MOST = 64;

    private final ServerSocket listener;
    private final List<Socket> inLine = new ArrayList<>();

    public BlackHole() throws IOException {
        listener = new ServerSocket(0, 1, TestNetwork.LOCALHOST);
        assumeTrue(fill(), "this system never lets a connection wait");
    }

    private boolean fill() throws IOException {
        for (int i = 0; i < MOST; i++) {
            Socket socket = new Socket();
            inLine.add(socket);
            try {
                socket.connect(address(), 300);
            } catch (SocketTimeoutException e) {
                return true;
            }
        }
        return false;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : inLine) {
            socket.close();
        }
        listener.close();
    }
}
