package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A gateway on an address of its own, whose clients name their server by SOCKS or HTTP, and the clients that it has refused. */
final class TargetGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<CloseCause> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<String> details = new ConcurrentLinkedQueue<>();
    private final FtpAlg gateway;

    private TargetGateway(FtpAlgBuilder builder, ListenerProtocol protocol, Router router) throws Exception {
        gateway = builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .protocol(protocol)
                .router(router)
                .listener(new AlgListener() {
                    @Override
                    public void sessionRefused(SessionRefused event) {
                        details.add(event.detail());
                        refusals.add(event.cause());
                    }
                })
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** Starts one that allows this port of all local addresses. */
    static TargetGateway start(FtpAlgBuilder builder, ListenerProtocol protocol, int port) throws Exception {
        return start(builder, protocol, router(port, ServerTls.OFF));
    }

    static TargetGateway start(FtpAlgBuilder builder, ListenerProtocol protocol, Router router) throws Exception {
        return new TargetGateway(builder, protocol, router);
    }

    /** Returns the router to this port of all local addresses. */
    static Router router(int port, ServerTls tls) {
        return Routers.forward(
                TargetRules.of(List.of(TargetRule.parse("127.0.0.0/8:" + port).orElseThrow())),
                ServerDataMode.CLIENT,
                Optional.empty(),
                tls);
    }

    FtpAlg gateway() {
        return gateway;
    }

    InetSocketAddress address() {
        return gateway.boundAddresses().get(0);
    }

    Queue<CloseCause> refusals() {
        return refusals;
    }

    Queue<String> details() {
        return details;
    }

    /** Waits for the one refusal that there is to be. */
    void assertRefused(CloseCause cause) {
        Awaitility.await().atMost(PATIENCE).until(() -> !refusals.isEmpty());
        assertThat(refusals).containsExactly(cause);
    }

    void awaitNoSession() {
        Awaitility.await().atMost(PATIENCE).until(() -> gateway.sessions() == 0);
    }

    @Override
    public void close() {
        gateway.stop(Duration.ZERO)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
