package io.ftpalg.data.leg;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.util.function.UnaryOperator;

/**
 * An I/O handler of Netty, but its channels are closed when its event loop ends, at whatever moment that is. On its loop.
 *
 * <p>Netty 4.2.18 closes them only if the loop was waiting when it was told to end. If it was awake, the sockets stay open, and with
 * io_uring a FIN that arrives then begins a read whose buffer is never released.
 */
public final class ShutdownIoHandler implements IoHandler {
    private final IoHandler handler;
    private final UnaryOperator<IoHandle> registered;

    private ShutdownIoHandler(IoHandler handler, UnaryOperator<IoHandle> registered) {
        this.handler = handler;
        this.registered = registered;
    }

    /** Returns a factory of such handlers, each around one that {@code handlers} makes. */
    public static IoHandlerFactory around(IoHandlerFactory handlers) {
        return around(handlers, UnaryOperator.identity());
    }

    /** Returns a factory as {@link #around(IoHandlerFactory)} does, whose handlers register what {@code registered} makes of a handle. */
    static IoHandlerFactory around(IoHandlerFactory handlers, UnaryOperator<IoHandle> registered) {
        return executor -> new ShutdownIoHandler(handlers.newHandler(executor), registered);
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return handler.run(context);
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        prepareToDestroy();
        handler.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return handler.register(registered.apply(handle));
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }
}
