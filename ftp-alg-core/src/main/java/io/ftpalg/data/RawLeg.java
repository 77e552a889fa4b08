package io.ftpalg.data;

import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A data connection that is a bare socket, whether it is still listened for, dialled, or there: the leanest kind, for
 * bytes that nobody has to see. Owned by the session, on its loop; {@link RawListen} and {@link RawDial} bring it about.
 */
final class RawLeg implements DataLeg, RawSocket.Watcher {
    private enum State { OPENING, CONNECTED, HANDED_OVER, ENDED }

    private final LegEvents events;
    private State state = State.OPENING;
    private @Nullable RawSocket socket;

    RawLeg(LegEvents events) {
        this.events = events;
    }

    LegEvents events() {
        return events;
    }

    /** Tells whether the data connection is still wanted and not there yet. */
    boolean opening() {
        return state == State.OPENING;
    }

    /** The socket that listens or dials now; it goes when the leg goes. */
    void opens(RawSocket opening) {
        socket = opening;
    }

    /** The data connection is there. Nothing is asked of it now, and nothing read. */
    void connected(RawSocket connected, InetSocketAddress local, InetSocketAddress remote) {
        state = State.CONNECTED;
        socket = connected;
        connected.watch(this);
        events.connected(local, remote);
    }

    /** There will be none. */
    void failed(DataFailure failure, String detail) {
        if (opening()) {
            end(false);
            events.failed(failure, detail);
        }
    }

    /** Returns the socket to the relay that owns it from now on; {@link #close} and {@link #abort} are void. */
    RawSocket handOver() {
        RawSocket handed = socket;
        if (state != State.CONNECTED || handed == null) {
            throw new IllegalStateException("no data connection to relay: " + state);
        }
        state = State.HANDED_OVER;
        events.silence();
        socket = null;
        return handed;
    }

    /** Makes a channel of a socket whose bytes must be seen after all; it is not registered yet. */
    static SocketChannel wrap(RawSocket socket) {
        EpollSocketChannel channel = new EpollSocketChannel(socket.release());
        DataSockets.prepare(channel);
        return channel;
    }

    /** An error that comes before a relay is there is found again by the relay; watching on would spin. */
    @Override
    public void onReady(EpollIoOps ready) {
        if (socket != null) {
            socket.unwatch();
        }
    }

    @Override
    public void onLoopEnd() {
        end(false);
    }

    @Override
    public void close() {
        events.silence();
        end(true);
    }

    @Override
    public void abort() {
        events.silence();
        end(false);
    }

    private void end(boolean inOrder) {
        RawSocket last = socket;
        socket = null;
        if (state != State.HANDED_OVER) {
            state = State.ENDED;
        }
        if (last != null && inOrder) {
            last.closeInOrder();
        } else if (last != null) {
            last.abort();
        }
    }
}
