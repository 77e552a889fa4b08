package io.ftpalg.policy.route;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a router may use that works without a session. Made by the gateway; its results and tasks come on one event loop. */
public interface RouterContext {

    /** Looks names up. */
    NameResolver names();

    /**
     * Connects to a server, checks whether it is healthy, and closes the connection.
     *
     * @param source the local address, if it is not for the system to choose
     * @return completes if it is healthy; fails with the reason if it is not, or not in time; is cancelled if the gateway
     *     could not look, for want of a socket
     */
    CompletionStage<Void> probe(InetSocketAddress server, Probe how, Duration timeout, Optional<InetAddress> source);

    /**
     * Does the same as sessions of a route would connect.
     *
     * @param server the server's address; through a proxy it may be a name that is not resolved
     * @param via the proxies, where there are any
     * @param sendProxy the PROXY header with which connections begin, if they do; that of a check names no client
     */
    default CompletionStage<Void> probe(
            InetSocketAddress server,
            Probe how,
            Duration timeout,
            Optional<InetAddress> source,
            Via via,
            Optional<SendProxy> sendProxy) {
        return via.isTunnel() || sendProxy.isPresent()
                ? CompletableFuture.failedStage(
                        new UnsupportedOperationException("no checks through a proxy, or with a PROXY header, here"))
                : probe(server, how, timeout, source);
    }

    /** Runs the task later, unless it is cancelled. */
    Timer schedule(Duration delay, Runnable task);

    /** When a server counts as healthy. */
    enum Probe {
        /** It accepts a connection. */
        TCP,
        /** It greets with 220 (RFC 959 section 5.4). */
        GREETING
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** Cancels the task; does nothing once it ran. */
        void cancel();
    }
}
