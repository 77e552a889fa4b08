package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A name server in the test's hand; remembers what it was asked. */
final class Names implements NameResolver {
    final List<String> asked = new ArrayList<>();
    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final Map<String, CompletableFuture<List<InetAddress>>> silent = new HashMap<>();
    private final Map<String, List<ServiceRecord>> services = new HashMap<>();

    Names host(String name, String... ips) {
        addresses.put(name, Stream.of(ips).map(Names::ip).toList());
        return this;
    }

    Names service(String name, ServiceRecord... records) {
        services.put(name, List.of(records));
        return this;
    }

    Names without(String name) {
        addresses.remove(name);
        services.remove(name);
        return this;
    }

    /** Answers nothing for this name, until the returned look-up is completed. */
    CompletableFuture<List<InetAddress>> silent(String name) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        silent.put(name, answer);
        return answer;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        CompletableFuture<List<InetAddress>> waiting = silent.get(host);
        return waiting == null ? answer(host, addresses) : waiting;
    }

    @Override
    public CompletionStage<List<ServiceRecord>> services(String name) {
        return answer(name, services);
    }

    /** As the gateway's resolver does, it fails wrapped or not. */
    private <T> CompletionStage<T> answer(String name, Map<String, T> known) {
        asked.add(name);
        return known.containsKey(name)
                ? CompletableFuture.completedStage(known.get(name))
                : CompletableFuture.<T>failedFuture(new UnknownHostException(name))
                        .thenApply(x -> x);
    }

    static ServiceRecord record(int priority, int weight, String server) {
        return new ServiceRecord(priority, weight, server(server));
    }

    static HostPort server(String text) {
        return HostPort.parse(text).orElseThrow();
    }

    static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }

    static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(ip(host), port);
    }

    static RouteRequest from(String client) {
        return RouteRequest.of(at(client, 40_000), at("127.0.0.3", 21));
    }
}
