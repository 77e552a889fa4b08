package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.files.BuildVersion;
import io.netty.channel.epoll.Epoll;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCommandTest {

    @Test
    void readyLineNamesAddressRoutePortsAndTransport() {
        assertThat(ready("--upstream", "ftp.example.com", "--passive-ports", "50000-50999", "--transport", "nio"))
                .isEqualTo("ftp-alg " + BuildVersion.version() + " ready: 127.0.0.3:2121, [::1]:2121 ->"
                        + " ftp.example.com:21 (reverse), passive ports 50000-50999, nio");
    }

    @Test
    void readyLineOfAForwardGatewayCountsItsRules() {
        assertThat(ready("--forward", "--allow-target", "*.example.com"))
                .contains(" -> user@host (forward, 1 target rule), passive ports any, ");
    }

    @Test
    void readyLineNamesTheTransparentMode() {
        assertThat(ready("--transparent", "tproxy", "--spoof-client", "--transport", "epoll"))
                .endsWith(
                        " -> original destination (2 target rules), passive ports any, epoll, transparent tproxy as the client");
    }

    @Test
    void readyLineNamesTheTransportThatAutoCameTo() {
        assertThat(ready("--upstream", "a")).matches(Epoll.isAvailable() ? ".*, epoll" : ".*, (kqueue|nio)");
    }

    @Test
    void readyLineNamesTlsOnBothSides() {
        assertThat(ServerCommand.readyLine(
                        TestSettings.program(
                                "--upstream",
                                "ftps://a",
                                "--tls-self-signed",
                                "--tls",
                                "required",
                                "--tls-engine",
                                "jdk"),
                        List.of(List.of())))
                .endsWith(", TLS required (jdk), server TLS implicit (jdk)");
    }

    private static String ready(String... args) {
        return ServerCommand.readyLine(
                TestSettings.program(args),
                List.of(List.of(new InetSocketAddress("127.0.0.3", 2121), new InetSocketAddress("::1", 2121))));
    }
}
