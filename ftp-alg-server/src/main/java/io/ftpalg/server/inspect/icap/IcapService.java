package io.ftpalg.server.inspect.icap;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.server.inspect.icap.IcapOptions.Sending;
import io.ftpalg.server.inspect.scan.ScannerHealth;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service: what it asks for, by OPTIONS at the start and again within each {@link #CHECK} or its Options-TTL, and its connections. All
 * but the constructor happens on the event loop.
 */
final class IcapService {
    /** How often it is asked, which is also its health check. */
    static final Duration CHECK = Duration.ofSeconds(10);

    private static final Logger logger = LoggerFactory.getLogger(IcapService.class);

    private final EventLoop loop;
    private final IcapSettings settings;
    private final IcapPool pool;
    private final ScannerHealth health;
    private @Nullable CompletableFuture<IcapOptions> options;

    IcapService(EventLoop loop, IcapSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.health = new ScannerHealth(settings.url().toString());
        this.pool =
                new IcapPool(loop, settings.url().address(), settings.connections(), settings.timeout(), IcapPool.IDLE);
        loop.execute(this::check);
    }

    ScannerHealth health() {
        return health;
    }

    IcapSettings settings() {
        return settings;
    }

    EventLoop loop() {
        return loop;
    }

    private void check() {
        probe().whenComplete((found, failure) -> {
            Duration next = found == null || found.ttl().compareTo(CHECK) > 0 ? CHECK : found.ttl();
            if (!loop.isShuttingDown()) {
                var unused = loop.schedule(this::check, next.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /** Asks; the last options are valid until there is a reply, or none. */
    private CompletableFuture<IcapOptions> probe() {
        CompletableFuture<IcapOptions> asked = IcapProbe.ask(loop, settings);
        if (options == null || options.isCompletedExceptionally()) {
            options = asked;
        }
        asked.whenComplete((found, failure) -> {
            options = asked;
            if (found != null) {
                pool.most(
                        Math.min(settings.connections(), found.maxConnections().orElse(Integer.MAX_VALUE)));
                logger.debug("icap options service={} {}", settings.url(), found);
                health.reachable();
            } else if (!loop.isShuttingDown()) {
                health.unreachable(String.valueOf(failure.getMessage()));
            }
        });
        return asked;
    }

    /**
     * Begins to send a file, once there are options and a connection; nothing is sent if the service does not want the file. A result that
     * is cancelled before takes no connection.
     */
    CompletableFuture<Optional<IcapExchange>> begin(InspectedTransfer transfer, IcapExchange.Outcome outcome) {
        CompletableFuture<IcapOptions> known = options;
        CompletableFuture<IcapOptions> current = known == null || known.isCompletedExceptionally() ? probe() : known;
        CompletableFuture<Optional<IcapExchange>> begun = new CompletableFuture<>();
        current.whenComplete((found, failure) -> {
            if (found == null) {
                begun.completeExceptionally(failure);
            } else if (found.sending(IcapRequest.extension(IcapRequest.path(transfer))) == Sending.IGNORE) {
                begun.complete(Optional.empty());
            } else if (!begun.isDone()) {
                connect(IcapRequest.of(settings, found, transfer), outcome, begun);
            }
        });
        return begun;
    }

    private void connect(
            IcapRequest request, IcapExchange.Outcome outcome, CompletableFuture<Optional<IcapExchange>> begun) {
        CompletableFuture<IcapConnection> acquired = pool.acquire();
        begun.whenComplete((none, cancelled) -> acquired.cancel(false));
        acquired.whenComplete((connection, failure) -> {
            if (connection == null) {
                if (!begun.isDone()) {
                    health.unreachable(IcapPool.UNREACHABLE);
                    options = null;
                }
                begun.completeExceptionally(failure);
            } else {
                begun.complete(Optional.of(new IcapExchange(pool, connection, request, outcome)));
            }
        });
    }
}
