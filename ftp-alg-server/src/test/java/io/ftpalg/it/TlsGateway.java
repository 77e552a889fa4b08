package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.FtpAlg;
import io.ftpalg.server.OptionGateway;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gateway of a command line in front of one server, with two ports: one where TLS begins with AUTH, if at all, and
 * one where it begins with the connection. Thread-safe; its test closes it.
 */
final class TlsGateway implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private final FtpAlg alg;
    private final TestServer server;
    private final GatewayLog log;

    private TlsGateway(FtpAlg alg, TestServer server, GatewayLog log) {
        this.alg = alg;
        this.server = server;
        this.log = log;
    }

    /**
     * Starts a gateway with a certificate for its own address, that protects the server's side like this, and trusts the
     * same authority as all unless it has a pin.
     */
    static TlsGateway start(TestServer server, Protection towardsServer, TlsMaterial material, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--implicit-tls-listen",
                Loopback.GATEWAY.getHostAddress() + ":0",
                "--tls-cert",
                material.gateway().certificate().toString(),
                "--tls-key",
                material.gateway().key().toString()));
        if (towardsServer != Protection.CLEAR && !List.of(options).contains("--upstream-pin")) {
            all.addAll(List.of("--upstream-ca", material.authority().toString()));
        }
        all.addAll(List.of(options));
        return plain(server, scheme(towardsServer), all);
    }

    /** Starts a gateway with these options, and no certificate of its own. */
    static TlsGateway plain(TestServer server, String scheme, List<String> options) {
        InetSocketAddress to = server.address();
        List<String> all = new ArrayList<>(List.of(
                "--listen",
                Loopback.GATEWAY.getHostAddress() + ":0",
                "--source-address",
                Loopback.GATEWAY.getHostAddress(),
                "--upstream",
                scheme + to.getAddress().getHostAddress() + ':' + to.getPort(),
                // All tests come from one address.
                "--max-per-address",
                "1000",
                "--max-new-per-address",
                "1000"));
        all.addAll(options);
        GatewayLog log = new GatewayLog();
        FtpAlg alg = OptionGateway.of(all);
        alg.start().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        return new TlsGateway(alg, server, log);
    }

    private static String scheme(Protection towardsServer) {
        return switch (towardsServer) {
            case CLEAR -> "";
            case EXPLICIT -> "ftpes://";
            case IMPLICIT -> "ftps://";
        };
    }

    /** Returns where clients go that are protected like this, and the account of the server behind. */
    Target target(Protection protection) {
        int listener = protection == Protection.IMPLICIT ? 1 : 0;
        return new Target(alg.boundAddresses().get(listener), server.user(), server.password());
    }

    TestServer server() {
        return server;
    }

    GatewayLog log() {
        return log;
    }

    /** Waits until so many transfers with this text in the path have finished, and returns their lines of the log. */
    List<String> awaitTransfers(String path, int count) {
        await("transfers of " + path).atMost(SETTLE).untilAsserted(() -> assertThat(
                        log.lines("transfer finished", path))
                .as(server.log())
                .hasSize(count));
        return log.lines("transfer finished", path);
    }

    /** Waits until no session is left, and returns what was logged for the closing of sessions. */
    List<String> awaitClosed() {
        await("sessions of the gateway").atMost(SETTLE).until(() -> alg.sessions() == 0);
        return log.lines("session closed");
    }

    @Override
    public void close() {
        try {
            awaitClosed();
        } finally {
            log.close();
            alg.close();
        }
    }
}
