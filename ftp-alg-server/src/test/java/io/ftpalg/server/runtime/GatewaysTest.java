package io.ftpalg.server.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.FtpAlgException;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewaysTest {

    @Test
    void startsAllAndStopsAll() throws Exception {
        Gateways gateways = Gateways.of(settings("127.0.0.1:0", "127.0.0.1:0"));

        gateways.start();
        List<InetSocketAddress> bound =
                gateways.boundAddresses().stream().flatMap(List::stream).toList();
        gateways.stop(Duration.ZERO).get(30, TimeUnit.SECONDS);

        assertThat(bound).hasSize(2).doesNotHaveDuplicates().allSatisfy(address -> assertThat(isFree(address))
                .isTrue());
        assertThat(gateways.sessions()).isZero();
    }

    @Test
    void startsNoneIfOneCannotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int free;
            try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                free = other.getLocalPort();
            }
            Gateways gateways = Gateways.of(settings("127.0.0.1:" + free, "127.0.0.1:" + taken.getLocalPort()));

            assertThatThrownBy(gateways::start)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(FtpAlgException.class)
                    .hasMessageContaining(":" + taken.getLocalPort());

            assertThat(isFree(new InetSocketAddress("127.0.0.1", free))).isTrue();
        }
    }

    @Test
    void stopsThoseThatWereReplacedToo() throws Exception {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Gateways gateways = Gateways.of(settings(upstream.getLocalPort(), "127.0.0.1:0"));
            gateways.start();
            InetSocketAddress address = gateways.boundAddresses().get(0).get(0);
            try (Socket old = new Socket(address.getAddress(), address.getPort());
                    Socket server = upstream.accept()) {
                server.getOutputStream().write("220 ready\r\n".getBytes(US_ASCII));
                BufferedReader replies = new BufferedReader(new InputStreamReader(old.getInputStream(), US_ASCII));
                assertThat(replies.readLine()).isEqualTo("220 ready");

                ListenerChanges changes =
                        gateways.replace(settings(upstream.getLocalPort(), "127.0.0.1:0", "127.0.0.2:0"));

                assertThat(changes.kept()).containsExactly(address);
                assertThat(changes.added()).hasSize(1);
                assertThat(changes.sessions()).isEqualTo(1);
                assertThat(gateways.sessions()).isEqualTo(1);
                var stopped = gateways.stop(Duration.ofSeconds(20));
                assertThat(replies.readLine()).startsWith("421 ");
                old.shutdownOutput();
                stopped.get(30, TimeUnit.SECONDS);
            }
            assertThat(gateways.sessions()).isZero();
        }
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ProgramSettings settings(String... listen) {
        return settings(21, listen);
    }

    private static ProgramSettings settings(int upstream, String... listen) {
        List<ProgramSettings> all = Stream.of(listen)
                .map(address -> TestSettings.program("--listen", address, "--upstream", "127.0.0.1:" + upstream))
                .toList();
        return TestSettings.together(all.get(0), all.stream().skip(1).toArray(ProgramSettings[]::new));
    }
}
