package io.ftpalg.control;

import io.ftpalg.policy.NameResolver;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks names up by DNS and the hosts file, on the event loops; made and closed by the gateway, used by all sessions. */
public final class DnsNames implements AutoCloseable {
    private final DnsAddressResolverGroup group;

    /** Makes the resolver; nothing is asked before the first look-up. */
    public DnsNames(Transport transport) {
        group = new DnsAddressResolverGroup(
                new DnsNameResolverBuilder().datagramChannelFactory(transport.datagrams()));
    }

    /** Returns the look-ups of one event loop. */
    NameResolver on(EventLoop loop) {
        return host -> resolve(host, loop);
    }

    private CompletableFuture<List<InetAddress>> resolve(String host, EventLoop loop) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        group.getResolver(loop).resolveAll(InetSocketAddress.createUnresolved(host, 0))
                .addListener((Future<List<InetSocketAddress>> lookup) -> {
                    if (lookup.isSuccess()) {
                        found.complete(lookup.getNow().stream().map(InetSocketAddress::getAddress).toList());
                    } else {
                        found.completeExceptionally(lookup.cause());
                    }
                });
        return found;
    }

    @Override
    public void close() {
        group.close();
    }
}
