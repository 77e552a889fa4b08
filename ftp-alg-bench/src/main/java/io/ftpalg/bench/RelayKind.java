package io.ftpalg.bench;

import io.ftpalg.data.epoll.PersistentEpollRegistration;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.IoUringReads;
import io.ftpalg.data.leg.ShutdownIoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.function.Supplier;

/** A way to move bytes: a system interface, with or without copying. A name of one is a parameter of the benchmark. */
public enum RelayKind {
    /** Epoll, bytes through a pipe of the kernel. */
    EPOLL_SPLICE(
            true,
            PersistentEpollRegistration::newFactory,
            new DataTransport(EpollSocketChannel::new, EpollServerSocketChannel::new)),
    /** Epoll, bytes through buffers. */
    EPOLL_BUFFER(
            false,
            PersistentEpollRegistration::newFactory,
            new DataTransport(EpollSocketChannel::new, EpollServerSocketChannel::new)),
    /** The system interface io_uring, bytes through buffers. */
    IO_URING_BUFFER(
            false,
            IoUringReads::newFactory,
            new DataTransport(IoUringSocketChannel::new, IoUringServerSocketChannel::new)),
    /** The JDK's selector, bytes through buffers. */
    NIO_BUFFER(
            false,
            () -> ShutdownIoHandler.around(NioIoHandler.newFactory()),
            new DataTransport(NioSocketChannel::new, NioServerSocketChannel::new));

    private final boolean zeroCopy;
    private final Supplier<IoHandlerFactory> loops;
    private final DataTransport transport;

    RelayKind(boolean zeroCopy, Supplier<IoHandlerFactory> loops, DataTransport transport) {
        this.zeroCopy = zeroCopy;
        this.loops = loops;
        this.transport = transport;
    }

    boolean zeroCopy() {
        return zeroCopy;
    }

    IoHandlerFactory loops() {
        return loops.get();
    }

    DataTransport transport() {
        return transport;
    }
}
