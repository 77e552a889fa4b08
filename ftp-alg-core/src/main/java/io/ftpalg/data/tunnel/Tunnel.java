package io.ftpalg.data.tunnel;

import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Secret;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks4ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection to be made through proxies: what the handlers of one attempt are made of. Immutable.
 *
 * @param via the proxies, at least one
 * @param proxy the address of the first one
 * @param target what the last one is asked for: an address, or an unresolved name that it looks up
 */
public record Tunnel(Via via, InetSocketAddress proxy, InetSocketAddress target) {
    public Tunnel {
        if (!via.isTunnel() || proxy.isUnresolved()) {
            throw new IllegalArgumentException("a tunnel has a proxy whose address is known");
        }
    }

    /**
     * Puts handlers in front of those of a channel that is about to be connected to the {@link #target}: they connect to the proxy
     * instead, ask for the target, and are gone when the result is there. Called on the loop of the channel, once it is registered.
     * What comes right behind the proxy's reply passes to the handlers behind before the result.
     *
     * @param timeout the time from now until there must be a tunnel
     * @return succeeds with the tunnel, or fails with what {@link TunnelErrors#reason} makes readable and the channel closed; a
     *     turn of the loop later than the proxy's reply
     */
    public Future<Channel> prepare(Channel channel, Duration timeout) {
        List<ProxyHandler> handlers = handlers();
        ChannelPipeline pipeline = channel.pipeline();
        for (int i = handlers.size() - 1; i >= 0; i--) {
            pipeline.addFirst(handlers.get(i));
        }
        Promise<Channel> result = channel.eventLoop().newPromise();
        ScheduledFuture<?> deadline = channel.eventLoop()
                .schedule(
                        () -> {
                            if (result.tryFailure(TunnelErrors.failure(this, "no reply in time"))) {
                                channel.unsafe().close(channel.newPromise());
                            }
                        },
                        timeout.toNanos(),
                        TimeUnit.NANOSECONDS);
        result.addListener(done -> deadline.cancel(false));
        channel.closeFuture().addListener(closed -> fail(result, channel.eventLoop()));
        ProxyHandler last = handlers.get(handlers.size() - 1);
        last.connectFuture().addListener((Future<Channel> connected) -> {
            if (connected.isSuccess()) {
                // What the codec still holds comes when it has left the pipeline, in this turn of the loop.
                channel.eventLoop().execute(() -> {
                    if (channel.isOpen()) {
                        // With their codecs, of which not all leave by themselves.
                        while (pipeline.removeFirst() != last) {
                            // The next one.
                        }
                        result.trySuccess(channel);
                    }
                });
            } else {
                result.tryFailure(connected.cause());
            }
        });
        return result;
    }

    /** The connection is closed. What a handler makes of that comes first, and names its proxy. */
    private void fail(Promise<Channel> result, EventLoop loop) {
        Runnable failure = () -> result.tryFailure(TunnelErrors.failure(this, "disconnected"));
        if (loop.isShuttingDown()) {
            failure.run();
        } else if (!result.isDone()) {
            loop.execute(failure);
        }
    }

    /** Returns the first proxy in words, such as {@code socks5 proxy 192.0.2.1:1080}. */
    public String name() {
        return TunnelErrors.name(via.tunnels().get(0).protocol().text(), IpLiteral.format(proxy));
    }

    private List<ProxyHandler> handlers() {
        List<ProxyHandler> handlers = new ArrayList<>();
        for (TunnelProxy hop : via.tunnels()) {
            ProxyHandler handler = handler(hop, handlers.isEmpty() ? proxy : RouteServer.throughProxy(hop.address()));
            // One deadline holds for all of them.
            handler.setConnectTimeoutMillis(0);
            handlers.add(handler);
        }
        return handlers;
    }

    private static ProxyHandler handler(TunnelProxy hop, InetSocketAddress address) {
        String user = hop.user().orElse("");
        String password = hop.password().map(Secret::reveal).orElse("");
        return switch (hop.protocol()) {
            case SOCKS5 ->
                user.isEmpty() ? new Socks5ProxyHandler(address) : new Socks5ProxyHandler(address, user, password);
            case SOCKS4A -> user.isEmpty() ? new Socks4ProxyHandler(address) : new Socks4ProxyHandler(address, user);
            case HTTP -> user.isEmpty() ? new HttpProxyHandler(address) : new HttpProxyHandler(address, user, password);
        };
    }
}
