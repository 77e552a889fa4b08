package io.ftpalg.control.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection whose other end is in this process too, on the same event loop: it behaves like one of TCP, without a
 * socket. A write is done when the other end has asked for it by a read, so that an end which does not read is written no more than
 * waits to be written. An end that closes with SO_LINGER 0 resets the other.
 */
public final class InProcessChannel extends AbstractChannel implements SocketChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    /** What one read brings, and one message more. */
    private static final int MOST_A_READ = 64 << 10;

    private final SocketChannelConfig config = new InProcessConfig(this);
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Queue<ByteBuf> arrived = new ArrayDeque<>();
    private @Nullable InProcessChannel other;
    private int arrivedBytes;
    private boolean reading;
    private boolean scheduled;
    private boolean closed;
    private boolean inputShut;
    private boolean outputShut;

    private InProcessChannel(InetSocketAddress local, InetSocketAddress remote) {
        super(null);
        this.local = local;
        this.remote = remote;
    }

    /** Returns one end of a new connection, whose addresses mean nothing to the system; {@link #other} is the other one. */
    public static InProcessChannel connect(InetSocketAddress local, InetSocketAddress remote) {
        InProcessChannel one = new InProcessChannel(local, remote);
        one.other = new InProcessChannel(remote, local);
        one.other.other = one;
        return one;
    }

    /** Returns the other end. */
    public InProcessChannel other() {
        return Objects.requireNonNull(other);
    }

    /** Ends it so that the other end sees a failure. */
    public void abort() {
        config.setSoLinger(0);
        close();
    }

    // ---- bytes

    @Override
    protected void doBeginRead() {
        reading = true;
        later();
    }

    /** In the loop's next turn, since the handlers of one end may write to the other. */
    private void later() {
        if (scheduled || !isRegistered()) {
            return;
        }
        scheduled = true;
        try {
            eventLoop().execute(this::receive);
        } catch (RejectedExecutionException e) {
            // The loop has ended.
            close();
        }
    }

    private void receive() {
        scheduled = false;
        if (closed || !reading) {
            return;
        }
        if (other().isRegistered()) {
            other().resume();
        }
        if (!arrived.isEmpty()) {
            reading = false;
            arrivedBytes = 0;
            for (int left = arrived.size(); left > 0 && !closed; left--) {
                pipeline().fireChannelRead(arrived.remove());
            }
            pipeline().fireChannelReadComplete();
        } else if (!inputShut && (other().outputShut || other().closed)) {
            reading = false;
            inputShut = true;
            if (config.isAllowHalfClosure()) {
                pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            } else {
                close();
            }
        }
    }

    private void resume() {
        ((End) unsafe()).resume();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        InProcessChannel to = other();
        if (to.closed) {
            throw new ClosedChannelException();
        }
        for (ByteBuf next = (ByteBuf) out.current(); next != null; next = (ByteBuf) out.current()) {
            if (next.isReadable()) {
                if (!to.reading || to.arrivedBytes >= MOST_A_READ) {
                    return;
                }
                to.arrived.add(next.retain());
                to.arrivedBytes += next.readableBytes();
                to.later();
            }
            out.remove();
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("bytes only, not " + message.getClass());
    }

    // ---- ends

    @Override
    protected void doShutdownOutput() {
        outputShut = true;
        other().later();
    }

    @Override
    protected void doClose() {
        if (closed) {
            return;
        }
        closed = true;
        arrived.forEach(ByteBuf::release);
        arrived.clear();
        InProcessChannel to = other();
        if (to.closed || !to.isRegistered()) {
            return;
        }
        if (config.getSoLinger() == 0) {
            try {
                to.eventLoop().execute(to::reset);
            } catch (RejectedExecutionException e) {
                to.close();
            }
        } else {
            to.later();
        }
    }

    private void reset() {
        if (!closed) {
            pipeline().fireExceptionCaught(new IOException("connection reset in this process"));
            close();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShut || closed;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShut || closed;
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((End) unsafe()).shutdownOutput(promise);
        return promise;
    }

    /** What still comes is discarded by whoever reads. */
    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        inputShut = true;
        return promise.setSuccess();
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        inputShut = true;
        return shutdownOutput(promise);
    }

    // ---- what a channel has

    @Override
    public SocketChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public @Nullable ServerSocketChannel parent() {
        return null;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new End();
    }

    private final class End extends AbstractUnsafe {
        /** Writes what was flushed before, and nothing else. */
        void resume() {
            flush0();
        }

        @Override
        public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException());
        }
    }
}
