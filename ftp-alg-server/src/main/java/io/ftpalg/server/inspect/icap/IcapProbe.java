package io.ftpalg.server.inspect.icap;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One OPTIONS request, on a connection of its own, which is closed with the head of the reply. On the event loop. */
final class IcapProbe implements IcapReplies {
    private final CompletableFuture<IcapOptions> result = new CompletableFuture<>();

    private IcapProbe() {}

    /** Returns what the service replies; fails with an {@link IcapException}. */
    static CompletableFuture<IcapOptions> ask(EventLoop loop, IcapSettings settings) {
        IcapProbe probe = new IcapProbe();
        long millis = settings.timeout().toMillis();
        ChannelFuture connecting = IcapPool.dial(loop, settings.url().address(), settings.timeout());
        connecting.addListener(done -> {
            IcapConnection connection = IcapPool.of(connecting.channel());
            if (!done.isSuccess() || connection == null) {
                probe.onFailure(IcapPool.UNREACHABLE);
                return;
            }
            connection.begin(probe);
            connection.send(Unpooled.copiedBuffer(IcapRequest.options(settings.url()), StandardCharsets.US_ASCII));
        });
        var timeout = loop.schedule(
                () -> probe.onFailure("did not answer within " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
        probe.result.whenComplete((options, failure) -> {
            timeout.cancel(false);
            connecting.channel().close();
        });
        return probe.result;
    }

    @Override
    public void onHead(IcapHead head, Encapsulated follows) {
        try {
            result.complete(IcapOptions.of(head));
        } catch (IcapException e) {
            result.completeExceptionally(e);
        }
    }

    @Override
    public void onEnd() {}

    @Override
    public void onFailure(String reason) {
        result.completeExceptionally(new IcapException(reason));
    }
}
