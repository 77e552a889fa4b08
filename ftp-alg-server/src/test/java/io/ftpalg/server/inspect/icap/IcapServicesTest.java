package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.server.inspect.Verdicts;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.scan.ScanListener;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IcapServicesTest {

    private static IcapSettings settings(IcapUrl url) {
        return new IcapSettings(url, OnFailure.REJECT, 1000, 1, Duration.ofSeconds(10), false, false);
    }

    @Test
    void sendsAFileToEach() throws Exception {
        LinkedBlockingQueue<String> reported = new LinkedBlockingQueue<>();
        try (FakeIcap first = FakeIcap.replying(FakeIcap.UNMODIFIED);
                FakeIcap second = FakeIcap.replying("ICAP/1.0 204 x\r\nX-Virus-ID: V\r\n\r\n");
                IcapServices services = new IcapServices(
                        List.of(settings(first.url()), settings(second.url())),
                        (scanner, result, waited) -> reported.add(scanner + ' ' + result))) {
            List<Inspection> scans = services.scans(Transfers.upload("f"));
            for (Inspection scan : scans) {
                Verdicts.piece(scan, "abc");
            }

            assertThat(Verdicts.end(scans.get(0), 3)).isEqualTo("pass");
            assertThat(Verdicts.end(scans.get(1), 3)).isEqualTo("virus V");
            assertThat(scans.get(0).findings()).isEqualTo(Map.of("icap", "ok"));
            assertThat(scans.get(1).findings()).isEqualTo(Map.of("icap-2", "V"));
            assertThat(reported).containsExactly(first.url() + " PASSED", second.url() + " REJECTED");
        }
    }

    /** By OPTIONS at the start, and again within the time that the service names. */
    @Test
    void checksServicesAgainAndAgain() throws Exception {
        try (FakeIcap icap = new FakeIcap(FakeIcap.OPTIONS + "Options-TTL: 1\r\n", request -> {});
                IcapServices services = new IcapServices(List.of(settings(icap.url())), ScanListener.NONE)) {
            await().until(() -> icap.asked.get() >= 2);

            assertThat(services.health().get(0).up()).isTrue();
        }
    }

    @Test
    void aServiceWithoutOptionsIsUnreachable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        IcapUrl url = IcapUrl.of("icap://127.0.0.1:" + port + "/x");
        try (IcapServices services = new IcapServices(List.of(settings(url)), ScanListener.NONE)) {
            await().until(() -> !services.health().get(0).up());
        }
    }
}
