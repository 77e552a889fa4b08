package io.ftpalg.control.server;

import io.ftpalg.control.shared.Gateway;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.Via;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What routers do without a session, on one event loop of the gateway. Made when the gateway has started, used by its router
 * from whichever thread until there is no session any more.
 */
public final class LoopRouterContext implements RouterContext {
    private static final Logger logger = LoggerFactory.getLogger(LoopRouterContext.class);

    private final Gateway gateway;
    private final EventLoop loop;

    /** Makes the context of this gateway's router. */
    public LoopRouterContext(Gateway gateway, EventLoop loop) {
        this.gateway = gateway;
        this.loop = loop;
    }

    @Override
    public NameResolver names() {
        return gateway.names().on(loop);
    }

    @Override
    public CompletionStage<Void> probe(
            InetSocketAddress server, Probe how, Duration timeout, Optional<InetAddress> source) {
        return probe(server, how, timeout, source, Via.NONE, Optional.empty());
    }

    @Override
    public CompletionStage<Void> probe(
            InetSocketAddress server,
            Probe how,
            Duration timeout,
            Optional<InetAddress> source,
            Via via,
            Optional<SendProxy> sendProxy) {
        return ServerProbe.of(gateway, loop, server, how, timeout, source, via, sendProxy);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> waiting = loop.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            logger.error("a task of the router failed", e);
            gateway.sessions().failIfFatal(e);
        }
    }
}
