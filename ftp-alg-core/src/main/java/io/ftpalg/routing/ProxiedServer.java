package io.ftpalg.routing;

import io.ftpalg.policy.route.FtpProxy;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is connected to where a server is behind proxies. Stateless. */
final class ProxiedServer {
    private ProxiedServer() {}

    /** Returns what speaks FTP at the end of the tunnels: the server, or the FTP proxy in front of it. */
    static HostPort connected(Via via, HostPort server) {
        return via.ftp().map(FtpProxy::address).orElse(server);
    }

    /** Returns its addresses: as SOCKS and HTTP proxies are asked for them, else looked up here. */
    static CompletionStage<List<InetSocketAddress>> addresses(Via via, HostPort server, NameResolver resolver) {
        HostPort connected = connected(via, server);
        if (via.isTunnel()) {
            return CompletableFuture.completedStage(List.of(RouteServer.throughProxy(connected)));
        }
        Optional<InetAddress> literal = IpLiteral.parse(connected.host());
        CompletionStage<List<InetAddress>> found = literal.isPresent()
                ? CompletableFuture.completedStage(List.of(literal.get()))
                : resolver.resolve(connected.host());
        return found.thenApply(all -> all.stream()
                .map(address -> new InetSocketAddress(address, connected.port()))
                .toList());
    }

    /** Returns the server as it is named to the FTP proxy, if there is one. */
    static Optional<HostPort> behind(Via via, HostPort server) {
        return via.ftp().map(proxy -> server);
    }
}
