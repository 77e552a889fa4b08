package io.ftpalg.control;

import io.ftpalg.control.server.ServerControl;
import io.netty.channel.Channel;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;

/**
 * Which of a session's control connections are read: a peer that does not read what waits for it stops whatever makes the
 * gateway write to it. Replies come of the client's commands and of the server's replies, commands of the client's alone.
 * Owned by the driver, on the session's loop.
 */
final class ControlReads {
    /** Below this part of the limit a connection counts as read again. */
    private static final int LOW_WATER_PART = 4;

    /** Also bounds how many commands one read can bring beyond the pipelining limit. */
    static final int LARGEST_READ = 4 << 10;

    /** So that others have their turn, and little is written before it is flushed. */
    private static final int READS_IN_A_ROW = 4;

    static final RecvByteBufAllocator ALLOCATOR =
            new FixedRecvByteBufAllocator(LARGEST_READ).maxMessagesPerRead(READS_IN_A_ROW);

    private final SocketChannel client;
    private final ServerControl server;
    private boolean paused;
    private boolean slowed;
    private boolean ended;

    ControlReads(SocketChannel client, ServerControl server) {
        this.client = client;
        this.server = server;
    }

    /** Sets from how many waiting bytes a connection counts as not read. */
    static void limit(Channel channel, int bytes) {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(bytes / LOW_WATER_PART, bytes));
    }

    /** The session takes no more commands for now, or takes them again. */
    void pauseClient(boolean now) {
        paused = now;
        update();
    }

    /** The client holds too much memory to be read for now, or may be read again. */
    void slow(boolean now) {
        if (slowed != now) {
            slowed = now;
            update();
        }
    }

    /** Reads what may be read, until {@link #end()}. */
    void update() {
        if (ended) {
            return;
        }
        SocketChannel connected = server.channel();
        client.config()
                .setAutoRead(!paused && !slowed && isWritable(client) && (connected == null || isWritable(connected)));
        if (connected != null) {
            connected.config().setAutoRead(isWritable(client));
        }
    }

    /** What is sent to a closed channel is dropped at once: an upload continues without its client. */
    static boolean isWritable(Channel channel) {
        return channel.isWritable() || !channel.isActive();
    }

    /** Leaves the connections to their next owner. */
    void end() {
        ended = true;
    }
}
