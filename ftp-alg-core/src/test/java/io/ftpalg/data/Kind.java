package io.ftpalg.data;

import io.ftpalg.data.epoll.PersistentEpollRegistration;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.IoUringReads;
import io.ftpalg.data.leg.ShutdownIoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The transports that the tests of this package run on, where the machine has them. */
public enum Kind {
    NIO(
            () -> true,
            () -> ShutdownIoHandler.around(NioIoHandler.newFactory()),
            new DataTransport(NioSocketChannel::new, NioServerSocketChannel::new)),
    EPOLL(
            Epoll::isAvailable,
            PersistentEpollRegistration::newFactory,
            new DataTransport(EpollSocketChannel::new, EpollServerSocketChannel::new)),
    SPLICE(
            Epoll::isAvailable,
            PersistentEpollRegistration::newFactory,
            new DataTransport(EpollSocketChannel::new, EpollServerSocketChannel::new)),
    IO_URING(
            IoUring::isAvailable,
            IoUringReads::newFactory,
            new DataTransport(IoUringSocketChannel::new, IoUringServerSocketChannel::new));

    private final BooleanSupplier available;
    private final Supplier<IoHandlerFactory> handlers;
    private final DataTransport transport;

    Kind(BooleanSupplier available, Supplier<IoHandlerFactory> handlers, DataTransport transport) {
        this.available = available;
        this.handlers = handlers;
        this.transport = transport;
    }

    public IoHandlerFactory handlers() {
        return handlers.get();
    }

    public DataTransport transport() {
        return transport;
    }

    public static List<Kind> available() {
        return Arrays.stream(values())
                .filter(kind -> kind.available.getAsBoolean())
                .toList();
    }
}
