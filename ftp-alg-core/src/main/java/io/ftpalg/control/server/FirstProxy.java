package io.ftpalg.control.server;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Finds the addresses of the proxy that is nearest to the gateway, the only name on the way that the gateway looks up. Stateless. */
final class FirstProxy {
    private FirstProxy() {}

    /** Returns its addresses; fails with a message that names the proxy. */
    static CompletionStage<List<InetSocketAddress>> addresses(Via via, NameResolver names) {
        TunnelProxy first = via.tunnels().get(0);
        HostPort proxy = first.address();
        Optional<InetAddress> literal = IpLiteral.parse(proxy.host());
        CompletionStage<List<InetAddress>> found = literal.isPresent()
                ? CompletableFuture.completedStage(List.of(literal.get()))
                : names.resolve(proxy.host());
        return found.handle((addresses, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                throw new CompletionException(new UnknownHostException(
                        first.protocol().text() + " proxy " + proxy + ": " + cause.getMessage()));
            }
            return addresses.stream()
                    .map(address -> new InetSocketAddress(address, proxy.port()))
                    .toList();
        });
    }
}
