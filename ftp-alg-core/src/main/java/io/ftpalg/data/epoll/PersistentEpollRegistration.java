package io.ftpalg.data.epoll;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.Native;

/**
 * Netty's epoll, but a descriptor stays registered while nothing is asked of it. The epoll event loops of the gateway must
 * be made with this factory.
 *
 * <p>Netty 4.2.18 takes a descriptor out of epoll when a channel's last interest goes (netty/netty#16689), and then fails to modify it
 * (ENOENT, told as an exception on the channel). That is where a data connection is whose peer sent FIN while nothing was
 * read from it: the next read, or the next write that finds the socket full, would break a sound transfer.
 * Edge-triggered, so that a hang-up without interest is reported once and does not spin.
 */
public final class PersistentEpollRegistration implements IoHandler {
    private static final EpollIoOps IDLE = EpollIoOps.valueOf(Native.EPOLLERR | Native.EPOLLET);

    private final IoHandler epoll;

    private PersistentEpollRegistration(IoHandler epoll) {
        this.epoll = epoll;
    }

    /** Returns the factory for an event loop group; epoll must be available. */
    public static IoHandlerFactory newFactory() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return executor -> new PersistentEpollRegistration(epoll.newHandler(executor));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        // A loop that is stopped while it is awake skips this step (Netty 4.2.18), and leaves its sockets open.
        epoll.prepareToDestroy();
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(epoll.register(handle));
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    private record Registration(IoRegistration registration) implements IoRegistration {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // The interface has it so.
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            return registration.submit(EpollIoOps.NONE.equals(ops) ? IDLE : ops);
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
