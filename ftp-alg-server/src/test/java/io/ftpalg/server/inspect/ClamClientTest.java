package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.scan.ScanListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClamClientTest {

    private static ClamClient client(InetSocketAddress address, ScanListener scans, long timeoutMillis) {
        return new ClamClient(
                new ClamSettings(address, OnFailure.PASS, 1000, 1, Duration.ofMillis(timeoutMillis)), scans);
    }

    @Test
    void asksClamdWhetherItIsThere() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeClamd clamd = new FakeClamd(connection -> {
                    byte[] command = connection.getInputStream().readNBytes(6);
                    connection.getOutputStream().write("PONG\0".getBytes(StandardCharsets.US_ASCII));
                    if (new String(command, StandardCharsets.US_ASCII).equals("zPING\0")) {
                        asked.countDown();
                    }
                });
                ClamClient client =
                        client(clamd.address(), ScanListener.NONE, 10_000).checked()) {
            asked.await();

            assertThat(client.health().up()).isTrue();
        }
    }

    @Test
    void isUnreachableWithoutAReply() throws Exception {
        try (FakeClamd clamd =
                        new FakeClamd(connection -> connection.getInputStream().readAllBytes());
                ClamClient client =
                        client(clamd.address(), ScanListener.NONE, 100).checked()) {
            await().until(() -> !client.health().up());
        }
    }

    @Test
    void isUnreachableWithoutAConnection() throws Exception {
        FakeClamd clamd = new FakeClamd(connection -> {});
        clamd.close();
        try (ClamClient client =
                client(clamd.address(), ScanListener.NONE, 10_000).checked()) {
            await().until(() -> !client.health().up());
        }
    }

    @Test
    void reportsItsScans() throws IOException {
        LinkedBlockingQueue<String> reported = new LinkedBlockingQueue<>();
        try (FakeClamd clamd = FakeClamd.replying("stream: OK\0");
                ClamClient client =
                        client(clamd.address(), (scanner, result, waited) -> reported.add(scanner + result), 10_000)) {
            Inspection scan = client.scan();
            Verdicts.piece(scan, "abc");
            Verdicts.end(scan, 3);
            scan.findings();

            assertThat(reported).containsExactly("clamavPASSED");
        }
    }
}
