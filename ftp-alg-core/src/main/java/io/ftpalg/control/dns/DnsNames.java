package io.ftpalg.control.dns;

import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.ServiceRecord;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks names up by DNS and the hosts file, on the event loops; made and closed by the gateway, used by all sessions. Answers
 * are kept for their TTL: addresses by Netty, for all loops; services here, for each loop by itself.
 */
public final class DnsNames implements AutoCloseable {
    private final ResolverGroup group;
    private final HostsFile hosts;
    private final Map<EventLoop, LoopNames> names = new ConcurrentHashMap<>();

    /** Makes the resolver that asks the name servers of the system; nothing is asked before the first look-up. */
    public DnsNames(Transport transport) {
        this(transport, List.of());
    }

    /**
     * Makes the resolver; nothing is asked before the first look-up.
     *
     * @param servers the name servers, of which the next is used if one does not reply; those of the system if none
     */
    public DnsNames(Transport transport, List<InetSocketAddress> servers) {
        this(transport, servers, new HostsFile());
    }

    DnsNames(Transport transport, List<InetSocketAddress> servers, HostsFile hosts) {
        this.hosts = hosts;
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder()
                .datagramChannelFactory(transport.datagrams())
                // A long list of servers may not fit into a datagram.
                .socketChannelFactory(transport.dataSockets())
                // Ours comes first, and is newer.
                .hostsFileEntriesResolver((host, types) -> null);
        if (!servers.isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
        }
        group = new ResolverGroup(builder);
    }

    /** Returns the look-ups of one event loop, which may be asked for on any thread. */
    public NameResolver on(EventLoop loop) {
        return names.computeIfAbsent(loop, LoopNames::new);
    }

    @Override
    public void close() {
        names.clear();
        group.close();
    }

    /** The look-ups of one event loop. */
    private final class LoopNames implements NameResolver {
        private final EventLoop loop;
        private final ServiceCache services = new ServiceCache(System::nanoTime);

        private LoopNames(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public CompletionStage<List<InetAddress>> resolve(String host) {
            List<InetAddress> local = hosts.addresses(host, group.resolver(loop).resolvedAddressTypes());
            if (!local.isEmpty()) {
                return CompletableFuture.completedStage(local);
            }
            CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
            group.getResolver(loop)
                    .resolveAll(InetSocketAddress.createUnresolved(host, 0))
                    .addListener((Future<List<InetSocketAddress>> lookup) -> {
                        if (lookup.isSuccess()) {
                            found.complete(lookup.getNow().stream()
                                    .map(InetSocketAddress::getAddress)
                                    .toList());
                        } else {
                            found.completeExceptionally(lookup.cause());
                        }
                    });
            return found;
        }

        @Override
        public CompletionStage<List<ServiceRecord>> services(String name) {
            CompletableFuture<List<ServiceRecord>> found = new CompletableFuture<>();
            Runnable lookup = () -> services.get(name, () -> ask(name)).whenComplete((records, failure) -> {
                if (failure == null) {
                    found.complete(records);
                } else {
                    found.completeExceptionally(failure);
                }
            });
            if (loop.inEventLoop()) {
                lookup.run();
            } else {
                loop.execute(lookup);
            }
            return found;
        }

        private CompletableFuture<ServiceAnswer> ask(String name) {
            CompletableFuture<ServiceAnswer> answer = new CompletableFuture<>();
            Future<List<DnsRecord>> asked;
            try {
                asked = group.resolver(loop).resolveAll(new DefaultDnsQuestion(name, DnsRecordType.SRV));
            } catch (RuntimeException e) {
                // No name, or the loop or the gateway has ended.
                return CompletableFuture.failedFuture(e);
            }
            asked.addListener((Future<List<DnsRecord>> lookup) -> {
                if (!lookup.isSuccess()) {
                    answer.completeExceptionally(lookup.cause());
                    return;
                }
                try {
                    answer.complete(ServiceAnswer.decode(name, lookup.getNow()));
                } catch (UnknownHostException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        }
    }

    /** Netty's resolvers of all loops, which share a cache; those of records are otherwise out of reach. */
    private static final class ResolverGroup extends DnsAddressResolverGroup {
        private final Map<EventLoop, DnsNameResolver> resolvers = new ConcurrentHashMap<>();

        private ResolverGroup(DnsNameResolverBuilder builder) {
            super(builder);
        }

        @Override
        protected io.netty.resolver.NameResolver<InetAddress> newNameResolver(
                EventLoop loop,
                ChannelFactory<? extends DatagramChannel> channels,
                DnsServerAddressStreamProvider servers)
                throws Exception {
            io.netty.resolver.NameResolver<InetAddress> resolver = super.newNameResolver(loop, channels, servers);
            resolvers.put(loop, (DnsNameResolver) resolver);
            return resolver;
        }

        private DnsNameResolver resolver(EventLoop loop) {
            getResolver(loop);
            DnsNameResolver resolver = resolvers.get(loop);
            if (resolver == null) {
                throw new IllegalStateException("no resolver of this event loop");
            }
            return resolver;
        }
    }
}
