package io.ftpalg.data.epoll;

import io.ftpalg.data.leg.TcpState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A socket that the event loop watches and only its owner reads: no Netty channel, no pipeline. On the session's loop.
 *
 * <p>It is <em>armed</em>: SO_LINGER 0 turns any close but {@link #closeInOrder} into an RST, so that a file cut by a fault
 * never looks complete to its receiver.
 */
public final class RawSocket implements BulkHandle {

    /** Receiver of the socket's events. */
    interface Watcher {
        /** Some of what was asked for, or an error, is there. */
        void onReady(EpollIoOps ready);

        /** Returns whether what is ready is the data of a transfer, and may wait behind the events of others. */
        default boolean isBulk() {
            return false;
        }

        /** The event loop has closed the socket: the loop ends, or cannot watch it. */
        void onLoopEnd();
    }

    private static final Watcher NOBODY = new Watcher() {
        @Override
        public void onReady(EpollIoOps ready) {}

        @Override
        public void onLoopEnd() {}
    };

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    /** Where tcpi_bytes_received is in struct tcp_info. */
    private static final int BYTES_RECEIVED = 128;

    private final Socket socket;
    private final IoEventLoop loop;
    private Watcher watcher = NOBODY;
    private @Nullable IoRegistration registration;
    private final Runnable counter;
    private Runnable onClose = () -> {};
    private int interest;
    private boolean closed;

    RawSocket(Socket socket, IoEventLoop loop, Runnable counter) {
        this.socket = socket;
        this.loop = loop;
        this.counter = counter;
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    boolean isClosed() {
        return closed;
    }

    /** Has every close but that in order reset the connection. */
    void arm() throws IOException {
        socket.setSoLinger(0);
    }

    /** Sends the first bytes of a connection, of which its empty buffer takes more than a header has. Releases them. */
    void sendFirst(ByteBuf bytes) throws IOException {
        int length = bytes.readableBytes();
        ByteBuf direct = Unpooled.directBuffer(length, length);
        try {
            direct.writeBytes(bytes);
            // What follows does not wait until they are acknowledged.
            socket.setTcpNoDelay(true);
            ByteBuffer from = direct.internalNioBuffer(0, length);
            if (socket.write(from, from.position(), from.limit()) != length) {
                throw new IOException("the first " + length + " bytes of the connection cannot be sent at once");
            }
        } finally {
            bytes.release();
            direct.release();
        }
    }

    /**
     * Returns whether the peer's FIN, or its RST, is there. An event does not prove that: it may be one of an earlier socket of
     * the same number, waited for together with the event that closed it.
     */
    boolean peerEnded() throws IOException {
        int state = state();
        return state == TcpState.CLOSE || TcpState.finArrived(state);
    }

    /** Returns whether the peer's FIN is there, and no RST, whatever is read yet. */
    boolean finArrived() {
        try {
            return !closed && TcpState.finArrived(state());
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether the peer has acknowledged our FIN and all that was before it, or is gone. */
    boolean finAcknowledged() {
        try {
            return closed || TcpState.finAcknowledged(state());
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns whether an error is there, as an event says. */
    boolean isBroken() throws IOException {
        return socket.getSoError() != 0 || state() == TcpState.CLOSE;
    }

    /**
     * Returns whether the connection is made; false if the peer has not answered yet, whatever an event says.
     *
     * @throws IOException if the peer has refused, or cannot be reached
     */
    boolean isConnected() throws IOException {
        return switch (state()) {
            case TcpState.SYN_SENT -> false;
            case TcpState.CLOSE -> socket.finishConnect();
            default -> true;
        };
    }

    /** Returns whether no byte ever came; false where the kernel does not count them (before Linux 4.1). */
    boolean receivedNothing() {
        byte[] info = new byte[BYTES_RECEIVED + Long.BYTES];
        Arrays.fill(info, (byte) -1);
        ByteBuffer buffer = ByteBuffer.wrap(info);
        try {
            socket.getRawOpt(IPPROTO_TCP, TCP_INFO, buffer);
            return buffer.getLong(BYTES_RECEIVED) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The state of a TCP connection is the first byte of TCP_INFO (tcp(7)). */
    private int state() throws IOException {
        ByteBuffer info = ByteBuffer.allocate(Integer.BYTES);
        socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
        return info.get(0);
    }

    public void watch(Watcher next) {
        watcher = next;
    }

    /**
     * Asks for these events, and no others. Asking for nothing is asking for errors: a registration without any interest
     * would leave epoll for good.
     */
    void ask(int ops) throws IOException {
        int wanted = ops | EpollIoOps.EPOLLERR.value();
        if (wanted == interest || closed) {
            return;
        }
        if (registration == null) {
            var registering = loop.register(this);
            if (!registering.isSuccess()) {
                throw new IOException("cannot watch a socket", registering.cause());
            }
            registration = registering.getNow();
        }
        interest = wanted;
        registration.submit(EpollIoOps.valueOf(wanted));
    }

    /** What was asked for once was reported: the next request is another one, also if it is the same. */
    void reportedOnce() {
        interest = 0;
    }

    /** Returns the descriptor to its next owner; this socket is void from now on. */
    int release() {
        unwatch();
        closed = true;
        counter.run();
        return socket.intValue();
    }

    /** Stops watching; the descriptor stays open. */
    void unwatch() {
        watcher = NOBODY;
        IoRegistration watched = registration;
        registration = null;
        interest = 0;
        if (watched != null) {
            watched.cancel();
        }
    }

    /** Ends it in order: what was written is still delivered, then FIN. */
    void closeInOrder() {
        if (!closed) {
            try {
                socket.setSoLinger(-1);
            } catch (IOException e) {
                // The peer reset it in the meantime: there is no order left to keep.
            }
            abort();
        }
    }

    /** Ends it as it is: RST where it is armed. */
    void abort() {
        if (!closed) {
            closed = true;
            // First: a socket that another process has open too, such as a child just forked, stays in epoll when it is
            // closed
            // here, and its events would go to the next socket of the same number.
            unwatch();
            closeDescriptor();
        }
    }

    /** Runs this when the descriptor is closed, by whatever. */
    void onClose(Runnable action) {
        onClose = action;
    }

    private void closeDescriptor() {
        counter.run();
        onClose.run();
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is gone whatever close returns.
        }
    }

    @Override
    public boolean isBulk() {
        return watcher.isBulk();
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        watcher.onReady(((EpollIoEvent) event).ops());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            registration = null;
            closeDescriptor();
            Watcher last = watcher;
            watcher = NOBODY;
            last.onLoopEnd();
        }
    }
}
