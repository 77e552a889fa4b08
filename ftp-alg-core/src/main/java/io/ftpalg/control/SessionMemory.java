package io.ftpalg.control;

import io.ftpalg.codec.FtpLineDecoder;
import io.ftpalg.control.server.ServerControl;
import io.ftpalg.control.shared.ControlMemory;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.tls.TlsRecordBytes;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.FtpSession;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the control connections of one session hold, measured after each read and each flush; a client whose session holds too
 * much of the {@link ControlMemory} is not read until others have given some back. Owned by the driver, on its loop.
 */
final class SessionMemory {
    private static final int HUNDRED_PERCENT = 100;
    /** How often a client that is not read is checked again. */
    private static final long LOOK_AGAIN = 100;

    private final SocketChannel client;
    private final ServerControl server;
    private final FtpSession session;
    private final ControlReads reads;
    private final Consumer<Runnable> later;
    private final ControlMemory.Account account;
    private final long limit;
    private int reply;
    private boolean looking;
    private boolean closed;

    /**
     * Makes it.
     *
     * @param later runs an event of the session in a later turn of its loop, from any thread
     */
    SessionMemory(
            Gateway gateway,
            SocketChannel client,
            ServerControl server,
            FtpSession session,
            ControlReads reads,
            Consumer<Runnable> later) {
        this.client = client;
        this.server = server;
        this.session = session;
        this.reads = reads;
        this.later = later;
        this.account = gateway.sessions().memory().open(this::closeSession);
        this.limit = Runtime.getRuntime().maxMemory()
                / HUNDRED_PERCENT
                * gateway.limits().controlMemory();
    }

    /** A line of a reply came, which the session may keep until the reply ends. */
    void onServerLine(ReplyLine line) {
        reply = line.ends() ? 0 : reply + line.text().length();
    }

    /** Counts what is held now. */
    void measure() {
        if (closed) {
            return;
        }
        boolean readable = account.set(held(), limit);
        reads.slow(!readable);
        if (!readable && !looking) {
            looking = true;
            client.eventLoop().schedule(this::lookAgain, LOOK_AGAIN, TimeUnit.MILLISECONDS);
        }
    }

    private void lookAgain() {
        looking = false;
        measure();
    }

    private int held() {
        SocketChannel connected = server.channel();
        int both = held(client) + (connected == null ? 0 : held(connected));
        return both + session.held() + reply;
    }

    private static int held(Channel channel) {
        FtpLineDecoder decoder = channel.pipeline().get(FtpLineDecoder.class);
        TlsRecordBytes record = channel.pipeline().get(TlsRecordBytes.class);
        return waiting(channel.unsafe().outboundBuffer())
                + (decoder == null ? 0 : decoder.held())
                + (record == null ? 0 : record.held());
    }

    private static int waiting(@Nullable ChannelOutboundBuffer buffer) {
        return buffer == null ? 0 : (int) Math.min(buffer.totalPendingWriteBytes(), Integer.MAX_VALUE / 4);
    }

    /** Ends the session because of what it holds; from any thread. What a client does not read is not kept. */
    private void closeSession() {
        later.accept(() -> {
            boolean stalled = !client.isWritable();
            session.onControlMemoryExceeded();
            if (stalled) {
                client.close();
            }
        });
    }

    /** The connections are closed. */
    void close() {
        closed = true;
        account.close();
    }
}
