package io.ftpalg.data.epoll;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.Native;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Netty's epoll, but a descriptor stays registered while nothing is asked of it, and epoll is called for what has changed only
 * before the loop waits for events. The epoll event loops of the gateway must be made with this factory.
 *
 * <p>Netty 4.2.18 takes a descriptor out of epoll when a channel's last interest goes (netty/netty#16689), and then fails to modify it
 * (ENOENT, told as an exception on the channel). That is where a data connection is whose peer sent FIN while nothing was
 * read from it: the next read, or the next write that finds the socket full, would break a sound transfer.
 * Edge-triggered, so that a hang-up without interest is reported once and does not spin.
 *
 * <p>Between two waits an interest often changes several times (a connection that is made: three times), or the descriptor is
 * closed again (a short transfer that is over before the loop waits). What epoll did not have at the next wait costs no call. A
 * descriptor that epoll refuses is closed. On its loop; another thread's call is made there.
 *
 * <p>Channels are not notified of a FIN ({@link ChannelReads}).
 *
 * <p>Events of transfers are handled behind all others ({@link BulkEvents}).
 */
public final class PersistentEpollRegistration implements IoHandler {
    private static final Logger logger = LoggerFactory.getLogger(PersistentEpollRegistration.class);
    private static final EpollIoOps IDLE = EpollIoOps.valueOf(Native.EPOLLERR | Native.EPOLLET);
    /** EPOLLONESHOT: such an interest ends with its event, so that the same one is another again. */
    private static final int ONCE = 1 << 30;

    private final IoHandler epoll;
    private final ThreadAwareExecutor loop;
    private final Queue<Registration> changed = new ArrayDeque<>();
    private final BulkEvents bulk = new BulkEvents();

    PersistentEpollRegistration(IoHandler epoll, ThreadAwareExecutor loop) {
        this.epoll = epoll;
        this.loop = loop;
    }

    /** Returns the factory for an event loop group; epoll must be available. */
    public static IoHandlerFactory newFactory() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return executor -> new PersistentEpollRegistration(epoll.newHandler(executor), executor);
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        applyChanges();
        int handled = epoll.run(bulk.context(context));
        return handled + bulk.handleSome();
    }

    private void applyChanges() {
        for (Registration next = changed.poll(); next != null; next = changed.poll()) {
            next.apply();
        }
    }

    @Override
    public void prepareToDestroy() {
        // It closes what it has.
        applyChanges();
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        // A loop that is stopped while it is awake skips this step (Netty 4.2.18), and leaves its sockets open.
        prepareToDestroy();
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        if (handle instanceof BulkHandle some) {
            return new Registration(bulk.behindOthers(some));
        }
        if (handle instanceof Channel.Unsafe && handle instanceof EpollIoHandle some) {
            return new Registration(new ChannelReads(some));
        }
        return handle instanceof EpollIoHandle some ? new Registration(some) : epoll.register(handle);
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    /** What a handle asks of epoll, and what epoll has of that. */
    private final class Registration implements IoRegistration {
        private final EpollIoHandle handle;
        private @Nullable IoRegistration registration;
        private EpollIoOps wanted = EpollIoOps.NONE;
        private EpollIoOps applied = EpollIoOps.NONE;
        private boolean waiting;
        private boolean cancelled;

        Registration(EpollIoHandle handle) {
            this.handle = handle;
        }

        /** Netty asks for it when it writes, which may be before epoll has the descriptor. */
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // The interface has it so.
        public <T> T attachment() {
            try {
                return added().attachment();
            } catch (Exception e) {
                throw new IllegalStateException("not registered", e);
            }
        }

        private IoRegistration added() throws Exception {
            if (registration == null) {
                registration = epoll.register(handle);
            }
            return registration;
        }

        @Override
        public long submit(IoOps ops) {
            EpollIoOps asked = handle instanceof ChannelReads ? ChannelReads.asked((EpollIoOps) ops) : (EpollIoOps) ops;
            EpollIoOps next = EpollIoOps.NONE.equals(asked) ? IDLE : asked;
            if (!loop.isExecutorThread(Thread.currentThread())) {
                loop.execute(() -> submit(next));
                return next.value();
            }
            if (cancelled) {
                return -1;
            }
            wanted = next;
            if (!waiting) {
                waiting = true;
                changed.add(this);
            }
            return next.value();
        }

        void apply() {
            waiting = false;
            if (cancelled || !handle.fd().isOpen() || wanted.equals(applied) && !endsByItself(wanted)) {
                return;
            }
            try {
                added().submit(wanted);
                applied = wanted;
            } catch (Exception e) {
                logger.warn("cannot register a descriptor with epoll: {}", e.toString());
                closeRefused();
            }
        }

        private void closeRefused() {
            try {
                handle.close();
            } catch (Exception e) {
                logger.debug("cannot close a descriptor", e);
            } finally {
                cancel();
            }
        }

        @Override
        public boolean isValid() {
            return !cancelled;
        }

        @Override
        public boolean cancel() {
            if (!loop.isExecutorThread(Thread.currentThread())) {
                loop.execute(this::cancel);
                return true;
            }
            if (cancelled) {
                return false;
            }
            cancelled = true;
            return registration == null || registration.cancel();
        }
    }

    private static boolean endsByItself(EpollIoOps ops) {
        return (ops.value() & (ONCE | Native.EPOLLET)) != 0;
    }
}
