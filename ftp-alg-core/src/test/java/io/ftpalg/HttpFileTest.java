package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway as an HTTP proxy for ftp:// URLs: requests byte by byte, and a real server behind it. */
@Timeout(120)
class HttpFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Limits QUICK = Limits.builder()
            .loginDelay(Duration.ofMillis(1))
            .targetTimeout(Duration.ofMillis(300))
            .build();

    @TempDir
    Path folder;

    private EmbeddedServer server;
    private Optional<FtpAlg> started = Optional.empty();
    private InetSocketAddress proxy = new InetSocketAddress(0);

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (started.isPresent()) {
            started.get().stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        server.close();
    }

    private void start(FtpAlgBuilder builder, int port) throws Exception {
        FtpAlg gateway = builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .protocol(ListenerProtocol.HTTP)
                .limits(QUICK)
                .router(Routers.forward(
                        TargetRules.of(
                                List.of(TargetRule.parse("127.0.0.0/8:" + port).orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty()))
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        started = Optional.of(gateway);
        proxy = gateway.boundAddresses().get(0);
    }

    private void start() throws Exception {
        start(FtpAlg.builder(), server.port());
    }

    /** A response as it came. */
    private static final class Response {
        private final String head;
        private final byte[] body;

        private Response(String head, byte... body) {
            this.head = head;
            this.body = body;
        }

        String head() {
            return head;
        }

        byte[] body() {
            return body;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Returns the body of a chunked response; fails unless its end is there. */
        String unchunked() {
            StringBuilder all = new StringBuilder();
            String rest = new String(body, StandardCharsets.ISO_8859_1);
            while (true) {
                int line = rest.indexOf("\r\n");
                assertThat(line).as("a whole chunk in " + rest).isPositive();
                int size = Integer.parseInt(rest.substring(0, line), 16);
                if (size == 0) {
                    assertThat(rest).isEqualTo("0\r\n\r\n");
                    return all.toString();
                }
                all.append(rest, line + 2, line + 2 + size);
                rest = rest.substring(line + 2 + size + 2);
            }
        }
    }

    private Response ask(String method, String path, String headers) throws Exception {
        return ask(method, path, headers, new byte[0]);
    }

    private Response ask(String method, String path, String headers, byte[] body) throws Exception {
        String url = path.contains("://") || path.equals("/")
                ? path
                : "ftp://tester:secret@127.0.0.1:" + server.port() + path;
        try (Socket socket = new Socket(proxy.getAddress(), proxy.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((method + " " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            return read(socket.getInputStream());
        }
    }

    private static Response read(InputStream in) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        byte[] bytes = all.toByteArray();
        int end = all.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        assertThat(end).as(all.toString(StandardCharsets.ISO_8859_1)).isPositive();
        return new Response(
                new String(bytes, 0, end, StandardCharsets.ISO_8859_1),
                Arrays.copyOfRange(bytes, end + 4, bytes.length));
    }

    private byte[] file(String name, int size) throws Exception {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve(name), content);
        return content;
    }

    @ParameterizedTest
    @EnumSource(
            value = RelayType.class,
            names = {"AUTO", "BUFFER"})
    void fetchesAFile(RelayType relay) throws Exception {
        start(FtpAlg.builder().relay(relay), server.port());
        byte[] content = file("down", 5_000_000);

        Response response = ask("GET", "/down", "");

        assertThat(response.head())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("content-length: 5000000")
                .containsIgnoringCase("last-modified: ")
                .containsIgnoringCase("connection: close");
        assertThat(response.body()).isEqualTo(content);
    }

    @Test
    void fetchesAFileOnOtherTransports() throws Exception {
        start(FtpAlg.builder().transport(TransportType.NIO), server.port());
        byte[] content = file("down", 300_000);

        assertThat(ask("GET", "/down", "").body()).isEqualTo(content);
    }

    @Test
    void fetchesAnEmptyFile() throws Exception {
        start();
        file("empty", 0);

        assertThat(ask("GET", "/empty", "").head()).contains("200 OK").containsIgnoringCase("content-length: 0");
    }

    @Test
    void fetchesPartsOfAFile() throws Exception {
        start();
        byte[] content = file("down", 1_000_000);

        Response rest = ask("GET", "/down", "Range: bytes=999000-\r\n");
        Response middle = ask("GET", "/down", "Range: bytes=1000-1999\r\n");

        assertThat(rest.head()).contains(" 206 ").containsIgnoringCase("content-range: bytes 999000-999999/1000000");
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(content, 999_000, 1_000_000));
        assertThat(middle.head()).contains(" 206 ").containsIgnoringCase("content-length: 1000");
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(content, 1000, 2000));
        assertThat(ask("GET", "/down", "Range: bytes=1000000-\r\n").head()).contains(" 416 ");
    }

    @Test
    void sendsOnlyWhatWasModified() throws Exception {
        start();
        file("down", 10);

        Response head = ask("HEAD", "/down", "");
        String modified = head.head()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "last-modified: ", 0, 15))
                .findFirst()
                .orElseThrow()
                .substring(15);
        Response again = ask("GET", "/down", "If-Modified-Since: " + modified + "\r\n");

        assertThat(head.head()).containsIgnoringCase("content-length: 10");
        assertThat(head.body()).isEmpty();
        assertThat(again.head()).contains(" 304 ");
        assertThat(again.body()).isEmpty();
    }

    @Test
    void listsADirectory() throws Exception {
        start();
        file("a <b>", 7);
        Files.createDirectory(folder.resolve("dir"));

        Response html = ask("GET", "", "");
        Response json = ask(
                "GET", "ftp://tester:secret@127.0.0.1:" + server.port() + "/;type=d", "Accept: application/json\r\n");
        Response found = ask("GET", "/dir", "");

        assertThat(html.head())
                .contains("200 OK")
                .containsIgnoringCase("text/html")
                .containsIgnoringCase("chunked");
        assertThat(html.unchunked())
                .contains("<a href=\"a%20%3Cb%3E\">a &lt;b&gt;</a>")
                .contains("<a href=\"dir/\">dir/</a>");
        assertThat(json.unchunked())
                .contains("\"name\":\"a \\u003cb>\",\"type\":\"file\"")
                .contains("\"size\":7");
        assertThat(found.unchunked()).contains("Index of ftp://127.0.0.1:" + server.port() + "/dir<");
    }

    @Test
    void storesAFile() throws Exception {
        start();
        byte[] content = new byte[3_000_000];
        new Random(2).nextBytes(content);

        Response first = ask("PUT", "/up", "Content-Length: 3000000\r\n", content);
        Response second = ask(
                "PUT",
                "/up",
                "Transfer-Encoding: chunked\r\n",
                "5\r\nhello\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(first.head()).startsWith("HTTP/1.1 201 ");
        assertThat(second.head()).startsWith("HTTP/1.1 204 ");
        assertThat(folder.resolve("up")).hasContent("hello");
    }

    @Test
    void continuesOnlyWhenTheServerTakesTheFile() throws Exception {
        start();
        try (Socket socket = new Socket(proxy.getAddress(), proxy.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("PUT ftp://tester:secret@127.0.0.1:" + server.port()
                                    + "/up HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(read(socket.getInputStream()).head()).contains(" 201 ");
        }
        assertThat(folder.resolve("up")).hasContent("hello");
    }

    /** A body that ends early is reset on its way to the server, and never confirmed. */
    @Test
    void cutsAFileThatIsNotWhole() throws Exception {
        start();
        try (Socket socket = new Socket(proxy.getAddress(), proxy.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("PUT ftp://tester:secret@127.0.0.1:" + server.port()
                                    + "/up HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 50\r\n\r\nhello")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(all);
            } catch (java.io.IOException reset) {
                // As good as an end without a response.
            }
            assertThat(all.toString(StandardCharsets.ISO_8859_1))
                    .doesNotContain(" 201 ")
                    .doesNotContain(" 204 ");
        }
        Awaitility.await().atMost(PATIENCE).until(() -> started.orElseThrow().sessions() == 0);
    }

    @Test
    void deletesAFile() throws Exception {
        start();
        file("gone", 1);

        assertThat(ask("DELETE", "/gone", "").head()).startsWith("HTTP/1.1 204 ");
        assertThat(folder.resolve("gone")).doesNotExist();
        assertThat(ask("DELETE", "/gone", "").head()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void reportsWhatFails() throws Exception {
        start();
        String host = "ftp://127.0.0.1:" + server.port();

        assertThat(ask("GET", "/none", "").head()).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET", host.replace("//", "//tester:wrong@") + "/x", "").head())
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("www-authenticate: Basic realm=");
        assertThat(ask("GET", "ftp://127.0.0.1:1/x", "").head()).startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET", "ftp://10.0.0.1/x", "").head()).startsWith("HTTP/1.1 403 ");
        Response authorized = ask(
                "GET",
                host + "/none",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString("tester:secret".getBytes(StandardCharsets.ISO_8859_1))
                        + "\r\n");
        assertThat(authorized.head()).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, '', 400",
        "GET, http://x/, '', 501",
        "GET, ftp://a@b@c/, '', 400",
        "GET, ftp://127.0.0.1/%0D%0ADELE%20x, '', 400",
        "GET, ftp://127.0.0.1/a%00, '', 400",
        "GET, ftp://127.0.0.1/../x, '', 400",
        "GET, ftp://127.0.0.1/x;type=z, '', 400",
        "GET, ftp://127.0.0.1/x, 'Content-Length: 5|', 400",
        "PUT, ftp://127.0.0.1/x, '', 411",
        "PUT, ftp://127.0.0.1/x, 'Content-Length: 5|Transfer-Encoding: chunked|', 400",
        "PUT, ftp://127.0.0.1/x, 'Content-Length: 5|Content-Length: 6|', 400",
        "PUT, ftp://127.0.0.1/x, 'Content-Length: x|', 400",
        "GET, ftp://127.0.0.1/x, 'Authorization: Bearer x|', 400",
        "POST, ftp://127.0.0.1/x, '', 501",
    })
    void refusesBadRequests(String method, String url, String headers, int status) throws Exception {
        start();

        assertThat(ask(method, url, headers.replace("|", "\r\n")).head()).startsWith("HTTP/1.1 " + status + " ");
        Awaitility.await().atMost(PATIENCE).until(() -> started.orElseThrow().sessions() == 0);
    }

    @Test
    void asksForAUserOfTheGateway() throws Exception {
        start(
                FtpAlg.builder()
                        .login(LoginPolicy.DEFAULT.withUsers(
                                (name, password, client) -> CompletableFuture.completedFuture(
                                        name.equals("ann") && password.equals(Secret.of("pw"))
                                                ? Optional.of(new ProxyUser(name, Set.of()))
                                                : Optional.empty()))),
                server.port());
        byte[] content = file("down", 100);
        String known = Base64.getEncoder().encodeToString("ann:pw".getBytes(StandardCharsets.ISO_8859_1));
        String unknown = Base64.getEncoder().encodeToString("ann:no".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ask("GET", "/down", "").head())
                .startsWith("HTTP/1.1 407 ")
                .containsIgnoringCase("proxy-authenticate: ");
        assertThat(ask("GET", "/down", "Proxy-Authorization: Basic " + unknown + "\r\n")
                        .head())
                .startsWith("HTTP/1.1 407 ");
        assertThat(ask("GET", "/down", "Proxy-Authorization: Basic " + known + "\r\n")
                        .body())
                .isEqualTo(content);
        assertThat(ask(
                                "PUT",
                                "/up",
                                "Proxy-Authorization: Basic " + known + "\r\nContent-Length: 2\r\n",
                                "hi".getBytes(StandardCharsets.ISO_8859_1))
                        .head())
                .startsWith("HTTP/1.1 201 ");
    }

    @Test
    void logsInWithTheOperatorsAnonymousPassword() throws Exception {
        try (ServerSocket control = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<String> password = new CompletableFuture<>();
            Thread ftp = new Thread(() -> refuseLogin(control, password), "a server that wants a password");
            ftp.start();
            start(
                    FtpAlg.builder().login(LoginPolicy.DEFAULT.withAnonymousPassword(Secret.of("ftp@example.com"))),
                    control.getLocalPort());

            Response response = ask("GET", "ftp://127.0.0.1:" + control.getLocalPort() + "/x", "");

            assertThat(response.head()).startsWith("HTTP/1.1 401 ");
            assertThat(password.get(20, TimeUnit.SECONDS)).isEqualTo("PASS ftp@example.com");
            ftp.join(20_000);
        }
    }

    private static void refuseLogin(ServerSocket control, CompletableFuture<String> password) {
        try (Socket client = control.accept()) {
            var in = new java.io.BufferedReader(
                    new java.io.InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            var out = client.getOutputStream();
            out.write("220 hello\r\n".getBytes(StandardCharsets.ISO_8859_1));
            in.readLine();
            out.write("331 password\r\n".getBytes(StandardCharsets.ISO_8859_1));
            password.complete(in.readLine());
            out.write("530 no\r\n".getBytes(StandardCharsets.ISO_8859_1));
            in.readLine();
        } catch (java.io.IOException e) {
            password.completeExceptionally(e);
        }
    }

    /** The server sends half of a list and resets: what the client has is no whole chunked body. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aCutDownloadIsNeverAWholeOne(boolean sized) throws Exception {
        try (ServerSocket control = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                ServerSocket data = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            Thread ftp = new Thread(() -> serveHalf(control, data, sized), "half a file");
            ftp.start();
            start(FtpAlg.builder(), control.getLocalPort());

            Response response = ask("GET", "ftp://127.0.0.1:" + control.getLocalPort() + "/x", "");

            assertThat(response.head()).startsWith("HTTP/1.1 200 ");
            if (sized) {
                assertThat(response.head()).containsIgnoringCase("content-length: 1000");
                assertThat(response.body()).hasSizeLessThan(1000);
            } else {
                assertThat(response.text()).doesNotEndWith("0\r\n\r\n");
            }
            ftp.join(20_000);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> started.orElseThrow().sessions() == 0);
    }

    private static void serveHalf(ServerSocket control, ServerSocket data, boolean sized) {
        try (Socket client = control.accept()) {
            var in = new java.io.BufferedReader(
                    new java.io.InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            var out = client.getOutputStream();
            out.write("220 hello\r\n".getBytes(StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.split(" ")[0];
                String reply =
                        switch (verb) {
                            case "USER" -> "230 in";
                            case "TYPE" -> "200 ok";
                            case "SIZE" -> sized ? "213 1000" : "500 what";
                            case "EPSV" -> "229 ok (|||" + data.getLocalPort() + "|)";
                            case "RETR" -> "150 opening";
                            default -> "502 no";
                        };
                out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                if (verb.equals("RETR")) {
                    try (Socket half = data.accept()) {
                        half.getOutputStream().write(new byte[1000]);
                    }
                    out.write("426 cut\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (java.io.IOException e) {
            // The gateway has ended it.
        }
    }
}
