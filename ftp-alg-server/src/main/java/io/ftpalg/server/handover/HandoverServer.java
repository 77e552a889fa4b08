package io.ftpalg.server.handover;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.ftpalg.server.files.SocketFile;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits at a Unix domain socket for a process that replaces this one. Only the user of this process, and root, may connect (mode 0600).
 * Opened and closed by the main thread; serves on a thread of its own.
 */
public final class HandoverServer implements AutoCloseable {
    /** A new process may take long between its messages: it starts routers and reads certificates. */
    private static final int SILENCE_SECONDS = 120;

    /** The program that may be replaced. */
    public interface Running {
        /** Returns the descriptors of its listening sockets, which stay its own; on the thread of the handover. */
        List<Integer> descriptors();

        /** Listens no more, since another process does. On the thread of the handover, which it may block; called once. */
        void release();
    }

    private final EventLoopGroup loop;
    private final Channel channel;
    private final SocketFile file;

    private HandoverServer(EventLoopGroup loop, Channel channel, SocketFile file) {
        this.loop = loop;
        this.channel = channel;
        this.file = file;
    }

    /** Opens the socket, and waits until it is open. */
    public static HandoverServer open(Path path, Running running) throws HandoverException, InterruptedException {
        if (!Epoll.isAvailable()) {
            throw new HandoverException("handover needs epoll: leave handover out of the config");
        }
        EventLoopGroup loop = FtpAlg.newEventLoops(TransportType.EPOLL, 1, new DefaultThreadFactory("handover", true));
        try {
            SocketFile file = SocketFile.prepare(path);
            try {
                Channel channel = bind(loop, file, running);
                file.publish(false);
                return new HandoverServer(loop, channel, file);
            } catch (IOException | InterruptedException e) {
                file.remove();
                throw e;
            }
        } catch (IOException e) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new HandoverException("cannot open handover.socket " + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static Channel bind(EventLoopGroup loop, SocketFile file, Running running)
            throws IOException, InterruptedException {
        HandoverTurns turns = new HandoverTurns(running);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        new ReadTimeoutHandler(SILENCE_SECONDS),
                                        new LineBasedFrameDecoder(HandoverMessages.LONGEST_LINE, true, true),
                                        new StringDecoder(StandardCharsets.US_ASCII),
                                        new HandoverHandler(turns));
                    }
                })
                .bind(new DomainSocketAddress(file.bindAddress().getPath().toFile()))
                .await();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException io ? io : new IOException(bound.cause());
        }
        return bound.channel();
    }

    /** Listens no more, and removes the file, unless another process has made one of that name. A connection that is served continues. */
    public void stopListening() {
        channel.close().awaitUninterruptibly();
        file.remove();
    }

    @Override
    public void close() {
        stopListening();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
