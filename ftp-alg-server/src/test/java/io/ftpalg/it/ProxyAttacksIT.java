package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L10-L12: clients of SOCKS and HTTP that mean harm to the jar: they are refused, and others are served as ever. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ProxyAttacksIT {
    private static final int PATIENCE = 60_000;
    private static final int HALF_OPEN = 1000;
    private static final String SECRET = "tops3cret";

    private final Path folder = Workspace.create("proxy-attacks");
    private final Servers servers = new Servers();
    private Optional<ConfiguredJar> gateway = Optional.empty();
    private Optional<TestServer> server = Optional.empty();

    @BeforeAll
    void start() throws IOException {
        String listener = """
                  - bind: 127.0.0.3:0
                    protocol: %s
                    forward: {allow: ["127.0.0.2:1024-65535"]}
                    limits: {sessions-per-address: 3000, new-sessions-per-second: 1000, request-timeout: 5s}
                """;
        gateway = Optional.of(ConfiguredJar.start(
                folder, "listeners:\n" + listener.formatted("socks5") + listener.formatted("http")));
        server = Optional.of(servers.get(ServerKind.VSFTPD, false));
        Files.writeString(server().files().resolve("small"), "content", ISO_8859_1);
    }

    @AfterAll
    void stop() {
        gateway.ifPresent(ConfiguredJar::close);
        servers.close();
        Workspace.delete(folder);
    }

    private TestServer server() {
        return server.orElseThrow();
    }

    private Socket connect(int listener) throws IOException {
        InetSocketAddress address = gateway.orElseThrow().addresses().get(listener);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private String target() {
        return IpLiteral.format(server().address().getAddress())
                + ':'
                + server().address().getPort();
    }

    /** Whatever an attack was: files are served, nothing is an error of the gateway's own, and the log has no password. */
    @AfterEach
    void servesOthersAsEver() throws IOException {
        String url = "ftp://" + server().user() + ':' + server().password() + '@' + target() + TestServer.DIRECTORY
                + "/small";

        assertThat(ask("GET " + url + " HTTP/1.1\nHost: x\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("content");
        assertThat(gateway.orElseThrow().log(" ERROR ")).isEmpty();
        assertThat(gateway.orElseThrow().log(SECRET)).isEmpty();
        assertThat(gateway.orElseThrow()
                        .log(Base64.getEncoder().encodeToString(("joe:" + SECRET).getBytes(ISO_8859_1))))
                .isEmpty();
        assertThat(server().files().resolve("small")).hasContent("content");
    }

    private String ask(String lines) throws IOException {
        try (Socket socket = connect(1)) {
            try {
                socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(ISO_8859_1));
            } catch (IOException refusedBeforeItsEnd) {
                // What was sent to the client can be read all the same, or was reset.
            }
            return readAll(socket);
        }
    }

    private static String readAll(Socket socket) {
        StringBuilder all = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                all.append((char) next);
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("not closed: " + all, e);
        } catch (IOException reset) {
            // An end too.
        }
        return all.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "GET ftp://joe:tops3cret@TARGET/a%0d%0aDELE%20small HTTP/1.1|Host: x||",
                "GET ftp://joe:tops3cret@TARGET/a%0aDELE%20small HTTP/1.1|Host: x||",
                "GET ftp://joe%0d%0aDELE%20small:tops3cret@TARGET/a HTTP/1.1|Host: x||",
                "GET ftp://joe:tops3cret%0d%0aDELE@TARGET/a HTTP/1.1|Host: x||",
                "GET ftp://joe:tops3cret@TARGET@127.0.0.1/a HTTP/1.1|Host: x||",
                "GET ftp://TARGET/pub/..%2f..%2fetc/passwd HTTP/1.1|Host: x||",
                "GET ftp://TARGET/pub/%2e%2e/%2e%2e/etc/passwd HTTP/1.1|Host: x||",
                "GET ftp:/TARGET/a HTTP/1.1|Host: x||",
                "GET ftp:///a HTTP/1.1|Host: TARGET||",
                "GET //TARGET/a HTTP/1.1|Host: TARGET||",
                "GET http://TARGET/a HTTP/1.1|Host: TARGET||",
                "GET TARGET HTTP/1.1|Host: TARGET||",
                "CONNECT joe:tops3cret@TARGET HTTP/1.1|Host: x||",
                "CONNECT ftp://TARGET HTTP/1.1|Host: x||",
                "CONNECT TARGET/a HTTP/1.1|Host: x||",
                "CONNECT 127.0.0.2 HTTP/1.1|Host: x||",
                "CONNECT 127.0.0.2:0 HTTP/1.1|Host: x||",
                "CONNECT 127.0.0.2:22 HTTP/1.1|Host: x||",
                "CONNECT 127.1:21 HTTP/1.1|Host: x||",
                "CONNECT TARGET HTTP/1.1|Host: x|Content-Length: 5||hello",
                "GET ftp://TARGET/small HTTP/1.1|Authorization: Bearer tops3cret||",
                "PUT ftp://TARGET/small HTTP/1.1|Content-Length: 3|Transfer-Encoding: chunked||0||",
                "PUT ftp://TARGET/small HTTP/1.1|Content-Length: 3|Content-Length: 4||abc",
                "PUT ftp://TARGET/small HTTP/1.1|Content-Length: -1||abc",
                "PUT ftp://TARGET/small HTTP/1.1|Content-Length: 0x3||abc",
                "PUT ftp://TARGET/small HTTP/1.1|Transfer-Encoding: xchunked||0||",
                "GET ftp://TARGET/small HTTP/1.1|Transfer-Encoding: chunked||0||",
                "GET ftp://TARGET/small HTTP/1.1|A : b||",
                "GET ftp://TARGET/small HTTP/9.9|Host: x||",
                "\u0016\u0003\u0001garbage||",
                "USER joe|PASS tops3cret|",
                "TRACE ftp://TARGET/small HTTP/1.1|Host: x||",
            })
    void refusesTricks(String request) throws IOException {
        String response = ask(request.replace("TARGET", target()).replace('|', '\n'));

        assertThat(response).matches("(?s)HTTP/1\\.1 (400|403|501|502|505) .*").doesNotContain(SECRET);
    }

    /** The body is not what its head says: the file stays as it is, and no request is made of the rest. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"-1|abc|0||", "ffffffffffffffff|abc", "zz|abc", "3|abcDELETE small|0||"})
    void storesNoMalformedBody(String body) throws IOException {
        String response = ask("PUT ftp://" + server().user() + ':' + server().password() + '@' + target()
                + TestServer.DIRECTORY + "/broken HTTP/1.1\nTransfer-Encoding: chunked\n\n" + body.replace('|', '\n'));

        assertThat(response).doesNotContain("201 Created").doesNotContain("204 No");
    }

    @Test
    void refusesFloodsOfHeaders() throws IOException {
        String one = ask("GET ftp://" + target() + "/small HTTP/1.1\nA: " + "x".repeat(1_000_000) + "\n\n");
        String many = ask("GET ftp://" + target() + "/small HTTP/1.1\n" + "A: b\n".repeat(200_000) + "\n");
        String line = ask("GET ftp://" + target() + "/" + "x".repeat(1_000_000) + " HTTP/1.1\n\n");

        assertThat(List.of(one, many, line)).allMatch(text -> text.isEmpty() || text.startsWith("HTTP/1.1 431 "));
        assertThat(gateway.orElseThrow().log("cause=BAD_REQUEST")).isNotEmpty();
    }

    /** Some wait in their first message, some in their second, some send a header without an end: others are served meanwhile. */
    @Test
    void endsHandshakesThatAreNotFinished() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < HALF_OPEN; i++) {
                Socket socket = connect(i % 4 == 3 ? 1 : 0);
                waiting.add(socket);
                socket.getOutputStream()
                        .write(
                                switch (i % 4) {
                                    case 0 -> new byte[] {5};
                                    case 1 -> new byte[] {5, 1, 0};
                                    case 2 -> new byte[] {5, 1, 0, 5, 1, 0, 3, (byte) 255, 'a'};
                                    default -> "GET ftp://x/ HTTP/1.1\r\nA: ".getBytes(ISO_8859_1);
                                });
            }
            servesOthersAsEver();

            waiting.forEach(ProxyAttacksIT::readAll);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        gateway.orElseThrow().awaitLog("cause=REQUEST_TIMEOUT", 1);
    }
}
