package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.FtpAlg;
import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.routing.Routers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The gateway in front of one server, with all it told its listener. Thread-safe; its test closes it. */
final class Gateway implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private final FtpAlg alg;
    private final TestServer server;
    private final Records records;

    private Gateway(FtpAlg alg, TestServer server, Records records) {
        this.alg = alg;
        this.server = server;
        this.records = records;
    }

    /** Starts a gateway at a free port, that agrees data ports with the server in this mode. */
    static Gateway start(TestServer server, boolean clientIpv6, ServerDataMode mode) {
        return start(server, clientIpv6, mode, builder -> builder);
    }

    static Gateway start(
            TestServer server, boolean clientIpv6, ServerDataMode mode, UnaryOperator<FtpAlgBuilder> options) {
        Records records = new Records();
        InetSocketAddress to = server.address();
        HostPort target = new HostPort(IpLiteral.format(to.getAddress()), to.getPort());
        Optional<InetAddress> source =
                to.getAddress().equals(Loopback.SERVER) ? Optional.of(Loopback.GATEWAY) : Optional.empty();
        FtpAlgBuilder builder = FtpAlg.builder()
                .listen(new InetSocketAddress(clientIpv6 ? Loopback.IPV6 : Loopback.GATEWAY, 0))
                .router(Routers.fixed(target, mode, source))
                .listener(records)
                // All tests come from one address.
                .limits(Limits.builder()
                        .sessionsPerAddress(1000)
                        .newSessionsPerSecond(1000)
                        .passiveShare(100)
                        .build());
        FtpAlg alg = options.apply(builder)
                .build()
                .start()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return new Gateway(alg, server, records);
    }

    /** Returns where clients go, and the account of the server behind. */
    Target target() {
        return new Target(alg.boundAddresses().iterator().next(), server.user(), server.password());
    }

    TestServer server() {
        return server;
    }

    /** Returns the records of the finished transfers whose path has this text in it. */
    List<AlgListener.TransferFinished> transfers(String path) {
        return records.transfers.stream()
                .filter(transfer -> transfer.path().contains(path))
                .toList();
    }

    /** Waits until so many transfers with this text in the path have finished, and returns their records. */
    List<AlgListener.TransferFinished> awaitTransfers(String path, int count) {
        await("transfers of " + path).atMost(SETTLE).untilAsserted(() -> assertThat(transfers(path))
                .as(server.log())
                .hasSize(count));
        return transfers(path);
    }

    /** Returns what was rejected. */
    List<AlgListener.Rejected> rejected() {
        return records.rejected;
    }

    /** Waits until no session is left: none may hang on to a client that went away. */
    void awaitIdle() {
        await("sessions of the gateway").atMost(SETTLE).until(() -> alg.sessions() == 0);
    }

    @Override
    public void close() {
        try {
            awaitIdle();
        } finally {
            alg.close();
        }
    }

    private static final class Records implements AlgListener {
        private final List<TransferFinished> transfers = new CopyOnWriteArrayList<>();
        private final List<Rejected> rejected = new CopyOnWriteArrayList<>();

        @Override
        public void transferFinished(TransferFinished event) {
            transfers.add(event);
        }

        @Override
        public void rejected(Rejected event) {
            rejected.add(event);
        }
    }
}
