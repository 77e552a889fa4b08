package io.ftpalg.data.shared;

import io.ftpalg.data.channel.DataSockets;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One passive port that is open for all sessions. Which session a connection is for shows by its client address: of those of one address
 * only the first has been sent the port, and the others wait for their turn. A connection that no session waits for is cut.
 *
 * <p>Accepts on one event loop, which is not that of its sessions, and is used from all of them; guarded by its own lock, in which
 * nothing is called that could call back.
 */
final class SharedPort extends ChannelInboundHandlerAdapter {
    private static final Logger logger = LoggerFactory.getLogger(SharedPort.class);

    /** For the data connections of many sessions at once; the system has its own limit. */
    private static final int BACKLOG = 1024;

    private static final int OUT_OF_DESCRIPTORS_PAUSE_SECONDS = 1;
    /** How often it is looked whether a session has needed it since. */
    private static final int UNUSED_SECONDS = 60;

    private final InetSocketAddress local;
    private final EventLoop loop;
    private final Consumer<SharedPort> onClosed;
    private final Map<InetAddress, Deque<SharedListen>> waiting = new HashMap<>();
    private volatile @Nullable ServerSocketChannel listener;
    private State state = State.OPENING;
    private boolean used;

    private enum State {
        OPENING,
        OPEN,
        CLOSED
    }

    /**
     * Makes it; it is to be started.
     *
     * @param loop accepts
     * @param onClosed receives it when it is closed, or could not be opened, on whatever thread
     */
    SharedPort(InetSocketAddress local, EventLoop loop, Consumer<SharedPort> onClosed) {
        this.local = local;
        this.loop = loop;
        this.onClosed = onClosed;
    }

    InetSocketAddress local() {
        return local;
    }

    EventLoop loop() {
        return loop;
    }

    /** Opens it. On its loop. */
    void start(DataTransport transport) {
        ServerSocketChannel opening;
        try {
            opening = transport.listeners().newChannel();
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        listener = opening;
        opening.config().setReuseAddress(true).setBacklog(BACKLOG);
        opening.pipeline().addLast(this);
        loop.register(opening).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                opening.bind(local).addListener((ChannelFuture bound) -> onBound(bound.cause()));
            } else {
                fail(registered.cause());
            }
        });
        watchUse();
    }

    private void onBound(@Nullable Throwable failure) {
        if (failure != null) {
            fail(failure);
            return;
        }
        synchronized (this) {
            state = state == State.OPENING ? State.OPEN : state;
            if (state == State.OPEN) {
                waiting.values().forEach(queue -> queue.element().announce(local));
                return;
            }
        }
        close();
    }

    /** It could not be opened, or does not accept any more. */
    private void fail(Throwable cause) {
        List<SharedListen> left = end();
        onClosed.accept(this);
        left.forEach(each -> each.onNotOpened(SocketErrors.reason(cause)));
        closeListener();
    }

    private synchronized List<SharedListen> end() {
        state = State.CLOSED;
        List<SharedListen> left = new ArrayList<>();
        waiting.values().forEach(left::addAll);
        waiting.clear();
        return left;
    }

    /** Closes it; those that wait fail. From any thread. */
    void close() {
        fail(new IllegalStateException("the port was closed"));
    }

    private void closeListener() {
        ServerSocketChannel closing = listener;
        if (closing != null) {
            // From any thread; one whose loop has ended is closed already.
            var unused = closing.close();
        }
    }

    private void watchUse() {
        var unused = loop.schedule(this::closeUnlessUsed, UNUSED_SECONDS, TimeUnit.SECONDS);
    }

    /** Closes it if no session waits and none has since the last look. On its loop. */
    void closeUnlessUsed() {
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            if (used || !waiting.isEmpty()) {
                used = false;
                watchUse();
                return;
            }
            state = State.CLOSED;
        }
        close();
    }

    // ---- the sessions

    /** Returns how many sessions of this client address wait. */
    synchronized int waiting(InetAddress peer) {
        Deque<SharedListen> queue = waiting.get(IpLiteral.canonical(peer));
        return queue == null ? 0 : queue.size();
    }

    /** Waits for the connection of a session's client; returns false if the port is closed. */
    synchronized boolean add(SharedListen joining) {
        if (state == State.CLOSED || loop.isShuttingDown()) {
            return false;
        }
        used = true;
        joining.joined(this);
        Deque<SharedListen> queue = waiting.computeIfAbsent(joining.peer(), peer -> new ArrayDeque<>());
        queue.add(joining);
        if (state == State.OPEN && queue.size() == 1) {
            joining.announce(local);
        }
        return true;
    }

    /** A session waits no more; the next one of its client address is next. */
    synchronized void remove(SharedListen leaving) {
        Deque<SharedListen> queue = waiting.get(leaving.peer());
        if (queue == null) {
            return;
        }
        boolean first = queue.peek() == leaving;
        queue.remove(leaving);
        if (queue.isEmpty()) {
            waiting.remove(leaving.peer());
        } else if (first && state == State.OPEN) {
            queue.element().announce(local);
        }
    }

    /** Returns the session that a connection is for, which waits no more; one of that very address, or else one that admits it. */
    private synchronized Optional<SharedListen> match(InetSocketAddress remote) {
        Deque<SharedListen> own = waiting.get(IpLiteral.canonical(remote.getAddress()));
        Optional<SharedListen> found = own != null && own.element().admits(remote)
                ? Optional.of(own.element())
                : waiting.values().stream()
                        .map(Deque::element)
                        .filter(first -> first.admits(remote))
                        .findFirst();
        found.ifPresent(this::remove);
        return found;
    }

    // ---- the listening socket

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        SocketChannel socket = (SocketChannel) msg;
        InetSocketAddress remote = socket.remoteAddress();
        Optional<SharedListen> session = remote == null ? Optional.empty() : match(remote);
        if (session.isPresent()) {
            session.get().arrive(socket, local, remote);
        } else {
            logger.debug("no session waits for a connection from {} to the shared port {}", remote, local);
            DataSockets.refuse(socket);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close();
    }

    /** Out of descriptors: accepting again at once would spin. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().config().setAutoRead(false);
        var unused = loop.schedule(
                () -> ctx.channel().config().setAutoRead(true), OUT_OF_DESCRIPTORS_PAUSE_SECONDS, TimeUnit.SECONDS);
    }
}
