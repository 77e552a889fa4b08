package io.ftpalg.data.leg;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;

/**
 * Netty's io_uring, but a channel learns of the peer's FIN by its reads only. The io_uring event loops of the gateway must be made with this
 * factory. On its loop.
 *
 * <p>Netty 4.2.18 polls for POLLRDHUP, and then reads all that stands before the FIN at once, asked or not, which no rate and no bound of a
 * transfer would hold. A reset is reported as before.
 */
public final class IoUringReads implements IoHandler {
    // linux/io_uring.h
    private static final byte POLL_ADD = 6;
    private static final byte RECV = 27;
    private static final int CQE_F_MORE = 2;

    private static final int POLLIN = 0x1;
    private static final int POLLERR = 0x8;
    private static final int POLLRDHUP = 0x2000;

    private final IoHandler ring;

    private IoUringReads(IoHandler ring) {
        this.ring = ring;
    }

    /** Returns the factory for an event loop group; io_uring must be available. */
    public static IoHandlerFactory newFactory() {
        IoHandlerFactory rings = IoUringIoHandler.newFactory();
        return ShutdownIoHandler.around(executor -> new IoUringReads(rings.newHandler(executor)));
    }

    @Override
    public void initialize() {
        ring.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return ring.run(context);
    }

    @Override
    public void prepareToDestroy() {
        ring.prepareToDestroy();
    }

    @Override
    public void destroy() {
        ring.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return ring.register(handle instanceof IoUringIoHandle some ? new Reads(some) : handle);
    }

    @Override
    public void wakeup() {
        ring.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return ring.isCompatible(handleType);
    }

    /** A channel's handle, which is never notified of a FIN, but of input that can be read from then on: data, and the end behind it. */
    @SuppressWarnings("try") // The interface has close() so.
    private static final class Reads implements IoUringIoHandle {
        private final IoUringIoHandle handle;
        private boolean finCame;

        Reads(IoUringIoHandle handle) {
            this.handle = handle;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            IoUringIoEvent completed = (IoUringIoEvent) event;
            byte operation = completed.opcode();
            int result = completed.res();
            if (operation == POLL_ADD && result > 0 && (result & (POLLRDHUP | POLLERR)) == POLLRDHUP) {
                finCame = true;
                handle.handle(registration, readable());
                return;
            }
            handle.handle(registration, event);
            // The poll for input was over when the FIN came: it says nothing of what is left behind this piece.
            if (finCame && operation == RECV && result > 0) {
                handle.handle(registration, readable());
            }
        }

        /** An event of the poll for input that leaves this poll as it is. */
        private static IoUringIoEvent readable() {
            return new IoUringIoEvent(POLLIN, CQE_F_MORE, POLL_ADD, 0L);
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            handle.unregistered();
        }

        @Override
        public void close() throws Exception {
            handle.close();
        }
    }
}
