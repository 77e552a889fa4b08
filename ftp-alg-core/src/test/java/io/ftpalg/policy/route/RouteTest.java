package io.ftpalg.policy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 21);

    @Test
    void toOneServerChangesNothingElse() {
        assertThat(Route.to(SERVER))
                .isEqualTo(new Route(
                        List.of(new RouteServer(List.of(SERVER), ServerTls.OFF, ServerUse.NONE)),
                        Optional.empty(),
                        Optional.empty(),
                        ServerDataMode.CLIENT,
                        SocketSettings.DEFAULT,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void changesOnePartAtATime() {
        Route route = Route.to(SERVER)
                .withUser(Optional.of("joe"))
                .withPassword(Optional.of(Secret.of("hidden")))
                .withDataMode(ServerDataMode.EPSV)
                .withSockets(SocketSettings.from(Optional.of(SERVER.getAddress())))
                .withIdleTimeout(Optional.of(Duration.ofSeconds(7)))
                .withSendProxy(Optional.of(SendProxy.of(SendProxy.Version.V1)));

        assertThat(route)
                .isEqualTo(new Route(
                        Route.to(SERVER).servers(),
                        Optional.of("joe"),
                        Optional.of(Secret.of("hidden")),
                        ServerDataMode.EPSV,
                        SocketSettings.from(Optional.of(SERVER.getAddress())),
                        Optional.of(Duration.ofSeconds(7)),
                        Optional.of(SendProxy.of(SendProxy.Version.V1))));
        assertThat(route.withServers(Route.to(SERVER).servers())).isEqualTo(route);
        assertThat(route.toString()).doesNotContain("hidden");
    }

    @Test
    void refusesToLeadNowhere() {
        assertThatThrownBy(() -> Route.to(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnAddressThatWouldBeLookedUpAgain() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("ftp.example.com", 21);

        assertThatThrownBy(() -> server(List.of(SERVER, unresolved))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotChangedByChangingTheListThatItWasMadeOf() {
        List<InetSocketAddress> addresses = new ArrayList<>(List.of(SERVER));
        RouteServer server = server(addresses);

        addresses.clear();

        assertThat(server.addresses()).containsExactly(SERVER);
    }

    private static RouteServer server(List<InetSocketAddress> addresses) {
        return RouteServer.of(addresses, ServerTls.OFF);
    }
}
