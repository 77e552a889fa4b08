package io.ftpalg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by HTTP that are not whole, and ends that do not read: the server is a script. */
@Timeout(90)
class HttpFileCutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MANY = 64 << 20;

    /** What the server does with the data connection of a transfer. */
    private interface Transfer {
        void with(Socket data) throws IOException;
    }

    private final ServerSocket control = listen();
    private final ServerSocket data = listen();
    private final AtomicLong sent = new AtomicLong();
    private Optional<FtpAlg> started = Optional.empty();
    private InetSocketAddress proxy = new InetSocketAddress(0);

    HttpFileCutTest() throws IOException {}

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @BeforeEach
    void start() throws Exception {
        FtpAlg gateway = FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.3", 0))
                .protocol(ListenerProtocol.HTTP)
                .limits(Limits.builder().abortGrace(Duration.ofSeconds(1)).build())
                .router(Routers.forward(
                        TargetRules.of(List.of(TargetRule.parse("127.0.0.0/8:" + control.getLocalPort())
                                .orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty()))
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        started = Optional.of(gateway);
        proxy = gateway.boundAddresses().get(0);
    }

    @AfterEach
    void stop() throws Exception {
        started.orElseThrow().stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        control.close();
        data.close();
    }

    /** Serves one session on a thread of its own. */
    private void serve(String size, Transfer transfer, String last) {
        new Thread(
                        () -> {
                            try (Socket client = control.accept()) {
                                converse(client, size, transfer, last);
                            } catch (IOException e) {
                                // The gateway has ended it.
                            }
                        },
                        "scripted server")
                .start();
    }

    private void converse(Socket client, String size, Transfer transfer, String last) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        reply(client, "220 hello");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split(" ", 2)[0];
            reply(
                    client,
                    switch (verb) {
                        case "USER" -> "230 in";
                        case "TYPE" -> "200 ok";
                        case "SIZE" -> size;
                        case "EPSV" -> "229 ok (|||" + data.getLocalPort() + "|)";
                        case "RETR", "STOR" -> "150 opening";
                        default -> "502 no";
                    });
            if (verb.equals("RETR") || verb.equals("STOR")) {
                try (Socket connection = data.accept()) {
                    transfer.with(connection);
                } catch (IOException e) {
                    // The gateway has cut it.
                }
                reply(client, last);
            }
        }
    }

    private static void reply(Socket client, String text) throws IOException {
        client.getOutputStream().write((text + "\r\n").getBytes(ISO_8859_1));
    }

    private static Transfer sends(int bytes) {
        return connection -> connection.getOutputStream().write(new byte[bytes]);
    }

    private Socket request(String line, String headers) throws IOException {
        Socket socket = new Socket(proxy.getAddress(), proxy.getPort());
        socket.setSoTimeout(20_000);
        String url = "ftp://127.0.0.1:" + control.getLocalPort() + "/x";
        socket.getOutputStream()
                .write((line.replace("URL", url) + "\r\nHost: x\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
        return socket;
    }

    private static String body(String response) {
        assertThat(response).contains("\r\n\r\n");
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private void awaitNoSession() {
        await().atMost(PATIENCE).until(() -> started.orElseThrow().sessions() == 0);
    }

    // ---- downloads

    @ParameterizedTest
    @CsvSource({"1000, 426 cut", "500, 226 done", "2000, 226 done", "0, 226 done"})
    void isShortOfTheLengthThatWasPromised(int bytes, String last) throws Exception {
        serve("213 1000", sends(bytes), last);
        try (Socket socket = request("GET URL HTTP/1.1", "")) {
            String response = readAll(socket);

            assertThat(response).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-length: 1000");
            assertThat(body(response).length()).isLessThan(1000);
        }
        awaitNoSession();
    }

    @Test
    void hasNoLastChunk() throws Exception {
        serve("500 what", sends(1000), "426 cut");
        try (Socket socket = request("GET URL HTTP/1.1", "")) {
            assertThat(readAll(socket)).startsWith("HTTP/1.1 200 ").doesNotEndWith("0\r\n\r\n");
        }
        awaitNoSession();
    }

    /** To HTTP/1.0 the end of the connection is the end of the file. */
    @Test
    void isResetWhereNothingElseShowsTheEnd() throws Exception {
        serve("500 what", sends(1000), "426 cut");
        try (Socket socket = request("GET URL HTTP/1.0", "")) {
            assertThatThrownBy(() -> readAll(socket)).hasMessageContaining("reset");
        }
        awaitNoSession();
    }

    @Test
    void isWholeWhereOnlyItsEndShowsThat() throws Exception {
        serve("500 what", sends(1000), "226 done");
        try (Socket socket = request("GET URL HTTP/1.0", "")) {
            assertThat(body(readAll(socket))).hasSize(1000);
        }
        awaitNoSession();
    }

    @Test
    void endsWithAClientThatLeaves() throws Exception {
        serve("213 " + MANY, this::sendMany, "226 done");
        try (Socket socket = request("GET URL HTTP/1.1", "")) {
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        awaitNoSession();
    }

    /** What the gateway and the system hold for a client that does not read is bounded. */
    @Test
    void readsNoMoreThanTheClientDoes() throws Exception {
        serve("213 " + MANY, this::sendMany, "226 done");
        try (Socket socket = request("GET URL HTTP/1.1", "")) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            AtomicLong before = new AtomicLong(-1);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(MANY / 2);

            assertThat(body('H' + readAll(socket)).length()).isEqualTo(MANY);
        }
        awaitNoSession();
    }

    private void sendMany(Socket connection) throws IOException {
        byte[] piece = new byte[64 << 10];
        for (long left = MANY; left > 0; left -= piece.length) {
            connection.getOutputStream().write(piece);
            sent.addAndGet(piece.length);
        }
    }

    // ---- uploads

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nhello\r\nzz\r\n", "5\r\nhello\r\n-1\r\n"})
    void isNotConfirmedWhereItsChunksAreMalformed(String chunks) throws Exception {
        AtomicLong stored = new AtomicLong();
        serve("550 none", connection -> stored.set(connection.getInputStream().readAllBytes().length), "226 done");
        try (Socket socket = request("PUT URL HTTP/1.1", "Transfer-Encoding: chunked\r\n")) {
            socket.getOutputStream().write(chunks.getBytes(ISO_8859_1));

            assertThat(readToTheEnd(socket)).doesNotContain(" 201 ", " 204 ");
        }
        awaitNoSession();
        assertThat(stored.get()).as("a file that ended in order").isZero();
    }

    private static String readToTheEnd(Socket socket) {
        StringBuilder all = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                all.append((char) next);
            }
        } catch (IOException reset) {
            // As good as an end.
        }
        return all.toString();
    }

    @Test
    void isRefusedWhereTheServerHasNoSpace() throws Exception {
        serve(
                "550 none",
                connection -> {
                    connection.getInputStream().readNBytes(100_000);
                    connection.setSoLinger(true, 0);
                },
                "552 disk full");
        try (Socket socket = request("PUT URL HTTP/1.1", "Content-Length: " + MANY + "\r\n")) {
            Thread body = new Thread(() -> writeMany(socket), "body");
            body.start();

            assertThat(readToTheEnd(socket)).doesNotContain(" 201 ", " 204 ");
            body.join(20_000);
        }
        awaitNoSession();
    }

    private static void writeMany(Socket socket) {
        byte[] piece = new byte[64 << 10];
        try {
            for (long left = MANY; left > 0; left -= piece.length) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException e) {
            // The gateway has refused the rest.
        }
    }
}
