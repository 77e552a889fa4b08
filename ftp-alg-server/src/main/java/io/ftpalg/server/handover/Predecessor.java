package io.ftpalg.server.handover;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The running process that this one replaces, as seen from the new one: first its listening sockets are received, and when this process
 * listens on them, {@link #release} lets the other one listen no more. Closed before that, nothing has changed. Used by the main
 * thread, which it blocks.
 */
public final class Predecessor implements AutoCloseable {
    /** The other process replies at once, except to the last message: it closes its listeners first. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path path;
    private final EventLoopGroup loop;
    private final Channel channel;
    private final BlockingQueue<Object> received;
    private final List<Integer> descriptors = new ArrayList<>();

    private Predecessor(Path path, EventLoopGroup loop, Channel channel, BlockingQueue<Object> received) {
        this.path = path;
        this.loop = loop;
        this.channel = channel;
        this.received = received;
    }

    /**
     * Returns the process that listens at this Unix domain socket, with its listening sockets; nothing if there is none.
     *
     * @throws HandoverException if there is one and it does not give them
     */
    public static Optional<Predecessor> find(Path path) throws HandoverException, InterruptedException {
        if (!Epoll.isAvailable()) {
            throw new HandoverException("handover needs epoll: leave handover out of the config");
        }
        EventLoopGroup loop = FtpAlg.newEventLoops(TransportType.EPOLL, 1, new DefaultThreadFactory("handover", true));
        BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(EpollDomainSocketChannel.class)
                .handler(new Receiver(received))
                .connect(new DomainSocketAddress(path.toFile()))
                .await();
        if (!connected.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            if (isAbsent(connected.cause())) {
                return Optional.empty();
            }
            throw new HandoverException(
                    "cannot connect to handover.socket " + path + ": "
                            + connected.cause().getMessage(),
                    connected.cause());
        }
        Predecessor found = new Predecessor(path, loop, connected.channel(), received);
        try {
            found.receive();
            return Optional.of(found);
        } catch (HandoverException | InterruptedException | RuntimeException e) {
            found.close();
            throw e;
        }
    }

    /** A file that an ended process left behind, or none. */
    private static boolean isAbsent(Throwable failure) {
        return failure instanceof FileNotFoundException || failure instanceof ConnectException;
    }

    private void receive() throws HandoverException, InterruptedException {
        HandoverMessages.write(channel, HandoverMessages.HELLO);
        int count = count(line());
        mode(DomainSocketReadMode.FILE_DESCRIPTORS);
        HandoverMessages.write(channel, HandoverMessages.SEND);
        for (int i = 0; i < count; i++) {
            if (!(next() instanceof FileDescriptor descriptor)) {
                throw unexpected("no descriptor");
            }
            descriptors.add(descriptor.intValue());
        }
        mode(DomainSocketReadMode.BYTES);
    }

    private int count(String line) throws HandoverException {
        if (line.startsWith(HandoverMessages.REFUSED)) {
            throw new HandoverException("the running process at " + path + " cannot be replaced: "
                    + line.substring(HandoverMessages.REFUSED.length()));
        }
        if (!line.matches(HandoverMessages.SOCKETS + "[0-9]{1,4}")) {
            throw unexpected(line);
        }
        int count = Integer.parseInt(line.substring(HandoverMessages.SOCKETS.length()));
        if (count > HandoverMessages.MOST_SOCKETS) {
            throw unexpected(line);
        }
        return count;
    }

    private void mode(DomainSocketReadMode mode) {
        ((EpollDomainSocketChannel) channel).config().setReadMode(mode);
    }

    /** Returns the descriptors of its listening sockets, which are the caller's. */
    public List<Integer> descriptors() {
        return List.copyOf(descriptors);
    }

    /** Lets the other process listen no more, and waits until it does: its sessions continue, and it ends with the last of them. */
    public void release() throws HandoverException, InterruptedException {
        HandoverMessages.write(channel, HandoverMessages.TAKEN);
        String line = line();
        if (!line.equals(HandoverMessages.RELEASED)) {
            throw unexpected(line);
        }
    }

    private String line() throws HandoverException, InterruptedException {
        StringBuilder line = new StringBuilder();
        while (line.length() <= HandoverMessages.LONGEST_LINE) {
            if (!(next() instanceof String text)) {
                throw unexpected("a descriptor");
            }
            line.append(text);
            if (text.endsWith("\n")) {
                return line.substring(0, line.length() - 1);
            }
        }
        throw unexpected("a line that does not end");
    }

    private Object next() throws HandoverException, InterruptedException {
        Object message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null || message instanceof End) {
            throw new HandoverException("the running process at " + path
                    + (message == null ? " does not reply" : " has closed the connection")
                    + ": look at its log, or stop it first");
        }
        return message;
    }

    private HandoverException unexpected(String what) {
        return new HandoverException("the process at " + path + " does not follow the handover protocol (received "
                + what + "): stop it first, or give another handover.socket");
    }

    /** Ends the connection; descriptors that were received stay open. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private enum End {
        CLOSED
    }

    /** Keeps what arrives for the main thread: lines and descriptors of a process that waits for each next message of this one. */
    private static final class Receiver extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Object> received;

        Receiver(BlockingQueue<Object> received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof ByteBuf bytes) {
                received.add(bytes.toString(StandardCharsets.US_ASCII));
                bytes.release();
            } else if (msg instanceof FileDescriptor) {
                received.add(msg);
            } else {
                ReferenceCountUtil.release(msg);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            received.add(End.CLOSED);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof IOException) {
                received.add(End.CLOSED);
            }
            ctx.close();
        }
    }
}
