package io.ftpalg.control.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringIoOps;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Sends bytes as TCP urgent data by way of a small io_uring, where Java itself has no call for it (epoll, before Java 22).
 *
 * <p>Made and closed by the gateway, shared by its sessions; its thread starts with the first byte. A byte is reported as sent
 * when the kernel took it; the caller keeps the descriptor open until then.
 */
public final class UrgentRing implements AutoCloseable {
    private static final byte IORING_OP_SEND = 26;
    private static final int MSG_OOB = 1;
    private static final int RING_SIZE = 16;

    private final IoEventLoopGroup loop;
    private final Future<IoRegistration> registering;
    /** On the ring's loop only: sends of one registration complete in any order, so one is under way at a time. */
    private final Queue<Sending> waiting = new ArrayDeque<>();

    private record Sending(int descriptor, ByteBuf octet, Promise<Boolean> done) {}

    private UrgentRing() {
        loop = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("ftp-alg-urgent", true),
                IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setRingSize(RING_SIZE)));
        registering = loop.next().register(new Handle());
    }

    /** Returns a ring for this transport, or nothing where none is needed or the system has none. */
    public static Optional<UrgentRing> open(Transport transport) {
        boolean needed = (transport == Transport.EPOLL || transport == Transport.IO_URING) && !UrgentByte.works();
        return needed && IoUring.isAvailable() ? Optional.of(new UrgentRing()) : Optional.empty();
    }

    /** Sends the byte; the promise completes when the kernel took it, on the loop that the promise belongs to. */
    public void send(int descriptor, int octet, Promise<Boolean> done) {
        registering.addListener((FutureListener<IoRegistration>) registered -> {
            if (!registered.isSuccess()) {
                done.setSuccess(false);
                return;
            }
            ByteBuf buffer = Unpooled.directBuffer(1).writeByte(octet);
            waiting.add(new Sending(descriptor, buffer, done));
            if (waiting.size() == 1) {
                submit(registered.getNow());
            }
        });
    }

    private void submit(IoRegistration registration) {
        Sending next = waiting.element();
        registration.submit(new IoUringIoOps(
                IORING_OP_SEND,
                (byte) 0,
                (short) 0,
                next.descriptor(),
                0,
                next.octet().memoryAddress(),
                1,
                MSG_OOB,
                0L,
                (short) 0,
                (short) 0,
                0,
                0L));
    }

    private void onSent(IoRegistration registration, int result) {
        Sending sent = waiting.remove();
        sent.octet().release();
        sent.done().setSuccess(result == 1);
        if (!waiting.isEmpty()) {
            submit(registration);
        }
    }

    @Override
    public void close() {
        var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Receives the kernel's completions. */
    private final class Handle implements IoUringIoHandle {

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            onSent(registration, ((IoUringIoEvent) event).res());
        }

        @Override
        public void close() {
            for (Sending sending = waiting.poll(); sending != null; sending = waiting.poll()) {
                sending.octet().release();
                sending.done().setSuccess(false);
            }
        }
    }
}
