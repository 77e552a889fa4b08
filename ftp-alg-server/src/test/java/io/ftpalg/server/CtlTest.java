package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.admin.api.AdminApi;
import io.ftpalg.server.admin.api.Program;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.config.ConfigWatch;
import io.ftpalg.server.json.JsonReader;
import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.metrics.Metrics;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.Reloader;
import io.ftpalg.server.runtime.RunningFacts;
import io.ftpalg.server.service.ServiceManager;
import io.ftpalg.server.trace.Traces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** The command {@code ctl}, by a Unix domain socket, at gateways of a config file, between a client and a server of FTP. */
@Timeout(120)
@SuppressWarnings("NullAway") // a field that is missing fails the test
class CtlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path temp = Path.of(".");

    private final List<Client> clients = new ArrayList<>();
    private final AtomicReference<Optional<Duration>> stopped = new AtomicReference<>();
    private final AtomicLong started = new AtomicLong();
    private final AtomicReference<Optional<Long>> ran = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Integer>> ended = new AtomicReference<>(Optional.empty());
    private FtpServer server;
    private Path socket = Path.of(".");
    private Path file = Path.of(".");
    private Gateways gateways;
    private AdminApi api;
    private AdminServer admin;
    private Reloader reloader;

    /** Whatever level other tests of the JVM have set by now is the configured one. */
    private final Verbosity verbosity = new Verbosity(false);

    @BeforeEach
    void start() throws Exception {
        server = new FtpServer();
        socket = temp.resolve("admin.sock");
        file = temp.resolve("gateway.yaml");
        Files.writeString(
                file,
                "drain-timeout: 1s\nadmin: {socket: '" + socket + "'}\nlisteners:\n  - {bind: '127.0.0.3:0', upstream:"
                        + " '127.0.0.1:" + server.port() + "'}\n");
        ConfigWatch watch = new ConfigWatch(List.of(file));
        ConfigFile content = ConfigLoader.load(file, name -> Optional.empty());
        api = new AdminApi();
        gateways = Gateways.of(content.settings(), any -> api.listeners());
        Program program = new Program(
                gateways, verbosity, stopped::set, new Program.Upgrade(started::incrementAndGet, ran::get, ended::get));
        admin = new AdminServer(AdminTable.of(new RunningFacts(gateways, () -> 0), new Metrics(), api, program));
        reloader = new Reloader(
                file,
                name -> Optional.empty(),
                content,
                watch,
                gateways,
                admin,
                verbosity,
                ServiceManager.of(variable -> Optional.empty(), 1));
        program.reloadBy(Optional.of(reloader));
        admin.prepare(content.settings().admin()).commit();
        gateways.start();
        reloader.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        reloader.close();
        api.close();
        gateways.close();
        admin.close();
        server.close();
    }

    @Test
    void showsSessionsAndEndsOne() throws Exception {
        Client client = login("joe", "hunter2");
        Map<String, Object> session = sessions().get(0);

        assertThat(ctl("sessions").out()).contains("CLIENT").contains("joe").contains("ready");
        assertThat(session).containsEntry("user", "joe").containsEntry("state", "ready");
        assertThat(ctl("session", session.get("id").toString()).out()).contains("clientSide");
        assertThat(ctl("status").out()).contains("ready").contains("sessions   1 live");
        assertThat(ctl("kill", session.get("id").toString()).out()).startsWith("end-session");

        assertThat(client.line()).startsWith("421 The session was ended by the operator.");
        assertThat(client.line()).isEqualTo("end");
        await().atMost(PATIENCE).until(() -> sessions().isEmpty());
        Result again = ctl("kill", session.get("id").toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("no session").contains("it has ended");
        assertThat(get("/api/v1/actions")).contains("\"end-session\"", "\"failed\"", "\"done\"");
    }

    @Test
    void startsNoOtherProcessWithoutAHandover() {
        Result result = ctl("upgrade");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("no process can take the place of this one", "configure handover.socket, and restart");
        assertThat(started).hasValue(0);
    }

    @Test
    void showsTheProcessThatWasStartedInPlaceOfThisOne() throws Exception {
        assertThat(get("/api/v1/status"))
                .contains("\"process\":" + ProcessHandle.current().pid())
                .doesNotContain("\"upgrade\"");

        ran.set(Optional.of(4711L));
        assertThat(get("/api/v1/status")).contains("\"upgrade\":{\"process\":4711}");

        ran.set(Optional.empty());
        ended.set(Optional.of(1));
        assertThat(get("/api/v1/status")).contains("\"upgrade\":{\"exitCode\":1}");
    }

    @Test
    void tracesBothSidesWithoutThePassword() throws Exception {
        Path trace = temp.resolve("trace.jsonl");
        AtomicReference<Result> result = new AtomicReference<>();
        Thread running = new Thread(
                () -> result.set(ctl("trace", "--user", "joe", "--sessions", "1", "--write", trace.toString())));
        running.start();
        await().atMost(PATIENCE).until(() -> get("/api/v1/traces").contains("\"user\":\"joe\""));

        login("ann", "secret1");
        Client client = login("joe", "hunter2");
        client.send("NOOP");
        assertThat(client.line()).isEqualTo("200 NOOP");
        client.send("QUIT");

        running.join(PATIENCE.toMillis());
        assertThat(result.get().err().strip()).isEqualTo("ftp-alg: trace started, Ctrl-C ends it");
        String shown = result.get().out();
        assertThat(shown)
                .contains("C>   USER joe")
                .contains(">S USER joe")
                .contains("C>   PASS ****")
                .contains("<S 230 in with ****")
                .contains("C<   200 NOOP")
                .contains("*  session closed cause=QUIT")
                .contains("trace ended: sessions")
                .doesNotContain("hunter2")
                .doesNotContain("ann");
        assertThat(Files.readString(trace)).contains("\"from-client\"").doesNotContain("hunter2");
        assertThat(get("/api/v1/traces")).isEqualTo("{\"traces\":[]}");
    }

    @Test
    void closesForMaintenanceAndBlocks() throws Exception {
        assertThat(ctl("maintenance", "on", "--text", "Back at 8.").code()).isZero();
        assertThat(connect().line()).isEqualTo("421 Back at 8.");
        assertThat(ctl("status").out()).contains("maintenance: Back at 8.");
        assertThat(ctl("maintenance", "off").code()).isZero();
        Client client = login("joe", "hunter2");

        assertThat(ctl("block", "127.0.0.0/8", "--end-sessions").out()).contains("sessions=1");

        assertThat(client.line()).startsWith("421 ");
        assertThat(connect().line()).startsWith("421 ");
        assertThat(ctl("blocks").out()).contains("127.0.0.0/8");
        assertThat(ctl("unblock", "127.0.0.0/8").code()).isZero();
        assertThat(ctl("unblock", "127.0.0.0/8").err()).contains("is not blocked");
        login("joe", "hunter2");
    }

    @Test
    void ejectsAServerAcrossAReload() throws Exception {
        String name = "127.0.0.1:" + server.port();

        assertThat(ctl("eject", name).code()).isZero();
        assertThat(ctl("servers").out()).contains("ejected").contains("operator");
        assertThat(ctl("reload").code()).isZero();
        assertThat(ctl("servers").out()).contains("ejected");
        assertThat(connect().line()).startsWith("421 ");
        assertThat(ctl("return", name).code()).isZero();
        login("joe", "hunter2");
        assertThat(ctl("eject", "192.0.2.1:21").err()).contains("no server 192.0.2.1:21");
    }

    @Test
    void reportsTheProblemsOfAFileThatIsRefused() throws Exception {
        Files.writeString(file, "listeners:\n  - {bind: nowhere}\n");

        Result result = ctl("reload");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("refused").contains("gateway.yaml:2");
    }

    @Test
    void setsTheLogLevelAndDrains() throws Exception {
        assertThat(ctl("log-level", "debug").code()).isZero();
        assertThat(get("/api/v1/log-level"))
                .isEqualTo("{\"level\":\"debug\",\"configured\":\"" + verbosity.configured() + "\"}");
        assertThat(ctl("log-level", "default").code()).isZero();
        assertThat(ctl("log-level", "loud").err()).contains("no such log level");
        assertThat(ctl("drain", "--grace", "7").out().strip()).isEqualTo("drain: done grace=7s");
        assertThat(stopped.get()).contains(Duration.ofSeconds(7));
    }

    @Test
    void drawsTopIn80x24() throws Exception {
        login("joe", "hunter2");

        List<String> screen = ctl("top", "--once").out().lines().toList();

        assertThat(screen).hasSizeLessThan(24).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        assertThat(String.join("\n", screen)).contains("joe");
    }

    @Test
    void saysWhatToDoWhereNoGatewayRuns() {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setErr(new PrintWriter(err));

        assertThat(line.execute("ctl", "--socket", temp.resolve("none").toString(), "status"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("cannot connect").contains("is it running");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/sessions?sort=nothing, cannot sort by nothing",
        "/api/v1/sessions?limit=0, limit is not a number from 1 to 200",
        "/api/v1/sessions?client=x, not an address or a network",
        "/api/v1/sessions?state=x, no such state",
        "/api/v1/sessions/x, the id is not a number",
        "/api/v1/sessions/99, no session 99",
        "/api/v1/traces/99/stream, no trace 99"
    })
    void refusesWhatCannotBe(String path, String message) throws Exception {
        assertThat(get(path)).contains("\"error\"").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drain | {\"graceSeconds\":-1} | graceSeconds is not a number",
                "maintenance | {} | the body has no field on",
                "maintenance | {\"on\":true,\"text\":\"a\\u0007\"} | not one line of printable ASCII",
                "blocks | {} | the body has no field network",
                "blocks | {\"network\":\"x\"} | not an address or a network",
                "log-level | {\"level\":\"loud\"} | no such log level",
                "servers/return | {\"server\":\"192.0.2.1:21\"} | no server 192.0.2.1:21",
                "servers/eject | {} | the body has no field server",
                "traces | {} | a trace of all sessions is not possible",
                "traces/99/stop | {} | no trace 99"
            })
    void refusesWhatCannotBeDone(String path, String body, String message) throws Exception {
        assertThat(post(path, body)).contains("\"error\"").contains(message);
    }

    @Test
    void ejectsOfOneListener() throws Exception {
        String name = "\"server\":\"127.0.0.1:" + server.port() + "\"";
        InetSocketAddress bound = gateways.boundAddresses().get(0).get(0);
        String listener = bound.getAddress().getHostAddress() + ":" + bound.getPort();

        assertThat(post("servers/return", "{" + name + "}")).contains("is not ejected");
        assertThat(post("servers/eject", "{" + name + ",\"listener\":\"192.0.2.1:21\"}"))
                .contains("not in a pool of listener 192.0.2.1:21");
        assertThat(post("servers/eject", "{" + name + ",\"listener\":\"" + listener + "\"}"))
                .contains("pools=1");
        assertThat(post("servers/return", "{" + name + "}")).contains("pools=1");
    }

    @Test
    void blocksAndDrainsByDefaults() throws Exception {
        assertThat(post("blocks", "{\"network\":\"192.0.2.0/24\"}")).contains("seconds=3600");
        assertThat(get("/api/v1/blocks")).contains("192.0.2.0/24");
        assertThat(post("maintenance", "{\"on\":true,\"text\":\" \"}")).contains("\"done\"");
        assertThat(get("/api/v1/status")).contains("\"state\":\"maintenance\"");
        assertThat(post("drain", "")).contains("grace=1s");
        assertThat(stopped.get()).isEmpty();
    }

    @Test
    void tracesNoMoreThanTheMost() throws Exception {
        String last = "";
        for (int i = 0; i <= Traces.MOST; i++) {
            last = post("traces", "{\"client\":\"192.0.2.1\",\"sessions\":1,\"seconds\":60}");
        }

        assertThat(last).contains("traces already");
        assertThat(post("traces/1/stop", "{}")).contains("\"stop-trace\"", "\"done\"");
        assertThat(get("/api/v1/actions?limit=200")).contains("sessions=1 seconds=60");
    }

    @Test
    void tellsAStreamOfAReload() throws Exception {
        try (var channel = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(socket));
                BufferedReader in = new BufferedReader(new InputStreamReader(
                        java.nio.channels.Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            channel.write(java.nio.ByteBuffer.wrap(
                    "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            // The first is sent at once, the third after the first whole second.
            for (int i = 0; i < 3; i++) {
                readTo(in, "event: status");
            }

            assertThat(ctl("reload").code()).isZero();

            readTo(in, "event: action");
            readTo(in, "event: config");
            assertThat(in.readLine()).contains("\"result\":\"reloaded\"");
        }
    }

    private static void readTo(BufferedReader in, String wanted) throws IOException {
        String line = in.readLine();
        while (line != null && !line.equals(wanted)) {
            line = in.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    /** docs/openapi.yaml and the API have the same paths, and the same fields in what is read. */
    @Test
    @SuppressWarnings("unchecked")
    void isAsTheContractHasIt() throws Exception {
        login("joe", "hunter2");
        connect();
        Map<String, Object> contract =
                (Map<String, Object>) new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(Path.of("../docs/openapi.yaml")));
        Map<String, Object> paths = (Map<String, Object>) contract.get("paths");
        Map<String, Object> schemas =
                (Map<String, Object>) ((Map<String, Object>) contract.get("components")).get("schemas");
        Object id = sessions().get(0).get("id");
        Set<String> checked = new TreeSet<>();
        for (Map.Entry<String, Object> path : paths.entrySet()) {
            Map<String, Object> methods = (Map<String, Object>) path.getValue();
            String real = path.getKey().replace("{id}", path.getKey().contains("sessions") ? id.toString() : "99");
            if (methods.containsKey("get") && !real.endsWith("/events") && !real.endsWith("/stream")) {
                Map<String, Object> response = (Map<String, Object>)
                        ((Map<String, Object>) ((Map<String, Object>) methods.get("get")).get("responses")).get("200");
                Map<String, Object> schema = (Map<String, Object>)
                        ((Map<String, Object>) ((Map<String, Object>) response.get("content")).get("application/json"))
                                .get("schema");
                check(path.getKey(), JsonReader.read(get(real)), schema, schemas);
                checked.add(path.getKey());
            }
            if (methods.containsKey("post")) {
                assertThat(raw("POST " + real.replace(id.toString(), "99") + " HTTP/1.1", "[]"))
                        .as(path.getKey())
                        .contains("\"bad-request\"");
            }
        }
        assertThat(checked).hasSize(16);
    }

    @SuppressWarnings("unchecked")
    private static void check(String at, Object value, Map<String, Object> given, Map<String, Object> schemas) {
        Map<String, Object> schema = given.get("$ref") instanceof String name
                ? (Map<String, Object>) schemas.get(name.substring(name.lastIndexOf('/') + 1))
                : given;
        switch (String.valueOf(schema.get("type"))) {
            case "object" -> {
                Map<String, Object> fields = JsonReader.asObject(value);
                Map<String, Object> known = (Map<String, Object>) schema.get("properties");
                assertThat(known.keySet()).as(at).containsAll(fields.keySet());
                assertThat(fields.keySet()).as(at).containsAll((List<String>)
                        schema.getOrDefault("required", List.of()));
                fields.forEach(
                        (name, field) -> check(at + "." + name, field, (Map<String, Object>) known.get(name), schemas));
            }
            case "array" ->
                ((List<Object>) value)
                        .forEach(one -> check(at, one, (Map<String, Object>) schema.get("items"), schemas));
            case "integer" -> assertThat(value).as(at).isInstanceOf(Long.class);
            case "number" -> assertThat(value).as(at).isInstanceOf(Number.class);
            case "boolean" -> assertThat(value).as(at).isInstanceOf(Boolean.class);
            default -> {
                assertThat(value).as(at).isInstanceOf(String.class);
                if (schema.get("enum") instanceof List<?> values) {
                    assertThat(values.contains(value)).as(at + " " + value).isTrue();
                }
            }
        }
    }

    private record Result(int code, String out, String err) {}

    private Result ctl(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("ctl", "--socket", socket.toString()));
        all.addAll(List.of(arguments));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> sessions() throws IOException {
        return (List<Map<String, Object>>)
                JsonReader.object(get("/api/v1/sessions")).get("sessions");
    }

    private String get(String path) throws IOException {
        return raw("GET " + path + " HTTP/1.1", "");
    }

    private String post(String path, String body) throws IOException {
        return raw("POST /api/v1/" + path + " HTTP/1.1", body);
    }

    private String raw(String line, String body) throws IOException {
        try (var channel = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(socket))) {
            String request = line + "\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            channel.write(java.nio.ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            String response = new String(
                    java.nio.channels.Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            return response.substring(response.indexOf("\r\n\r\n") + 4);
        }
    }

    private Client connect() throws IOException {
        Client client = new Client(gateways.boundAddresses().get(0).get(0));
        clients.add(client);
        return client;
    }

    private Client login(String user, String password) throws IOException {
        Client client = connect();
        assertThat(client.line()).startsWith("220");
        client.send("USER " + user);
        assertThat(client.line()).startsWith("331");
        client.send("PASS " + password);
        assertThat(client.line()).startsWith("230");
        return client;
    }

    /** A client of FTP. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(InetSocketAddress gateway) throws IOException {
            socket = new Socket(gateway.getAddress(), gateway.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        String line() throws IOException {
            String line = in.readLine();
            return line == null ? "end" : line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A server of FTP that has no files, and repeats passwords. */
    private static final class FtpServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        FtpServer() throws IOException {
            thread(this::accept);
        }

        int port() {
            return listening.getLocalPort();
        }

        private static void thread(Runnable work) {
            Thread thread = new Thread(work, "ftp-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = listening.accept();
                    thread(() -> serve(client));
                }
            } catch (IOException e) {
                return;
            }
        }

        private static void serve(Socket client) {
            try (client) {
                var in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                reply(client, "220 ready");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    reply(
                            client,
                            line.startsWith("USER ")
                                    ? "331 password"
                                    : line.startsWith("PASS ")
                                            ? "230 in with " + line.substring(5)
                                            : line.startsWith("QUIT") ? "221 bye" : "200 " + line);
                }
            } catch (IOException e) {
                return;
            }
        }

        private static void reply(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
