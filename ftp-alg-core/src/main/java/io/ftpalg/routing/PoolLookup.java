package io.ftpalg.routing;

import io.ftpalg.policy.NameResolver;
import io.ftpalg.policy.ServerTls;
import io.ftpalg.policy.ServiceRecord;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the servers that a pool names, now: asked anew each time, so that it is for the resolver to know how long an answer is
 * valid. Has no state; its stages complete on whatever thread the resolver's do.
 */
final class PoolLookup {
    private static final Logger logger = LoggerFactory.getLogger(PoolLookup.class);

    private PoolLookup() {
    }

    /**
     * What was found under one name of a pool.
     *
     * @param tiers groups of servers, those of the first to be tried before those of the next; empty if nothing was found
     */
    record Found(List<List<PoolTarget>> tiers) {
        Found {
            tiers = tiers.stream().filter(tier -> !tier.isEmpty()).map(List::copyOf).toList();
        }
    }

    /** Returns what each name leads to, in their order, and at least one server in all; fails if there is none. */
    static CompletionStage<List<Found>> find(List<PoolServer> servers, NameResolver resolver) {
        return all(servers.stream().map(server -> find(server, resolver)).toList()).thenApply(found -> {
            if (found.stream().allMatch(one -> one.tiers().isEmpty())) {
                throw new CompletionException(new UnknownHostException("no server has an address: "
                        + servers.stream().map(PoolServer::toString).collect(Collectors.joining(", "))));
            }
            return found;
        });
    }

    private static CompletableFuture<Found> find(PoolServer server, NameResolver resolver) {
        if (server instanceof PoolServer.Service service) {
            return orNothing(service, resolver.services(service.name()), List.of())
                    .thenCompose(records -> find(service, records, resolver));
        }
        PoolServer.Host host = (PoolServer.Host) server;
        return find(host.server(), host.tls(), 0, resolver)
                .thenApply(target -> new Found(List.of(target.stream().toList())));
    }

    /** RFC 2782: all servers of the lowest priority are tried before those of the next. */
    private static CompletableFuture<Found> find(PoolServer.Service service, List<ServiceRecord> records,
            NameResolver resolver) {
        return all(records.stream().map(record -> find(record.server(), service.tls(), record.weight(), resolver)).toList())
                .thenApply(targets -> {
                    TreeMap<Integer, List<PoolTarget>> tiers = new TreeMap<>();
                    for (int i = 0; i < records.size(); i++) {
                        tiers.computeIfAbsent(records.get(i).priority(), priority -> new ArrayList<>())
                                .addAll(targets.get(i).stream().toList());
                    }
                    return new Found(List.copyOf(tiers.values()));
                });
    }

    private static CompletableFuture<Optional<PoolTarget>> find(HostPort server, ServerTls tls, int weight,
            NameResolver resolver) {
        Optional<InetAddress> literal = IpLiteral.parse(server.host());
        CompletionStage<List<InetAddress>> addresses = literal.isPresent()
                ? CompletableFuture.completedStage(List.of(literal.get())) : resolver.resolve(server.host());
        return orNothing(server, addresses, List.of()).thenApply(all -> all.isEmpty()
                ? Optional.empty() : Optional.of(PoolTarget.of(server, all, tls, weight)));
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
