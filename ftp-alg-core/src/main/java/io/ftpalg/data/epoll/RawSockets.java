package io.ftpalg.data.epoll;

import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Socket;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Makes the bare sockets of one event loop, and counts those that are open. On that loop only. */
public final class RawSockets {
    private final IoEventLoop loop;
    private int open;

    public RawSockets(IoEventLoop loop) {
        this.loop = loop;
    }

    IoEventLoop loop() {
        return loop;
    }

    /** Returns a new socket of the family of this address. */
    RawSocket open(InetAddress family) {
        return counted(LinuxSocket.newSocketStream(family instanceof Inet6Address));
    }

    /** Returns the socket of a connection that was accepted. */
    RawSocket accepted(int descriptor) {
        return counted(new Socket(descriptor));
    }

    /** Returns how many are open. */
    public int open() {
        return open;
    }

    private RawSocket counted(Socket socket) {
        open++;
        return new RawSocket(socket, loop, () -> open--);
    }
}
