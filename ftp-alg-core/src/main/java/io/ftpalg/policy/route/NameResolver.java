package io.ftpalg.policy.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks names up without blocking the caller; answers are kept as long as they are valid (TTL) and no longer. */
@FunctionalInterface
public interface NameResolver {

    /** Returns all addresses of the name, at least one, or fails with {@link java.net.UnknownHostException}. */
    CompletionStage<List<InetAddress>> resolve(String host);

    /** Returns the servers of a service, such as {@code _ftp._tcp.example.com}, at least one, or fails in the same way. */
    default CompletionStage<List<ServiceRecord>> services(String name) {
        return CompletableFuture.failedStage(new UnknownHostException(name + ": services are not looked up here"));
    }
}
