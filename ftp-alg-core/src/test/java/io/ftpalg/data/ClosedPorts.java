package io.ftpalg.data;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Ports behind which nobody answers. */
public final class ClosedPorts implements AutoCloseable {
    private static final int MORE_THAN_A_BACKLOG = 16;

    private final ServerSocket listener = new ServerSocket(0, 1, DataFixture.LOCALHOST);
    private final List<SocketChannel> waiting = new ArrayList<>();

    public ClosedPorts() throws IOException {
        for (int i = 0; i < MORE_THAN_A_BACKLOG; i++) {
            SocketChannel one = SocketChannel.open();
            one.configureBlocking(false);
            waiting.add(one);
            var unused = one.connect(fullListener());
        }
    }

    /** Returns an address whose backlog is full: who connects there is not even refused. */
    public InetSocketAddress fullListener() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Returns an address that nobody listens on. */
    public static InetSocketAddress address() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            return (InetSocketAddress) gone.getLocalSocketAddress();
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel one : waiting) {
            one.close();
        }
        listener.close();
    }
}
