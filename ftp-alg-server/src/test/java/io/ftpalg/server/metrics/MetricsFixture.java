package io.ftpalg.server.metrics;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.ServerState;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.settings.AdminSettings;
import io.ftpalg.server.tls.CredentialSource;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Metrics of gateways that a test has, and an admin server that shows them. */
public final class MetricsFixture implements AutoCloseable, GatewayFacts {
    public final Metrics metrics = new Metrics();
    public volatile int sessions;
    public volatile Optional<String> notReady = Optional.empty();
    public volatile List<ServerState> servers =
            List.of(new ServerState(new HostPort("ftp.example.com", 21), 3, ServerState.Health.HEALTHY, 0));
    public volatile List<CredentialSource> certificates = List.of();
    public volatile Map<String, Long> auditDropped = Map.of("file", 3L);
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final AdminServer server;

    public MetricsFixture() throws Exception {
        AdminRoutes.Builder routes = AdminRoutes.builder();
        HealthRoutes.addTo(routes, () -> notReady);
        metrics.addTo(routes, this);
        server = new AdminServer(routes.build());
        Optional<Secret> noToken = Optional.empty();
        server.prepare(Optional.of(new AdminSettings(
                        Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                        Optional.empty(),
                        false,
                        noToken,
                        List.of(),
                        Optional.empty())))
                .commit();
    }

    /** Returns what /metrics has now. */
    public String scrape() throws IOException, InterruptedException {
        return get("/metrics", "text/plain").body();
    }

    /** Returns the response to a GET. */
    public HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri(path))
                                .header("Accept", accept)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the URI of a path. */
    public URI uri(String path) {
        InetSocketAddress address = (InetSocketAddress) server.addresses().get(0);
        return URI.create("http://127.0.0.1:" + address.getPort() + path);
    }

    @Override
    public int sessions() {
        return sessions;
    }

    @Override
    public Optional<String> notReady() {
        return notReady;
    }

    @Override
    public List<ServerState> servers() {
        return servers;
    }

    @Override
    public PassivePortUse passivePorts() {
        return new PassivePortUse(4, 96);
    }

    @Override
    public List<CredentialSource> certificates() {
        return certificates;
    }

    @Override
    public Map<String, Long> auditDropped() {
        return auditDropped;
    }

    @Override
    public Map<String, Boolean> scanners() {
        return Map.of("clamav", true, "icap://a:1344/b", false);
    }

    @Override
    public Map<String, Long> failedCopies() {
        return Map.of("/copies", 7L);
    }

    @Override
    public long spansDropped() {
        return 0;
    }

    @Override
    public QuotaUse quotas() {
        return new QuotaUse(true, 2, 3);
    }

    @Override
    public Iterable<EventExecutor> loops() {
        return loops;
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
