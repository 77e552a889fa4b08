package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.route.ServerDataMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The servers and gateways of a test class: each is started when first asked for, all are stopped after the last test,
 * and then no listener may be left. Thread-safe.
 */
final class World implements AfterAllCallback {
    private final Servers servers = new Servers();
    private final Map<Key, Gateway> gateways = new HashMap<>();

    private record Key(ServerKind server, boolean clientIpv6, boolean serverIpv6, ServerDataMode mode) {}

    TestServer server(ServerKind kind, boolean ipv6) {
        return servers.get(kind, ipv6);
    }

    /** Returns a gateway over IPv4 that does with the server as the client does. */
    Gateway gateway(ServerKind server) {
        return gateway(server, false, false, ServerDataMode.CLIENT);
    }

    synchronized Gateway gateway(ServerKind server, boolean clientIpv6, boolean serverIpv6, ServerDataMode mode) {
        Key key = new Key(server, clientIpv6, serverIpv6, mode);
        Gateway gateway = gateways.get(key);
        if (gateway == null) {
            gateway = Gateway.start(server(server, serverIpv6), clientIpv6, mode);
            gateways.put(key, gateway);
        }
        return gateway;
    }

    /** Returns a gateway over IPv4 of the caller's own, who closes it. */
    Gateway ownGateway(ServerKind server, ServerDataMode mode, UnaryOperator<FtpAlgBuilder> options) {
        return Gateway.start(server(server, false), false, mode, options);
    }

    /** Returns the ports at which the gateways listen for data connections over IPv4. */
    synchronized List<Integer> dataPorts() {
        List<Integer> control = gateways.values().stream()
                .map(gateway -> gateway.target().port())
                .toList();
        return Listeners.at(Loopback.GATEWAY).stream()
                .filter(port -> !control.contains(port))
                .toList();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            gateways.values().forEach(Gateway::close);
            await("no listener left").atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            Listeners.at(Loopback.GATEWAY))
                    .isEmpty());
        } finally {
            servers.close();
        }
    }
}
