package io.ftpalg.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Waits for the client's first TLS message and finds the context for the name in it. Part of a client's pipeline from the
 * start of TLS until the context is there.
 *
 * <p>A client that speaks other protocols, and says so, is told that FTP is none of them: a browser that was tricked into
 * coming here (ALPACA) goes no further.
 */
final class ClientHelloHandler extends SslClientHelloHandler<SslContext> {
    private static final Set<String> FTP = Set.of("ftp", "ftp-data", "x-filezilla-ftp");
    private static final int MAX_HELLO = 16 << 10;
    private static final byte UNRECOGNIZED_NAME = 112;
    private static final byte NO_APPLICATION_PROTOCOL = 120;

    private final Function<Optional<String>, CompletionStage<SslContext>> contexts;
    private final BiConsumer<SslContext, Optional<String>> found;
    private Optional<String> serverName = Optional.empty();
    private byte alert = UNRECOGNIZED_NAME;

    /**
     * Makes the handler.
     *
     * @param contexts gives the context for a name
     * @param found hears the context and the name, in the pipeline's loop; what fails is an exception in the pipeline
     */
    ClientHelloHandler(Function<Optional<String>, CompletionStage<SslContext>> contexts,
            BiConsumer<SslContext, Optional<String>> found) {
        super(MAX_HELLO);
        this.contexts = contexts;
        this.found = found;
    }

    @Override
    protected Future<SslContext> lookup(ChannelHandlerContext ctx, ByteBuf body) {
        ClientHello hello = body == null ? new ClientHello(Optional.empty(), List.of()) : ClientHello.parse(body);
        serverName = hello.serverName();
        if (!hello.protocols().isEmpty() && hello.protocols().stream().noneMatch(FTP::contains)) {
            alert = NO_APPLICATION_PROTOCOL;
            return ctx.executor().newFailedFuture(new SSLException("the client does not speak FTP (ALPN)"));
        }
        Promise<SslContext> promise = ctx.executor().newPromise();
        contexts.apply(serverName).whenComplete((context, failure) -> {
            if (context != null) {
                promise.setSuccess(context);
            } else {
                promise.setFailure(new SSLException("no certificate for " + serverName.orElse("no name"), failure));
            }
        });
        return promise;
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<SslContext> lookup) throws SSLException {
        if (lookup.isSuccess()) {
            found.accept(lookup.getNow(), serverName);
        } else {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {0x15, 3, 3, 0, 2, 2, alert}));
            throw new SSLException(lookup.cause().getMessage(), lookup.cause());
        }
    }
}
