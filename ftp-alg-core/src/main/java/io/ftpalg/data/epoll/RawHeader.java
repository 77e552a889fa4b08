package io.ftpalg.data.epoll;

import io.ftpalg.haproxy.ProxyHeader;
import io.ftpalg.haproxy.ProxyHeaderException;
import io.ftpalg.haproxy.ProxyHeaderReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the PROXY header of one accepted connection, and no byte behind it: those are the transfer's. Owned by the {@link RawListen}
 * that accepted it, on the session's loop, until the outcome, which comes once.
 */
final class RawHeader implements RawSocket.Watcher {
    private final RawSockets sockets;
    private final RawSocket socket;
    private final BiConsumer<RawHeader, Optional<ProxyHeader>> outcome;
    private final ProxyHeaderReader reader = new ProxyHeaderReader();
    private int received;
    private @Nullable Future<?> deadline;
    private boolean over;

    /**
     * Makes it, not begun.
     *
     * @param outcome receives the header, or nothing if there is none, or a broken one, or none in time
     */
    RawHeader(RawSockets sockets, RawSocket socket, BiConsumer<RawHeader, Optional<ProxyHeader>> outcome) {
        this.sockets = sockets;
        this.socket = socket;
        this.outcome = outcome;
    }

    RawSocket socket() {
        return socket;
    }

    void start(Duration timeout) throws IOException {
        socket.watch(this);
        socket.ask(EpollIoOps.EPOLLIN.value());
        deadline = sockets.loop().schedule(() -> end(Optional.empty()), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onReady(EpollIoOps ready) {
        ByteBuf piece = Unpooled.directBuffer(ProxyHeaderReader.MIN_BYTES, ProxyHeaderReader.MIN_BYTES);
        try {
            while (!over) {
                // Once so many are read that a header may be complete, each further byte may be the first behind it.
                int most = Math.max(1, ProxyHeaderReader.MIN_BYTES - received);
                ByteBuffer into = piece.clear().internalNioBuffer(0, most);
                int read = socket.socket().read(into, into.position(), into.position() + most);
                if (read == 0) {
                    return;
                }
                if (read < 0) {
                    end(Optional.empty());
                    return;
                }
                received += read;
                Optional<ProxyHeader> header = reader.read(piece.setIndex(0, read));
                if (header.isPresent()) {
                    end(header);
                }
            }
        } catch (IOException | ProxyHeaderException e) {
            end(Optional.empty());
        } finally {
            piece.release();
        }
    }

    @Override
    public void onLoopEnd() {
        cancel();
    }

    private void end(Optional<ProxyHeader> header) {
        if (!over) {
            cancel();
            socket.unwatch();
            outcome.accept(this, header);
        }
    }

    /** Ends the connection, without an outcome. */
    void abort() {
        cancel();
        socket.abort();
    }

    private void cancel() {
        over = true;
        reader.close();
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
