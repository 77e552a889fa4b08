package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.server.inspect.Verdicts;
import io.ftpalg.server.inspect.icap.FakeIcap.Answer;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.scan.ScanListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IcapScanTest {
    private static final String BLOCKED =
            "ICAP/1.0 200 OK\r\n%sEncapsulated: res-hdr=0, res-body=24\r\n\r\nHTTP/1.1 403 Forbidden\r\n";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private IcapServices services(IcapUrl url, OnFailure onFailure, int connections, long timeoutMillis) {
        IcapServices services = new IcapServices(
                List.of(new IcapSettings(
                        url, onFailure, 1000, connections, Duration.ofMillis(timeoutMillis), false, false)),
                ScanListener.NONE);
        open.add(services);
        return services;
    }

    private IcapServices services(FakeIcap icap) {
        open.add(icap);
        return services(icap.url(), OnFailure.REJECT, 2, 10_000);
    }

    private static Inspection scan(IcapServices services, InspectedTransfer transfer) {
        return services.scans(transfer).get(0);
    }

    private Inspection scan(FakeIcap icap) {
        return scan(services(icap), Transfers.upload("f"));
    }

    private static String file(Inspection scan, String... pieces) {
        int bytes = 0;
        for (String piece : pieces) {
            String verdict = Verdicts.piece(scan, piece);
            bytes += piece.length();
            if (!verdict.equals("pass")) {
                return verdict;
            }
        }
        return Verdicts.end(scan, bytes);
    }

    /** The reply to a request whose HTTP message, and file, comes back. */
    private static void echo(FakeIcap.Request request, String file) throws IOException {
        String http = "HTTP/1.1 200 OK\r\nVia: x\r\n\r\n";
        request.write("ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body=" + http.length() + "\r\n\r\n" + http);
        request.write(
                (file.isEmpty() ? "" : Integer.toHexString(file.length()) + "\r\n" + file + "\r\n") + "0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "abc", "abcd", "abcde", "abcdefghijklmnop"})
    void sendsThePreviewAndThenTheRest(String text) throws Exception {
        LinkedBlockingQueue<String> files = new LinkedBlockingQueue<>();
        Inspection scan = scan(new FakeIcap(FakeIcap.OPTIONS, request -> {
            String preview = request.read();
            boolean whole = request.ieof;
            if (!whole) {
                request.write(FakeIcap.CONTINUE);
            }
            files.add(preview + (whole ? " whole" : '|' + request.read()));
            request.write(FakeIcap.UNMODIFIED);
        }));

        assertThat(file(scan, text)).isEqualTo("pass");
        assertThat(files.take())
                .isEqualTo(text.length() <= 4 ? text + " whole" : text.substring(0, 4) + '|' + text.substring(4));
        assertThat(scan.findings()).isEqualTo(Map.of("icap", "ok"));
    }

    @Test
    void sendsNoMoreAfter204ToThePreview() throws Exception {
        LinkedBlockingQueue<String> files = new LinkedBlockingQueue<>();
        FakeIcap icap = new FakeIcap(FakeIcap.OPTIONS, request -> {
            files.add(request.read());
            request.write(FakeIcap.UNMODIFIED);
        });
        Inspection scan = scan(icap);

        assertThat(file(scan, "ab", "cdefg", "hij")).isEqualTo("pass");
        assertThat(files).containsExactly("abcd");
    }

    @Test
    void sendsAllAtOnceWithoutAPreview() throws Exception {
        LinkedBlockingQueue<String> files = new LinkedBlockingQueue<>();
        FakeIcap icap = new FakeIcap("Methods: REQMOD\r\nAllow: 204\r\n", request -> {
            files.add(request.read());
            request.write(FakeIcap.UNMODIFIED);
        });

        assertThat(file(scan(icap), "abc", "def", "g")).isEqualTo("pass");
        assertThat(files).containsExactly("abcdefg");
        assertThat(icap.heads.take()).doesNotContain("Preview");
    }

    /** An upload is a request, a download a response; a service with one method gets both by it. */
    @ParameterizedTest
    @CsvSource({
        "'REQMOD, RESPMOD', true, REQMOD, PUT",
        "'REQMOD, RESPMOD', false, RESPMOD, GET",
        "RESPMOD, true, RESPMOD, GET",
        "REQMOD, false, REQMOD, PUT"
    })
    void choosesTheMethod(String methods, boolean upload, String method, String http) throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        FakeIcap icap = new FakeIcap("Methods: " + methods + "\r\n", request -> {
            messages.add(request.http());
            request.read();
            request.write(FakeIcap.UNMODIFIED);
        });
        Inspection scan = scan(services(icap), upload ? Transfers.upload("f") : Transfers.download("f"));

        assertThat(file(scan, "abc")).isEqualTo("pass");
        assertThat(icap.heads.take()).startsWith(method + ' ' + icap.url() + " ICAP/1.0\n");
        assertThat(messages.take()).startsWith(http + " ftp://ftp.invalid/" + (upload ? "dir/" : "") + "f HTTP/1.1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Infection-Found: Type=0; Resolution=2; Threat=Eicar; | virus Eicar",
                "X-Virus-ID: Eicar | virus Eicar",
                "Server: x | blocked by the ICAP service, HTTP status 403"
            })
    void rejectsWithTheName(String header, String reason) throws Exception {
        Inspection scan = scan(FakeIcap.replying(BLOCKED.formatted(header + "\r\n")));

        assertThat(file(scan, "abcdef")).isEqualTo(reason);
    }

    @Test
    void rejectsInThePreviewToo() throws Exception {
        Inspection scan = scan(new FakeIcap(FakeIcap.OPTIONS, request -> {
            request.read();
            request.write(BLOCKED.formatted("X-Blocked: no\r\n"));
        }));

        assertThat(file(scan, "abcdef", "g")).isEqualTo("blocked no");
        assertThat(scan.findings()).isEqualTo(Map.of("icap", "no"));
    }

    /** Before its end, with most of it unsent. */
    @Test
    void rejectsInTheMiddleOfAFile() throws Exception {
        CountDownLatch replied = new CountDownLatch(1);
        Inspection scan = scan(new FakeIcap("Methods: REQMOD\r\n", request -> {
            request.http();
            request.write(BLOCKED.formatted("X-Virus-ID: V\r\n"));
            replied.countDown();
        }));
        Verdicts.piece(scan, "abc");
        replied.await();

        await().until(() -> Verdicts.piece(scan, "d").equals("virus V"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "abcdef"})
    void passesAFileThatComesBackAsItWas(String text) throws Exception {
        Inspection scan = scan(
                services(new FakeIcap(FakeIcap.OPTIONS, request -> echo(request, request.readAll()))),
                Transfers.download("f"));

        assertThat(file(scan, text)).isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcdeX", "abcde", "abcdefg"})
    void rejectsAFileThatComesBackChanged(String returned) throws Exception {
        Inspection scan = scan(
                services(new FakeIcap(FakeIcap.OPTIONS, request -> {
                    request.readAll();
                    echo(request, returned);
                })),
                Transfers.download("f"));

        assertThat(file(scan, "abcdef")).isEqualTo("changed by the ICAP service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ICAP/1.0 500 Server error | replied 500",
                "ICAP/1.0 206 Partial | replied 206",
                "ICAP/1.0 100 Continue | replied 100 unasked",
                "ICAP/1.0 200 OK | replied 200 without an encapsulated header",
                "HTTP/1.1 200 OK | sent no ICAP status line",
                "ICAP/1.0 | sent no ICAP status line"
            })
    void failsWhereTheReplyIsNone(String status, String reason) throws Exception {
        FakeIcap icap = FakeIcap.replying(status + "\r\n\r\n");

        assertThat(file(scan(icap), "abcdef")).isEqualTo("not scanned: " + icap.url() + ' ' + reason);
    }

    /** Nothing before the end of the file is a verdict on all of it, but for that on the preview. */
    @Test
    void failsWhere204ComesTooEarly() throws Exception {
        CountDownLatch replied = new CountDownLatch(1);
        FakeIcap icap = new FakeIcap("Methods: REQMOD\r\n", request -> {
            request.http();
            request.write(FakeIcap.UNMODIFIED);
            replied.countDown();
        });
        Inspection scan = scan(icap);
        Verdicts.piece(scan, "abc");
        replied.await();

        await().until(() -> Verdicts.piece(scan, "d")
                .equals("not scanned: " + icap.url() + " replied 204 before the end of the file"));
    }

    private String failing(String options, Answer answer) throws Exception {
        return file(scan(new FakeIcap(options, answer)), "abcdef").replaceFirst(".*/scan ", "");
    }

    @Test
    void failsWhereTheServiceCloses() throws Exception {
        assertThat(failing(FakeIcap.OPTIONS, request -> {
                    request.read();
                    request.socket.close();
                }))
                .isEqualTo("closed the connection");
    }

    @Test
    void failsWhereTheServiceFloods() throws Exception {
        assertThat(failing(FakeIcap.OPTIONS, request -> {
                    while (true) {
                        request.write("x".repeat(8192));
                    }
                }))
                .isEqualTo("sent a line of more than 8192 bytes");
    }

    @Test
    void failsWhereTheServiceHasNoOptions() throws Exception {
        assertThat(failing("Methods: X\r\n", request -> {})).isEqualTo("has neither REQMOD nor RESPMOD");
    }

    @Test
    void failsWhereTheServiceHangs() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            IcapUrl url = IcapUrl.of("icap://127.0.0.1:" + hanging.getLocalPort() + "/x");

            assertThat(file(scan(services(url, OnFailure.REJECT, 1, 100), Transfers.upload("f")), "abc"))
                    .isEqualTo("not scanned: " + url + " did not answer within 100 ms");
        }
    }

    /** The verdict comes behind the timeout: it is none. */
    @Test
    void failsWhereTheVerdictIsLate() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        FakeIcap icap = new FakeIcap(FakeIcap.OPTIONS, request -> {
            request.readAll();
            try {
                late.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            request.write(FakeIcap.UNMODIFIED);
        });
        open.add(icap);

        String verdict = file(scan(services(icap.url(), OnFailure.REJECT, 1, 300), Transfers.upload("f")), "abcdef");
        late.countDown();

        assertThat(verdict).endsWith("did not answer within 300 ms");
    }

    @ParameterizedTest
    @CsvSource({"PASS, pass", "REJECT, not scanned: icap://127.0.0.1:%d/x accepts no connection"})
    void handlesFailuresAsSet(OnFailure onFailure, String verdict) throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        IcapServices services = services(IcapUrl.of("icap://127.0.0.1:" + port + "/x"), onFailure, 1, 10_000);
        Inspection scan = scan(services, Transfers.upload("f"));

        assertThat(file(scan, "abc")).isEqualTo(verdict.formatted(port));
        assertThat(scan.findings()).isEqualTo(Map.of("icap", "failed"));
    }

    @ParameterizedTest
    @CsvSource({"999, true", "1000, true", "1001, false"})
    void sendsFilesUpToItsBound(int size, boolean passes) throws Exception {
        String verdict = file(scan(FakeIcap.replying(FakeIcap.UNMODIFIED)), "x".repeat(size));

        assertThat(verdict.equals("pass")).isEqualTo(passes);
    }

    @Test
    void anEmptyFileNeedsNoService() throws Exception {
        FakeIcap icap = FakeIcap.replying("");
        Inspection scan = scan(icap);

        assertThat(Verdicts.end(scan, 0)).isEqualTo("pass");
        assertThat(scan.findings()).isEqualTo(Map.of("icap", "empty"));
    }

    @Test
    void sendsNothingThatTheServiceIgnores() throws Exception {
        FakeIcap icap =
                new FakeIcap("Methods: REQMOD\r\nTransfer-Ignore: GIF\r\nTransfer-Complete: *\r\n", request -> {});
        Inspection scan = scan(services(icap), Transfers.upload("a.gif"));

        assertThat(file(scan, "abc")).isEqualTo("pass");
        assertThat(scan.findings()).isEqualTo(Map.of("icap", "ignored"));
    }

    @Test
    void usesItsConnectionAgain() throws Exception {
        FakeIcap icap = FakeIcap.replying(FakeIcap.UNMODIFIED);
        IcapServices services = services(icap);

        for (int i = 0; i < 3; i++) {
            assertThat(file(scan(services, Transfers.upload("f")), "abcdef")).isEqualTo("pass");
        }

        assertThat(icap.connections).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ICAP/1.0 204 x\r\nConnection: close\r\n\r\n", FakeIcap.UNMODIFIED + "ICAP/1.0 204 x\r\n\r\n"})
    void usesNoConnectionAgainThatIsClosedOrHasMore(String reply) throws Exception {
        FakeIcap icap = FakeIcap.replying(reply);
        IcapServices services = services(icap);

        for (int i = 0; i < 3; i++) {
            assertThat(file(scan(services, Transfers.upload("f")), "abcdef")).isEqualTo("pass");
        }

        assertThat(icap.connections).hasValue(3);
    }

    /** As a service that closes idle connections does, when the next request is on its way. */
    @Test
    void sendsThePreviewAgainIfTheConnectionIsClosed() throws Exception {
        int[] count = new int[1];
        FakeIcap icap = new FakeIcap(FakeIcap.OPTIONS, request -> {
            if (++count[0] == 2) {
                request.socket.close();
                return;
            }
            request.readAll();
            request.write(FakeIcap.UNMODIFIED);
        });
        IcapServices services = services(icap);
        file(scan(services, Transfers.upload("f")), "abcdef");

        assertThat(file(scan(services, Transfers.upload("f")), "abcdef")).isEqualTo("pass");
        assertThat(icap.connections).hasValue(2);
    }

    /** One connection at a time: the second scan waits for the first. */
    @Test
    void waitsForAFreeConnection() throws Exception {
        FakeIcap icap = new FakeIcap(FakeIcap.OPTIONS + "Max-Connections: 1\r\n", request -> {
            request.readAll();
            request.write(FakeIcap.UNMODIFIED);
        });
        IcapServices services = services(icap);
        Inspection first = scan(services, Transfers.upload("f"));
        Inspection second = scan(services, Transfers.upload("f"));
        Inspection third = scan(services, Transfers.upload("f"));
        Verdicts.piece(first, "abcdef");
        CompletableFuture<?> waiting =
                second.inspect(ByteBuffer.wrap(new byte[6])).toCompletableFuture();
        third.inspect(ByteBuffer.wrap(new byte[6]));
        boolean waits = !waiting.isDone();
        third.cancel();

        assertThat(Verdicts.end(first, 6)).isEqualTo("pass");
        waiting.get(5, TimeUnit.SECONDS);
        assertThat(Verdicts.end(second, 6)).isEqualTo("pass");
        assertThat(waits).isTrue();
        assertThat(icap.heads).hasSize(2);
    }
}
