package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.scan.ScanListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ClamScanTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private ClamClient client(InetSocketAddress address, OnFailure onFailure, int connections, long timeoutMillis) {
        ClamClient client = new ClamClient(
                new ClamSettings(address, onFailure, 1000, connections, Duration.ofMillis(timeoutMillis)),
                ScanListener.NONE);
        open.add(client);
        return client;
    }

    private ClamScan scan(FakeClamd clamd, OnFailure onFailure) {
        open.add(clamd);
        return new ClamScan(client(clamd.address(), onFailure, 2, 10_000));
    }

    private static String file(ClamScan scan, String... pieces) {
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

    @Test
    void passesWhatIsOk() throws Exception {
        FakeClamd clamd = FakeClamd.replying("stream: OK\0");
        ClamScan scan = scan(clamd, OnFailure.REJECT);

        assertThat(file(scan, "abc", "de")).isEqualTo("pass");
        assertThat(clamd.streams.poll(5, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(scan.findings()).isEqualTo(Map.of("clamav", "ok"));
    }

    @Test
    void rejectsWithTheSignature() throws Exception {
        ClamScan scan = scan(FakeClamd.replying("stream: Eicar-Test\u00ff FOUND\0"), OnFailure.PASS);

        assertThat(file(scan, "abc")).isEqualTo("virus Eicar-Test?");
        assertThat(scan.findings()).isEqualTo(Map.of("clamav", "Eicar-Test?"));
    }

    @Test
    void anEmptyFileNeedsNoScanner() throws Exception {
        ClamScan scan = new ClamScan(client(closedPort(), OnFailure.REJECT, 1, 1000));

        assertThat(Verdicts.end(scan, 0)).isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({"REJECT, not scanned: cannot connect to clamd", "PASS, pass"})
    void doesAsConfiguredWithoutAScanner(OnFailure onFailure, String verdict) throws Exception {
        assertThat(file(new ClamScan(client(closedPort(), onFailure, 1, 5000)), "abc", "d"))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSTREAM size limit exceeded. ERROR\0", "stream: OK", "stream: FOUND\0", "OK\0", "\0", ""})
    void rejectsWhereTheReplyIsNoVerdict(String reply) throws Exception {
        assertThat(file(scan(FakeClamd.replying(reply), OnFailure.REJECT), "abc"))
                .startsWith("not scanned: clamd ");
    }

    /** OK before the end of the file proves nothing. */
    @Test
    void rejectsAnOkThatComesTooEarly() throws Exception {
        CountDownLatch replied = new CountDownLatch(1);
        ClamScan scan = scan(
                new FakeClamd(connection -> {
                    connection.getInputStream().readNBytes(10);
                    connection.getOutputStream().write("stream: OK\0".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                    replied.countDown();
                }),
                OnFailure.REJECT);
        Verdicts.piece(scan, "abc");
        assertThat(replied.await(5, TimeUnit.SECONDS)).isTrue();

        assertThat(Verdicts.end(scan, 3)).isEqualTo("not scanned: clamd replied: stream: OK");
    }

    @Test
    void rejectsWhereTheScannerFloods() throws Exception {
        ClamScan scan = scan(
                new FakeClamd(connection -> {
                    while (true) {
                        connection.getOutputStream().write(new byte[8192]);
                        connection.getOutputStream().write("x".repeat(8192).getBytes(StandardCharsets.US_ASCII));
                    }
                }),
                OnFailure.REJECT);

        assertThat(file(scan, "abc")).startsWith("not scanned: clamd ");
    }

    @Test
    void rejectsWhereTheScannerHangs() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ClamClient client = client((InetSocketAddress) hanging.getLocalSocketAddress(), OnFailure.REJECT, 1, 100);

            assertThat(file(new ClamScan(client), "abc")).isEqualTo("not scanned: clamd did not answer within 100 ms");
        }
    }

    @ParameterizedTest
    @CsvSource({"999, pass", "1000, pass", "1001, not scanned: larger than the 1000 bytes that clamd scans"})
    void scansFilesUpToItsBound(int size, String verdict) throws Exception {
        assertThat(file(scan(FakeClamd.replying("stream: OK\0"), OnFailure.REJECT), "x".repeat(size)))
                .isEqualTo(verdict);
    }

    /** One connection at a time: the second scan waits for the first. */
    @Test
    void waitsForAFreeConnection() throws Exception {
        FakeClamd clamd = FakeClamd.replying("stream: OK\0");
        open.add(clamd);
        ClamClient client = client(clamd.address(), OnFailure.REJECT, 1, 10_000);
        ClamScan first = new ClamScan(client);
        ClamScan second = new ClamScan(client);
        ClamScan third = new ClamScan(client);
        Verdicts.piece(first, "a");
        CompletableFuture<?> waiting =
                second.inspect(ByteBuffer.wrap(new byte[1])).toCompletableFuture();
        CompletableFuture<?> cancelled =
                third.inspect(ByteBuffer.wrap(new byte[1])).toCompletableFuture();
        boolean waits = !waiting.isDone();
        third.cancel();

        assertThat(Verdicts.end(first, 1)).isEqualTo("pass");
        waiting.get(5, TimeUnit.SECONDS);
        assertThat(Verdicts.end(second, 1)).isEqualTo("pass");
        assertThat(waits).isTrue();
        assertThat(cancelled.isDone()).isFalse();
        assertThat(clamd.streams).containsExactly(1, 1);
    }

    @Test
    void scansByAUnixDomainSocket() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("clamd.sock"));
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(address);
            Thread thread = new Thread(() -> {
                try (SocketChannel connection = listening.accept()) {
                    ByteBuffer all = ByteBuffer.allocate(10 + 4 + 3 + 4);
                    while (all.hasRemaining() && connection.read(all) >= 0) {
                        Thread.onSpinWait();
                    }
                    connection.write(ByteBuffer.wrap("stream: X FOUND\0".getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.start();
            ClamClient client = new ClamClient(
                    new ClamSettings(address, OnFailure.PASS, 1000, 1, Duration.ofSeconds(10)), ScanListener.NONE);
            open.add(client);

            assertThat(file(new ClamScan(client), "abc")).isEqualTo("virus X");
            thread.join();
        }
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) port.getLocalSocketAddress();
        }
    }
}
