package io.ftpalg.control.net;

import io.ftpalg.data.epoll.PersistentEpollRegistration;
import io.ftpalg.data.leg.IoUringReads;
import io.ftpalg.data.leg.ShutdownIoHandler;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.policy.TransportType;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueIoHandle;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A system interface for sockets: how its event loops work, and which channels run on them. One value for each, made once.
 */
public enum Transport {
    /** Linux epoll. */
    EPOLL(
            TransportType.EPOLL,
            EpollIoHandle.class,
            Epoll::unavailabilityCause,
            PersistentEpollRegistration::newFactory,
            EpollSocketChannel::new,
            EpollServerSocketChannel::new,
            EpollServerSocketChannel::new,
            EpollDatagramChannel::new),
    /** Linux io_uring. */
    IO_URING(
            TransportType.IO_URING,
            IoUringIoHandle.class,
            IoUring::unavailabilityCause,
            IoUringReads::newFactory,
            IoUringSocketChannel::new,
            IoUringServerSocketChannel::new,
            IoUringServerSocketChannel::new,
            IoUringDatagramChannel::new),
    /** kqueue of macOS and BSD. */
    KQUEUE(
            TransportType.KQUEUE,
            KQueueIoHandle.class,
            KQueue::unavailabilityCause,
            () -> ShutdownIoHandler.around(KQueueIoHandler.newFactory()),
            KQueueSocketChannel::new,
            KQueueServerSocketChannel::new,
            KQueueServerSocketChannel::new,
            KQueueDatagramChannel::new),
    /** The JDK's selector. */
    NIO(
            TransportType.NIO,
            NioIoHandle.class,
            () -> null,
            () -> ShutdownIoHandler.around(NioIoHandler.newFactory()),
            UrgentNioSocketChannel::new,
            UrgentNioServerSocketChannel::new,
            NioServerSocketChannel::new,
            NioDatagramChannel::new);

    private static final int KEEP_IDLE_SECONDS = 60;
    private static final int KEEP_INTERVAL_SECONDS = 15;
    private static final int KEEP_COUNT = 4;

    // Linux
    private static final int SOL_SOCKET = 1;
    private static final int SO_KEEPALIVE = 9;
    private static final int SO_OOBINLINE = 10;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_KEEPCNT = 6;

    private final TransportType type;
    private final Class<? extends IoHandle> handles;
    private final Supplier<@Nullable Throwable> unavailability;
    private final Supplier<IoHandlerFactory> loops;
    private final ChannelFactory<SocketChannel> controlSockets;
    private final ChannelFactory<ServerSocketChannel> controlListeners;
    private final ChannelFactory<ServerSocketChannel> dataListeners;
    private final ChannelFactory<DatagramChannel> datagrams;

    Transport(
            TransportType type,
            Class<? extends IoHandle> handles,
            Supplier<@Nullable Throwable> unavailability,
            Supplier<IoHandlerFactory> loops,
            ChannelFactory<SocketChannel> controlSockets,
            ChannelFactory<ServerSocketChannel> controlListeners,
            ChannelFactory<ServerSocketChannel> dataListeners,
            ChannelFactory<DatagramChannel> datagrams) {
        this.type = type;
        this.handles = handles;
        this.unavailability = unavailability;
        this.loops = loops;
        this.controlSockets = controlSockets;
        this.controlListeners = controlListeners;
        this.dataListeners = dataListeners;
        this.datagrams = datagrams;
    }

    /**
     * Returns the transport of this type, the best one for {@link TransportType#AUTO}.
     *
     * @throws IllegalArgumentException if this machine does not have it; the message has the reason
     */
    public static Transport of(TransportType type) {
        if (type == TransportType.AUTO) {
            return List.of(EPOLL, KQUEUE, NIO).stream()
                    .filter(t -> t.unavailability.get() == null)
                    .findFirst()
                    .orElse(NIO);
        }
        Transport transport = List.of(values()).stream()
                .filter(t -> t.type == type)
                .findFirst()
                .orElseThrow();
        Throwable cause = transport.unavailability.get();
        if (cause != null) {
            throw new IllegalArgumentException(
                    "transport " + type + " is not available here: " + SocketErrors.rootMessage(cause), cause);
        }
        return transport;
    }

    /**
     * Returns the transport that this group of event loops drives.
     *
     * @throws IllegalArgumentException if it is none of these, or another epoll than that of {@link #loops()}, which breaks data connections
     *     ({@link PersistentEpollRegistration})
     */
    public static Transport of(IoEventLoopGroup group) {
        Transport driven = List.of(values()).stream()
                .filter(t -> group.isCompatible(t.handles))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("these event loops drive no transport known here"));
        if (driven == EPOLL && !group.isIoType(PersistentEpollRegistration.class)) {
            throw new IllegalArgumentException(
                    "eventLoops made with EpollIoHandler.newFactory(), or with a handler around it, break data connections whose"
                            + " peer closes first (a defect of Netty 4.2): make them with FtpAlg.newEventLoops(TransportType.EPOLL)");
        }
        return driven;
    }

    /** Returns new event loops of this transport, one for each processor; the caller shuts them down. */
    public IoEventLoopGroup newEventLoops() {
        return newEventLoops(Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("ftp-alg"));
    }

    /** Returns so many new event loops of this transport; the caller shuts them down. */
    public IoEventLoopGroup newEventLoops(int threads, ThreadFactory factory) {
        return new MultiThreadIoEventLoopGroup(threads, factory, loops());
    }

    /** Returns what makes event loops of this transport. */
    public IoHandlerFactory loops() {
        return loops.get();
    }

    /** Returns what makes the sockets of control connections that are dialled, for an address of this family. */
    public ChannelFactory<SocketChannel> controlSockets(InetAddress family) {
        return this == EPOLL && family instanceof Inet4Address
                ? () -> new EpollSocketChannel(SocketProtocolFamily.INET)
                : controlSockets;
    }

    /** Returns what makes the listening sockets of control connections. */
    public ChannelFactory<ServerSocketChannel> controlListeners() {
        return controlListeners;
    }

    /** Returns what makes the sockets of data connections that are dialled. */
    public ChannelFactory<SocketChannel> dataSockets() {
        return this == NIO ? NioSocketChannel::new : controlSockets;
    }

    /** Returns what makes the listening sockets of data connections. */
    public ChannelFactory<ServerSocketChannel> dataListeners() {
        return dataListeners;
    }

    /** Returns what makes the sockets of DNS queries. */
    public ChannelFactory<DatagramChannel> datagrams() {
        return datagrams;
    }

    /**
     * Gives the control connections that this bootstrap will accept their options. Linux copies them from the listener, so
     * that they cost no system call for each connection; elsewhere some would be lost.
     */
    public void prepare(ServerBootstrap bootstrap) {
        if (this == EPOLL || this == IO_URING) {
            bootstrap
                    .option(new IntegerUnixChannelOption("SO_OOBINLINE", SOL_SOCKET, SO_OOBINLINE), 1)
                    .option(new IntegerUnixChannelOption("SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE), 1)
                    .option(new IntegerUnixChannelOption("TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY), 1)
                    .option(new IntegerUnixChannelOption("TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE), KEEP_IDLE_SECONDS)
                    .option(
                            new IntegerUnixChannelOption("TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL),
                            KEEP_INTERVAL_SECONDS)
                    .option(new IntegerUnixChannelOption("TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT), KEEP_COUNT);
        } else {
            bootstrap.childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true);
            controlOptions().forEach((option, value) -> setChildOption(bootstrap, option, value));
        }
    }

    @SuppressWarnings("unchecked") // each option is paired with a value of its type
    private static <V> void setChildOption(ServerBootstrap bootstrap, ChannelOption<V> option, Object value) {
        bootstrap.childOption(option, (V) value);
    }

    /** Returns this time for {@link ChannelOption#CONNECT_TIMEOUT_MILLIS}, which is at least 1 and has no more than an int: 24 days. */
    public static int connectMillis(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    /**
     * Returns the options of a control connection: urgent data stays in the stream (Netty drops the urgent byte of an ABOR
     * otherwise), and keep-alive is quick enough for firewalls that drop an idle control connection during a transfer.
     */
    public Map<ChannelOption<?>, Object> controlOptions() {
        return switch (this) {
            case EPOLL ->
                Map.of(
                        new IntegerUnixChannelOption("SO_OOBINLINE", SOL_SOCKET, SO_OOBINLINE),
                        1,
                        EpollChannelOption.TCP_KEEPIDLE,
                        KEEP_IDLE_SECONDS,
                        EpollChannelOption.TCP_KEEPINTVL,
                        KEEP_INTERVAL_SECONDS,
                        EpollChannelOption.TCP_KEEPCNT,
                        KEEP_COUNT);
            case IO_URING ->
                Map.of(
                        new IntegerUnixChannelOption("SO_OOBINLINE", SOL_SOCKET, SO_OOBINLINE),
                        1,
                        IoUringChannelOption.TCP_KEEPIDLE,
                        KEEP_IDLE_SECONDS,
                        IoUringChannelOption.TCP_KEEPINTVL,
                        KEEP_INTERVAL_SECONDS,
                        IoUringChannelOption.TCP_KEEPCNT,
                        KEEP_COUNT);
            case KQUEUE -> Map.of(new IntegerUnixChannelOption("SO_OOBINLINE", 0xFFFF, 0x100), 1);
            case NIO ->
                Map.of(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEP_IDLE_SECONDS,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEP_INTERVAL_SECONDS,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEP_COUNT);
        };
    }

    /** Gives the options of a control connection to a channel of this transport that another server has accepted. */
    public void adopt(SocketChannel client) {
        try {
            client.config()
                    .setAllowHalfClosure(true)
                    .setSoLinger(-1)
                    .setTcpNoDelay(true)
                    .setKeepAlive(true);
            client.config().setOptions(controlOptions());
            if (this == NIO) {
                UrgentNioSocketChannel.INLINE.ifPresent(
                        option -> client.config().setOption(option, true));
            }
        } catch (ChannelException e) {
            // The peer is gone already; the first read tells so.
        }
    }

    /** Returns whether a read returns what is there, or that nothing is; where it waits for bytes, reading until empty is impossible. */
    public boolean readsWhatIsThere() {
        return this != IO_URING;
    }

    /** Returns the name as people write it. */
    public String label() {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
