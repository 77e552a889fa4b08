package io.ftpalg.data.epoll;

import io.ftpalg.data.channel.DataSockets;
import io.ftpalg.data.leg.LegEvents;
import io.ftpalg.data.leg.OwnedLeg;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A data connection that is a bare socket, whether it is still listened for, dialled, or there: the leanest kind, for
 * bytes that need no processing. Owned by the session, on its loop; {@link RawListen} and {@link RawDial} bring it about.
 */
public final class RawLeg extends OwnedLeg<RawSocket> implements RawSocket.Watcher {

    /** EPOLLONESHOT: what is there is reported once, and is not read before a relay does. */
    private static final int ONCE = 1 << 30;

    public RawLeg(LegEvents events) {
        super(events);
    }

    /** The data connection is there. Nothing is asked of it now, and nothing read. */
    void connected(RawSocket connected, InetSocketAddress local, InetSocketAddress remote) {
        isConnected(connected);
        connected.watch(this);
        events().connected(local, remote);
    }

    @Override
    public void watch() {
        RawSocket connected = socket();
        if (connected == null || opening()) {
            return;
        }
        try {
            connected.ask(EpollIoOps.EPOLLIN.value() | EpollIoOps.EPOLLRDHUP.value() | ONCE);
        } catch (IOException e) {
            events().readable(); // The relay finds what is wrong.
        }
    }

    /** Returns the socket to the relay that owns it from now on. */
    public RawSocket handOver() {
        return release();
    }

    /** Makes a channel of a socket whose bytes must be seen after all; it is not registered yet. */
    public static SocketChannel wrap(RawSocket socket) {
        EpollSocketChannel channel = new EpollSocketChannel(socket.release());
        DataSockets.prepare(channel);
        return channel;
    }

    /** What is there, an error too, is found again by the relay. */
    @Override
    public void onReady(EpollIoOps ready) {
        RawSocket watched = socket();
        if (watched != null) {
            watched.reportedOnce();
            events().readable();
        }
    }

    @Override
    public void onLoopEnd() {
        end(false);
    }

    @Override
    protected void end(RawSocket last, boolean inOrder) {
        if (inOrder) {
            last.closeInOrder();
        } else {
            last.abort();
        }
    }
}
