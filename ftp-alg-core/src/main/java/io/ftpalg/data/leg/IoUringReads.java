package io.ftpalg.data.leg;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;

/**
 * The handle of a channel on io_uring, which learns of the peer's FIN by its reads only: it is notified of input that can be read from then on, data and
 * the end behind it. The io_uring event loops of the gateway must be made with this factory. On its loop.
 *
 * <p>Netty 4.2.18 polls for POLLRDHUP, and then reads all that stands before the FIN at once, asked or not, which no rate and no bound of a
 * transfer would hold. A reset is reported as before.
 */
@SuppressWarnings("try") // The interface has close() so.
public final class IoUringReads implements IoUringIoHandle {
    // linux/io_uring.h
    private static final byte POLL_ADD = 6;
    private static final byte RECV = 27;
    private static final int CQE_F_MORE = 2;

    private static final int POLLIN = 0x1;
    private static final int POLLERR = 0x8;
    private static final int POLLRDHUP = 0x2000;

    private final IoUringIoHandle handle;
    private boolean finCame;

    private IoUringReads(IoUringIoHandle handle) {
        this.handle = handle;
    }

    /** Returns the factory for an event loop group; io_uring must be available. */
    public static IoHandlerFactory newFactory() {
        return ShutdownIoHandler.around(
                IoUringIoHandler.newFactory(),
                handle -> handle instanceof IoUringIoHandle channel ? new IoUringReads(channel) : handle);
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
