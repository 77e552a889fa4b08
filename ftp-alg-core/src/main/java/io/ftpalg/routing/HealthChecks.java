package io.ftpalg.routing;

import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.RouterContext.Probe;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the servers of a pool in rounds, one after the other, from its start until {@link #stop}. Owned by the pool; its
 * steps run where the context's results come, and only what ends it is guarded by its lock.
 */
final class HealthChecks {
    private static final Logger logger = LoggerFactory.getLogger(HealthChecks.class);

    private final RouterContext context;
    private final HealthPolicy policy;
    private final Optional<InetAddress> source;
    private final Via via;
    private final Optional<SendProxy> sendProxy;
    private final Function<RouterContext, CompletionStage<List<PoolTarget>>> targets;
    private final Function<HostPort, ServerHealth> healthOf;
    private RouterContext.@Nullable Timer next;
    private boolean stopped;

    /**
     * Makes them, not begun.
     *
     * @param source the local address of checks, if it is not for the system to choose
     * @param via the proxies through which servers are checked
     * @param sendProxy the PROXY header with which checks begin, if they do
     * @param targets finds the servers
     * @param healthOf receives the results of a server
     */
    HealthChecks(
            RouterContext context,
            HealthPolicy policy,
            Optional<InetAddress> source,
            Via via,
            Optional<SendProxy> sendProxy,
            Function<RouterContext, CompletionStage<List<PoolTarget>>> targets,
            Function<HostPort, ServerHealth> healthOf) {
        this.context = context;
        this.policy = policy;
        this.source = source;
        this.via = via;
        this.sendProxy = sendProxy;
        this.targets = targets;
        this.healthOf = healthOf;
    }

    /** Begins, if servers are to be checked at all. */
    void start() {
        policy.check().ifPresent(this::round);
    }

    /** Checks all servers at the same time, and again an interval after the last of them has been. */
    private void round(Probe check) {
        // Whatever is thrown on the way ends this round only.
        CompletableFuture.completedFuture(context)
                .thenCompose(targets)
                .thenCompose(found -> PoolLookup.all(
                        found.stream().map(target -> look(target, check)).toList()))
                .whenComplete((looked, failure) -> {
                    if (failure != null && !isStopped()) {
                        logger.error("health checks of a round failed", failure);
                    }
                    later(check);
                });
    }

    private synchronized void later(Probe check) {
        if (!stopped) {
            try {
                next = context.schedule(policy.interval(), () -> round(check));
            } catch (RejectedExecutionException e) {
                // The owner of the event loops ended them before the gateway: the result is discarded.
                stopped = true;
            }
        }
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private CompletableFuture<Boolean> look(PoolTarget target, Probe check) {
        ServerTls tls = target.tls();
        Probe how = tls.mode() != ServerTls.Mode.OFF && tls.implicit() ? Probe.TCP : check;
        return look(target.addresses().iterator(), how).handle((well, failure) -> {
            if (isStopped()) {
                return false;
            }
            if (failure == null) {
                healthOf.apply(target.server()).checkSucceeded();
            } else if (!(PoolLookup.cause(failure) instanceof CancellationException)) {
                healthOf.apply(target.server()).checkFailed(PoolLookup.reason(failure));
            }
            return failure == null;
        });
    }

    /** As a session would, it takes the server at whichever of its addresses replies. */
    private CompletableFuture<Void> look(Iterator<InetSocketAddress> addresses, Probe how) {
        return context.probe(addresses.next(), how, policy.timeout(), source, via, sendProxy)
                .toCompletableFuture()
                .exceptionallyCompose(failure ->
                        addresses.hasNext() ? look(addresses, how) : CompletableFuture.failedFuture(failure));
    }
}
