package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.FtpAlgException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class GatewaysTest {

    @Test
    void startsAllAndStopsAll() throws Exception {
        Gateways gateways = Gateways.of(settings("127.0.0.1:0", "127.0.0.1:0"));

        gateways.start();
        List<InetSocketAddress> bound = gateways.boundAddresses().stream().flatMap(List::stream).toList();
        gateways.stop(Duration.ZERO).get(30, TimeUnit.SECONDS);

        assertThat(bound).hasSize(2).doesNotHaveDuplicates().allSatisfy(address -> assertThat(isFree(address)).isTrue());
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

            assertThatThrownBy(gateways::start).isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(FtpAlgException.class).hasMessageContaining(":" + taken.getLocalPort());

            assertThat(isFree(new InetSocketAddress("127.0.0.1", free))).isTrue();
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

    private static List<Settings> settings(String... listen) {
        return Stream.of(listen).map(address -> {
            CommandLine line = Main.commandLine();
            line.parseArgs("--listen", address, "--upstream", "127.0.0.1");
            return ((ServerCommand) line.getCommand()).settings();
        }).toList();
    }
}
