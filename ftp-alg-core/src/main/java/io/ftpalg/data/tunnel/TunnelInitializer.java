package io.ftpalg.data.tunnel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sets up one channel for a tunnel when it is registered. On the channel's loop. */
public final class TunnelInitializer extends ChannelInitializer<SocketChannel> {
    private static final int LARGEST_READ = 4 << 10;

    private final Tunnel tunnel;
    private final Duration timeout;
    private final EarlyBytes early = new EarlyBytes();
    private @Nullable Future<Channel> result;

    /** Makes it for one attempt that has this time. */
    public TunnelInitializer(Tunnel tunnel, Duration timeout) {
        this.tunnel = tunnel;
        this.timeout = timeout;
    }

    /** Connects a channel to the first proxy; its future knows nothing of the tunnel, whose result is {@link #result}. */
    public ChannelFuture connect(Bootstrap bootstrap) {
        return bootstrap.disableResolver().handler(this).connect(tunnel.target());
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.config().setRecvByteBufAllocator(new ReplaceableReads(LARGEST_READ));
        channel.pipeline().addLast(early);
        result = tunnel.prepare(channel, timeout);
    }

    /** Returns the result of the tunnel, once the channel is connected to the proxy. */
    public Future<Channel> result() {
        return Objects.requireNonNull(result, "not connected");
    }

    /** Passes what has arrived through the tunnel to the handlers that are there by now. */
    public void passOn(SocketChannel channel) {
        early.passOn(channel.pipeline());
    }
}
