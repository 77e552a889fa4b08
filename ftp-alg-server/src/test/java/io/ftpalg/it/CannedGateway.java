package io.ftpalg.it;

import static io.ftpalg.server.admin.AdminMethod.GET;
import static io.ftpalg.server.admin.AdminMethod.POST;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.admin.AdminException;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.admin.EventStream;
import io.ftpalg.server.admin.page.PageRoutes;
import io.ftpalg.server.settings.AdminSettings;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.openqa.selenium.json.Json;

/**
 * The admin server with the page and an API whose responses a test sets: what no test can make a gateway have at will, such as 10,000
 * sessions, a certificate that ends soon, or hostile text in each field. Thread-safe; its test closes it.
 */
final class CannedGateway implements AutoCloseable {
    private static final String LISTENER = "0.0.0.0:21";
    private static final String POOL = "roundrobin of 10.1.0.5, 10.1.0.6, 10.1.0.7, 10.1.0.8";

    private final Map<String, Object> responses = new ConcurrentHashMap<>();
    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private final List<String> posts = new CopyOnWriteArrayList<>();
    private final AdminServer server = new AdminServer(routes());
    private volatile CannedSessions sessions;
    private volatile Optional<String> refusal = Optional.empty();

    private CannedGateway(CannedSessions sessions) {
        this.sessions = sessions;
        responses.put("history", history());
        responses.put("servers", servers());
        responses.put("listeners", listeners());
        responses.put("refusals", refusals());
        responses.put("blocks", Map.of("blocks", List.of()));
        responses.put("certificates", certificates());
        responses.put("actions", Map.of("actions", List.of()));
        responses.put("log-level", Map.of("level", "info", "configured", "info"));
        responses.put("config", Map.of("text", "listeners:\n  - bind: '0.0.0.0:21'\n"));
        responses.put("status", status("ready"));
    }

    /** Starts it with so many sessions, and a token where there is one. */
    static CannedGateway start(int sessions, Optional<Secret> token) throws AdminException, InterruptedException {
        CannedGateway gateway = new CannedGateway(new CannedSessions(sessions));
        gateway.server
                .prepare(Optional.of(new AdminSettings(
                        Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                        Optional.empty(),
                        false,
                        token,
                        List.of(),
                        Optional.empty())))
                .commit();
        return gateway;
    }

    String url() {
        return "http://127.0.0.1:" + ((InetSocketAddress) server.addresses().get(0)).getPort() + "/";
    }

    /** Sets what a GET of this path of the API returns. */
    void respond(String path, Object response) {
        responses.put(path, response);
    }

    void sessions(int count) {
        sessions = new CannedSessions(count);
    }

    /** Refuses each action from now on, with this reason. */
    void refuse(String reason) {
        refusal = Optional.of(reason);
    }

    /** Returns the actions that came: path and body. */
    List<String> posts() {
        return posts;
    }

    /** Returns how many follow the events. */
    int followers() {
        return streams.size();
    }

    /** Sends an event to all who follow. */
    void send(String name, Object data) {
        String text = json(data);
        streams.forEach(stream -> stream.send(name, text));
    }

    /** Sends the state, as the gateway does each second. */
    void beat() {
        send("status", responses.getOrDefault("status", Map.of()));
    }

    /** Ends the connections of all who follow. */
    void cut() {
        streams.forEach(EventStream::close);
    }

    @Override
    public void close() {
        server.close();
    }

    private AdminRoutes routes() {
        AdminRoutes.Builder routes = AdminRoutes.builder();
        PageRoutes.addTo(routes);
        routes.add(
                GET, "/api/v1/events", request -> CompletableFuture.completedStage(AdminResponse.events(this::follow)));
        routes.add(GET, "/api/v1/sessions", request -> respond(page(request)));
        routes.add(GET, "/api/v1/sessions/{id}", request -> respond(session(request.variable("id"))));
        routes.add(
                GET, "/api/v1/{name}", request -> respond(responses.getOrDefault(request.variable("name"), Map.of())));
        routes.add(POST, "/api/v1/{name}", this::act);
        routes.add(POST, "/api/v1/{group}/{name}", this::act);
        routes.add(POST, "/api/v1/sessions/{id}/end", this::act);
        return routes.build();
    }

    private void follow(EventStream stream) {
        streams.add(stream);
        stream.onClosed(() -> streams.remove(stream));
        stream.send("servers", json(responses.getOrDefault("servers", Map.of())));
        stream.send("status", json(responses.getOrDefault("status", Map.of())));
    }

    private CompletableFuture<AdminResponse> act(AdminRequest request) {
        posts.add(request.path().substring("/api/v1/".length()) + " " + request.body());
        Map<String, Object> done = action("some-action", "", "done");
        return CompletableFuture.completedFuture(refusal.map(reason -> AdminResponse.of(
                        409,
                        AdminResponse.JSON,
                        json(Map.of("error", Map.of("code", "conflict", "message", reason, "remedy", "try later")))))
                .orElseGet(() -> AdminResponse.json(json(done))));
    }

    private Map<String, Object> page(AdminRequest request) {
        return sessions.page(
                request.parameter("q"),
                request.parameter("state"),
                request.parameter("sort").orElse("-id"),
                request.parameter("offset").map(Integer::parseInt).orElse(0),
                request.parameter("limit").map(Integer::parseInt).orElse(50));
    }

    private Object session(String id) {
        return Map.of(
                "session", sessions.find(id).orElse(Map.of()),
                "clientSide",
                        Map.of(
                                "address",
                                "10.0.0.7:50122",
                                "tls",
                                Map.of("protocol", "TLSv1.3", "cipher", "TLS_AES_128_GCM_SHA256", "resumed", false)),
                "finished", List.of());
    }

    private static CompletableFuture<AdminResponse> respond(Object response) {
        return CompletableFuture.completedFuture(AdminResponse.json(json(response)));
    }

    private static String json(Object data) {
        return new Json().toJson(data);
    }

    /** Returns a state of the gateway. */
    Map<String, Object> status(String state) {
        return Map.of(
                "version",
                "1.4.0",
                "java",
                "17.0.13",
                "state",
                state,
                "startedAt",
                "2026-11-25T08:00:00.000Z",
                "uptimeSeconds",
                273_600.2,
                "sessions",
                sessions.count(),
                "transfers",
                37,
                "totals",
                Map.of(
                        "sessions", 190_211,
                        "refused", 317,
                        "transfers", 801_277,
                        "failedTransfers", 912,
                        "loginFailures", 44,
                        "bytesToClient", 98_213_311_822_000L,
                        "bytesToServer", 512_003_310_000L),
                "throughput",
                Map.of(
                        "bytesToClientPerSecond", 118_200_331,
                        "bytesToServerPerSecond", 8_402_110,
                        "sessionsPerSecond", 12,
                        "commandsPerSecond", 311));
    }

    private static Map<String, Object> history() {
        return Map.of(
                "intervalSeconds",
                1,
                "points",
                IntStream.range(0, 299)
                        .mapToObj(i -> Map.of(
                                "at", Instant.now().minusSeconds(299L - i).toString(),
                                "sessions", (int) (9800 + 150 * Math.sin(i / 60.0) + i % 7),
                                "transfers", (int) (34 + 9 * Math.sin(i / 23.0) + 4 * Math.sin(i / 5.0)),
                                "bytesToClientPerSecond",
                                        (long) (1.1e8 + 2e7 * Math.sin(i / 31.0) + 9e6 * Math.sin(i / 4.0)),
                                "bytesToServerPerSecond",
                                        (long) (8e6 + 5e6 * Math.sin(i / 17.0) + 1.5e6 * Math.sin(i / 3.0))))
                        .toList());
    }

    private static Map<String, Object> servers() {
        return Map.of(
                "servers",
                List.of(
                        server("10.1.0.5:21", "healthy", Map.of("sessions", 4977, "failures", 0)),
                        server("10.1.0.6:21", "healthy", Map.of("sessions", 4890, "failures", 0)),
                        server("10.1.0.7:21", "ejected", Map.of("sessions", 0, "failures", 5, "ejectedBy", "health")),
                        server(
                                "10.1.0.8:21",
                                "ejected",
                                Map.of("sessions", 3, "failures", 0, "ejectedBy", "operator"))));
    }

    static Map<String, Object> server(String address, String health, Map<String, Object> more) {
        Map<String, Object> server =
                new HashMap<>(Map.of("server", address, "listener", LISTENER, "pool", POOL, "health", health));
        server.putAll(more);
        return server;
    }

    private static Map<String, Object> listeners() {
        return Map.of(
                "listeners",
                List.of(
                        Map.of(
                                "addresses", List.of(LISTENER),
                                "implicitTls", List.of("0.0.0.0:990"),
                                "protocol", "ftp",
                                "routes", POOL,
                                "limits",
                                        List.of(
                                                Map.of("name", "sessions", "used", 9871, "limit", 20_000),
                                                Map.of("name", "passivePorts", "used", 937, "limit", 1000))),
                        Map.of(
                                "addresses", List.of("10.0.0.1:1080"),
                                "implicitTls", List.of(),
                                "protocol", "socks5",
                                "routes", "the server that the client names",
                                "limits", List.of(Map.of("name", "sessions", "used", 12, "limit", 200)))));
    }

    private static Map<String, Object> refusals() {
        List<Map<String, Object>> refusals = new ArrayList<>();
        refusals.add(refusal(3, "session", "SESSION_LIMIT", "203.0.113.9:50100", "20 sessions of this address"));
        refusals.add(refusal(9, "login", "LOGIN_REFUSED", "10.0.0.4:50099", "user joe"));
        refusals.add(refusal(44, "peer", "BOUNCE", "198.51.100.3:40100", "PORT named 10.9.9.9:22"));
        refusals.add(refusal(61, "tls", "UNTRUSTED", "10.1.0.7:21", "certificate has expired"));
        refusals.add(refusal(90, "data", "TIMEOUT", "10.0.7.77:50991", "no data connection in 30 s"));
        return Map.of("total", 317, "refusals", refusals);
    }

    static Map<String, Object> refusal(int ago, String kind, String reason, String client, String detail) {
        return Map.of(
                "at", Instant.now().minusSeconds(ago).toString(),
                "kind", kind,
                "reason", reason,
                "client", client,
                "detail", detail);
    }

    private static Map<String, Object> certificates() {
        return Map.of(
                "certificates",
                List.of(
                        certificate("server", "CN=gateway.example.com", List.of(), 11, "expiring"),
                        certificate(
                                "client",
                                "CN=ftp.example.com",
                                List.of("ftp.example.com", "ftps.example.com"),
                                90,
                                "valid")));
    }

    private static Map<String, Object> certificate(
            String side, String subject, List<String> names, int days, String state) {
        return Map.of(
                "side", side,
                "listener", LISTENER,
                "subject", subject,
                "issuer", "CN=Example CA",
                "names", names,
                "notBefore", "2026-10-01T00:00:00Z",
                "notAfter", Instant.now().plusSeconds(days * 86_400L).toString(),
                "daysLeft", days,
                "state", state);
    }

    static Map<String, Object> block(String network) {
        return Map.of(
                "network",
                network,
                "since",
                Instant.now().minusSeconds(610).toString(),
                "until",
                Instant.now().plusSeconds(2990).toString(),
                "secondsLeft",
                2990.1,
                "by",
                "token 127.0.0.1:40112");
    }

    static Map<String, Object> action(String name, String target, String result) {
        return Map.of(
                "at",
                Instant.now().toString(),
                "action",
                name,
                "by",
                "token 127.0.0.1:40112",
                "target",
                target,
                "result",
                result,
                "detail",
                "");
    }
}
