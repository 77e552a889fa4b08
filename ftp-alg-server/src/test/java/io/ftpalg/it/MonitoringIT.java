package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.ftpalg.protocol.DataSyntax;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The jar as monitoring sees it: a real Prometheus scrapes it and evaluates each query of the docs; health; a reload; the end. */
@Timeout(180)
class MonitoringIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final TestServer SERVER = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path temp = Path.of(".");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void prometheusScrapesItAndKnowsEachQuery() throws Exception {
        Path prometheus = Peers.require("prometheus");
        Path promtool = Peers.require("promtool");
        Files.writeString(temp.resolve("token"), TOKEN + "\n");
        InetSocketAddress admin = NativeServer.freePort(Loopback.SERVER);
        try (ConfiguredJar jar =
                ConfiguredJar.start(temp, listeners() + "admin: {bind: '" + text(admin) + "', token-file: token}\n")) {
            transfer(jar);
            String metrics = get(admin, "/metrics", TOKEN).body();
            assertThat(metrics)
                    .contains("ftp_alg_transfers_total{direction=\"download\"")
                    .contains("ftp_alg_commands_total{verb=\"retr\"} 1.0");
            assertThat(run(promtool, metrics, "check", "metrics")).endsWith("[exit 0]\n");
            assertThat(run(
                            promtool,
                            "",
                            "check",
                            "rules",
                            DOCS.resolve("prometheus-alerts.yml").toString()))
                    .contains("SUCCESS")
                    .endsWith("[exit 0]\n");

            InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
            try (Program scraping = start(prometheus, address, admin)) {
                await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                                query(address, "sum(ftp_alg_transfers_total{result=\"complete\"})"))
                        .as(scraping.output())
                        .contains("\"1\""));
                assertThat(query(address, "ftp_alg_upstream_healthy"))
                        .contains(Target.of(SERVER).authority(), "\"1\"");
                for (String query : queries()) {
                    assertThat(query(address, query)).as(query).contains("\"status\":\"success\"");
                }
                assertThat(fetch(address, "/api/v1/rules").body()).contains("FtpAlgNotReady");
            }
        }
    }

    @Test
    void healthFollowsTheGatewayFromItsStartOverReloadsToItsEnd() throws Exception {
        Path socket = temp.resolve("admin.sock");
        String admin = "admin: {socket: " + socket + "}\n";
        try (ConfiguredJar jar = ConfiguredJar.start(temp, listeners() + admin)) {
            assertThat(health(jar)).isEqualTo("ready\n\n[exit 0]\n");
            assertThat(overSocket(socket, "/metrics")).contains("ftp_alg_sessions 0.0");

            transfer(jar);
            InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
            jar.replaceFile(listeners() + "admin: {bind: '" + text(address) + "', socket: " + socket + "}\n");
            jar.reload();

            assertThat(get(address, "/ready", "").statusCode()).isEqualTo(200);
            // Counts continue over a reload.
            assertThat(overSocket(socket, "/metrics")).contains("ftp_alg_commands_total{verb=\"retr\"} 1.0");

            jar.replaceFile(listeners() + "admin: {bind: '0.0.0.0:1'}\n");
            jar.hangUp();
            assertThat(jar.awaitLog("admin.bind is no loopback address", 1)).contains("gateway.yaml");
            jar.replaceFile(listeners() + "admin: {bind: '" + text(SERVER.address()) + "', socket: " + socket + "}\n");
            jar.hangUp();
            assertThat(jar.awaitLog("cannot open admin", 1)).contains(text(SERVER.address()));
            jar.awaitLog("config kept", 2);
            assertThat(get(address, "/ready", "").statusCode()).isEqualTo(200);

            try (RawFtp client = RawFtp.login(target(jar))) {
                assertThat(overSocket(socket, "/metrics")).contains("ftp_alg_sessions 1.0");
                assertThat(client.ask("NOOP").code()).isEqualTo(200);
            }
            assertThat(jar.terminate()).isZero();
            assertThat(socket).doesNotExist();
            assertThat(health(jar)).endsWith("[exit 1]\n");
        }
    }

    @Test
    void exportsMetricsAndTheTraceOfASession() throws Exception {
        List<ResourceSpans> spans = new CopyOnWriteArrayList<>();
        List<String> metrics = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            spans.addAll(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                    .getResourceSpansList());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.createContext("/v1/metrics", exchange -> {
            ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody())
                    .getResourceMetrics(0)
                    .getScopeMetrics(0)
                    .getMetricsList()
                    .forEach(metric -> metrics.add(metric.getName()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String otlp = "otlp: {endpoint: 'http://" + text(collector.getAddress()) + "'}\n";
        try (ConfiguredJar jar = ConfiguredJar.start(temp, listeners() + otlp)) {
            transfer(jar);
            String trace = ConfiguredJar.value(jar.awaitLog("session opened", 1), "trace");
            jar.awaitLog("session closed", 1);

            // What is not exported yet is so at the end.
            assertThat(jar.terminate()).isZero();

            assertThat(metrics).contains("ftp.alg.transfers", "ftp.alg.sessions", "process.files.open");
            List<Span> both = spans.stream()
                    .flatMap(one -> one.getScopeSpans(0).getSpansList().stream())
                    .toList();
            assertThat(both).extracting(Span::getName).containsExactly("ftp transfer", "ftp session");
            assertThat(both).allSatisfy(span -> assertThat(
                            HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                    .isEqualTo(trace));
            assertThat(both.get(0).getParentSpanId()).isEqualTo(both.get(1).getSpanId());
        } finally {
            collector.stop(0);
        }
    }

    private static String listeners() {
        return "listeners:\n  - {bind: '127.0.0.1:0', upstream: '"
                + Target.of(SERVER).authority() + "'}\n";
    }

    private static Target target(ConfiguredJar jar) {
        return new Target(jar.addresses().get(0), SERVER.user(), SERVER.password());
    }

    /** Retrieves one file. */
    private static void transfer(ConfiguredJar jar) throws IOException {
        Payload.file(SERVER.files().resolve("file"), 100_000);
        try (RawFtp client = RawFtp.login(target(jar))) {
            try (var data = client.open(DataSyntax.PASV, "RETR file")) {
                assertThat(data.getInputStream().readAllBytes()).hasSize(100_000);
            }
            assertThat(client.read().code()).isEqualTo(226);
            assertThat(client.ask("QUIT").code()).isEqualTo(221);
        }
        jar.awaitLog("transfer finished", 1);
    }

    private Program start(Path prometheus, InetSocketAddress address, InetSocketAddress admin) throws IOException {
        Path config = Files.writeString(temp.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: ftp-alg
                    authorization: {credentials_file: "%s"}
                    static_configs: [{targets: ["%s"]}]
                """.formatted(
                        DOCS.resolve("prometheus-alerts.yml"), temp.resolve("token"), text(admin)));
        return Program.start(
                temp,
                List.of(
                        prometheus.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + temp.resolve("tsdb"),
                        "--web.listen-address=" + text(address)),
                Map.of(),
                "");
    }

    /** Returns what Prometheus responds to a query. */
    private String query(InetSocketAddress prometheus, String query) throws IOException, InterruptedException {
        String plain = query.replace("$__rate_interval", "1m").replace("$instance", ".*");
        return fetch(prometheus, "/api/v1/query?query=" + URLEncoder.encode(plain, UTF_8))
                .body();
    }

    private HttpResponse<String> fetch(InetSocketAddress address, String path)
            throws IOException, InterruptedException {
        return get(address, path, "");
    }

    private HttpResponse<String> get(InetSocketAddress address, String path, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + text(address) + path))
                .timeout(PATIENCE);
        return http.send(
                (token.isEmpty() ? request : request.header("Authorization", "Bearer " + token)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String overSocket(Path socket, String path) {
        Path curl = Peers.require("curl");
        return run(curl, "", "--silent", "--unix-socket", socket.toString(), "http://localhost" + path);
    }

    private String health(ConfiguredJar jar) {
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "",
                "-Xmx96m",
                "-jar",
                String.valueOf(System.getProperty("ftpalg.jar")),
                "health",
                "--config",
                jar.file().toString());
    }

    private String run(Path program, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return Program.run(temp, command, input, PATIENCE);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    private static List<String> queries() throws IOException {
        List<String> all = new ArrayList<>();
        for (String name : List.of("grafana-dashboard.json", "prometheus-alerts.yml")) {
            collect(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(DOCS.resolve(name))), all);
        }
        assertThat(all).hasSizeGreaterThan(40);
        return all;
    }

    private static void collect(Object node, List<String> queries) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("expr") instanceof String query) {
                queries.add(query);
            }
            map.values().forEach(value -> collect(value, queries));
        } else if (node instanceof List<?> list) {
            list.forEach(one -> collect(one, queries));
        }
    }
}
