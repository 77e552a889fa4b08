package io.ftpalg.control.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the client's first TLS message and finds the context for the name in it. Part of a client's pipeline from the
 * start of TLS until the context is there.
 *
 * <p>While the context is awaited the connection is read until something comes, so that its end is noticed: what is not awaited
 * for is cancelled. It keeps at most what one read gives.
 *
 * <p>A client that offers protocols without FTP gets an alert for that: a browser that was tricked into
 * coming here (ALPACA) goes no further.
 */
final class ClientHelloHandler extends SslClientHelloHandler<SslContext> {
    private static final Set<String> FTP = Set.of("ftp", "ftp-data", "x-filezilla-ftp");
    private static final int MAX_HELLO = 16 << 10;
    private static final byte UNEXPECTED_MESSAGE = 10;
    private static final byte UNRECOGNIZED_NAME = 112;
    private static final byte NO_APPLICATION_PROTOCOL = 120;

    private final Function<Optional<String>, CompletionStage<SslContext>> contexts;
    private final BiConsumer<SslContext, Optional<String>> found;
    private Optional<String> serverName = Optional.empty();
    private byte alert = UNRECOGNIZED_NAME;
    private boolean refused;
    private @Nullable CompletableFuture<SslContext> choice;
    private boolean readAhead;

    /**
     * Makes the handler.
     *
     * @param contexts gives the context for a name
     * @param found receives the context and the name, in the pipeline's loop; what fails is an exception in the pipeline
     */
    ClientHelloHandler(
            Function<Optional<String>, CompletionStage<SslContext>> contexts,
            BiConsumer<SslContext, Optional<String>> found) {
        super(MAX_HELLO);
        this.contexts = contexts;
        this.found = found;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
        } else if (isWaiting()) {
            readAhead = true;
        } else {
            super.decode(ctx, in, out);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (isWaiting() && !readAhead) {
            ctx.read(); // The superclass reads nothing while it waits, not even the end.
        } else {
            super.read(ctx);
        }
    }

    private boolean isWaiting() {
        return choice != null && !choice.isDone();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            cancel(); // A client that has sent its last byte cannot finish a handshake.
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancel();
        super.channelInactive(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        cancel();
        super.handlerRemoved0(ctx);
    }

    private void cancel() {
        if (choice != null && !choice.isDone()) {
            refused = true; // Its hello is still there, and would be parsed again.
            choice.cancel(false);
        }
    }

    /** What else is sent before TLS is established must not leave in the clear. */
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        ReferenceCountUtil.release(msg);
        promise.trySuccess();
    }

    @Override
    protected Future<SslContext> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf body) {
        if (body == null) {
            alert = UNEXPECTED_MESSAGE;
            return ctx.executor().newFailedFuture(new SSLException("no TLS ClientHello"));
        }
        ClientHello hello = ClientHello.parse(body);
        serverName = hello.serverName();
        if (!hello.protocols().isEmpty() && hello.protocols().stream().noneMatch(FTP::contains)) {
            alert = NO_APPLICATION_PROTOCOL;
            return ctx.executor()
                    .newFailedFuture(new SSLException("the client requests other protocols than FTP (ALPN)"));
        }
        Promise<SslContext> promise = ctx.executor().newPromise();
        choice = choose().toCompletableFuture();
        choice.whenComplete((context, failure) -> {
            if (context != null) {
                promise.trySuccess(context);
            } else {
                promise.tryFailure(new SSLException("no certificate for " + serverName.orElse("no name"), failure));
            }
        });
        return promise;
    }

    private CompletionStage<SslContext> choose() {
        try {
            return contexts.apply(serverName);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<SslContext> lookup) throws SSLException {
        if (ctx.isRemoved() || refused) {
            return; // The client left while its certificate was made.
        }
        if (lookup.isSuccess()) {
            found.accept(lookup.getNow(), serverName);
        } else {
            refused = true;
            ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {0x15, 3, 3, 0, 2, 2, alert}));
            throw new SSLException(lookup.cause().getMessage(), lookup.cause());
        }
    }
}
