package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the servers that a pool names, now: looked up each time, since the resolver keeps answers as long as they are
 * valid. Owned by the pool, used by sessions of all event loops and by its checks; what it remembers is a concurrent set. Its
 * stages complete on whatever thread the resolver's do.
 *
 * <p>A name that was not found is looked up each time too, so that it is found again, but no session with another server waits for
 * it: a name server that is silent would hold up every session for as long as a query takes to fail.
 */
final class PoolLookup {
    private static final Logger logger = LoggerFactory.getLogger(PoolLookup.class);
    /** A service may have ever new servers that lead nowhere. */
    private static final int LOST_AT_MOST = 1000;

    private final List<PoolServer> servers;
    private final Via via;
    /** What led nowhere when it was last asked for: servers of the pool, and of its services. */
    private final Set<Object> lost = ConcurrentHashMap.newKeySet();

    /**
     * Makes the look-up of these servers.
     *
     * @param via the proxies, which look the names up; services (SRV) are looked up here all the same
     */
    PoolLookup(List<PoolServer> servers, Via via) {
        this.servers = List.copyOf(servers);
        this.via = via;
    }

    /**
     * What was found under one name of a pool.
     *
     * @param tiers groups of servers, those of the first to be tried before those of the next; empty if nothing was found
     */
    record Found(List<List<PoolTarget>> tiers) {
        private static final Found NOTHING = new Found(List.of());

        Found {
            tiers = tiers.stream()
                    .filter(tier -> !tier.isEmpty())
                    .map(List::copyOf)
                    .toList();
        }

        private boolean isEmpty() {
            return tiers.isEmpty();
        }
    }

    /** Returns what each name leads to, in their order, and at least one server in all; fails if there is none. */
    CompletionStage<List<Found>> find(NameResolver resolver) {
        return known(servers, server -> find(server, resolver)).thenApply(found -> {
            if (found.stream().allMatch(Found::isEmpty)) {
                throw new CompletionException(new UnknownHostException("no server has an address: "
                        + servers.stream().map(PoolServer::toString).collect(Collectors.joining(", "))));
            }
            return found;
        });
    }

    private CompletableFuture<Found> find(PoolServer server, NameResolver resolver) {
        if (server instanceof PoolServer.Service service) {
            return orNothing(service, resolver.services(service.name()), List.of())
                    .thenCompose(records -> find(service, records, resolver));
        }
        PoolServer.Host host = (PoolServer.Host) server;
        return find(host.server(), host.tls(), 0, resolver);
    }

    /** RFC 2782: all servers of the lowest priority are tried before those of the next. */
    private CompletableFuture<Found> find(
            PoolServer.Service service, List<ServiceRecord> records, NameResolver resolver) {
        return known(records, record -> find(record.server(), service.tls(), record.weight(), resolver))
                .thenApply(found -> {
                    TreeMap<Integer, List<PoolTarget>> tiers = new TreeMap<>();
                    for (int i = 0; i < records.size(); i++) {
                        List<PoolTarget> tier =
                                tiers.computeIfAbsent(records.get(i).priority(), priority -> new ArrayList<>());
                        found.get(i).tiers().forEach(tier::addAll);
                    }
                    return new Found(List.copyOf(tiers.values()));
                });
    }

    private CompletableFuture<Found> find(HostPort server, ServerTls tls, int weight, NameResolver resolver) {
        if (via.looksNamesUp()) {
            return orNothing(server, ProxiedServer.addresses(via, server, resolver), List.of())
                    .thenApply(all -> all.isEmpty()
                            ? Found.NOTHING
                            : new Found(List.of(List.of(PoolTarget.behindProxy(
                                    server, ProxiedServer.connected(via, server), all, tls, weight)))));
        }
        Optional<InetAddress> literal = IpLiteral.parse(server.host());
        CompletionStage<List<InetAddress>> addresses = literal.isPresent()
                ? CompletableFuture.completedStage(List.of(literal.get()))
                : resolver.resolve(server.host());
        return orNothing(server, addresses, List.of())
                .thenApply(all -> all.isEmpty()
                        ? Found.NOTHING
                        : new Found(List.of(List.of(PoolTarget.of(server, all, tls, weight)))));
    }

    /** Looks all of them up; completes when there is a server and only what was lost is still awaited, or when nothing is. */
    private <K> CompletableFuture<List<Found>> known(List<K> keys, Function<K, CompletableFuture<Found>> find) {
        if (keys.size() == 1) {
            K only = keys.get(0);
            return find.apply(only).thenApply(found -> List.of(remember(only, found)));
        }
        List<CompletableFuture<Found>> all = new ArrayList<>();
        List<CompletableFuture<Found>> awaited = new ArrayList<>();
        for (K key : keys) {
            boolean wasLost = lost.contains(key);
            CompletableFuture<Found> lookup = find.apply(key).thenApply(found -> remember(key, found));
            all.add(lookup);
            if (!wasLost) {
                awaited.add(lookup);
            }
        }
        CompletableFuture<Boolean> enough = all(all).thenApply(found -> true);
        all(awaited)
                .thenRun(() -> all.forEach(lookup -> lookup.thenAccept(found -> {
                    if (!found.isEmpty()) {
                        enough.complete(true);
                    }
                })));
        return enough.thenApply(
                yes -> all.stream().map(lookup -> lookup.getNow(Found.NOTHING)).toList());
    }

    private Found remember(Object key, Found found) {
        if (!found.isEmpty()) {
            lost.remove(key);
        } else if (lost.size() < LOST_AT_MOST) {
            lost.add(key);
        } else {
            lost.clear();
        }
        return found;
    }

    private static <T> CompletableFuture<T> orNothing(Object name, CompletionStage<T> lookup, T nothing) {
        return lookup.toCompletableFuture().exceptionally(failure -> {
            logger.debug("{} is left out: {}", name, reason(failure));
            return nothing;
        });
    }

    static String reason(Throwable failure) {
        Throwable cause = cause(failure);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Returns what failed a stage, not wrapped by those that came after it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Completes when all have, with their values in this order. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(none -> parts.stream().map(CompletableFuture::join).toList());
    }
}
