package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 21);

    @Test
    void toOneServerChangesNothingElse() {
        assertThat(Route.to(SERVER))
                .isEqualTo(new Route(List.of(SERVER), Optional.empty(), ServerDataMode.CLIENT, Optional.empty(), ServerTls.OFF));
    }

    @Test
    void refusesToLeadNowhere() {
        assertThatThrownBy(() -> route(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnAddressThatWouldBeLookedUpAgain() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("ftp.example.com", 21);

        assertThatThrownBy(() -> route(List.of(SERVER, unresolved))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotChangedByChangingTheListThatItWasMadeOf() {
        List<InetSocketAddress> servers = new ArrayList<>(List.of(SERVER));
        Route route = route(servers);

        servers.clear();

        assertThat(route.servers()).containsExactly(SERVER);
    }

    private static Route route(List<InetSocketAddress> servers) {
        return new Route(servers, Optional.empty(), ServerDataMode.CLIENT, Optional.empty(), ServerTls.OFF);
    }
}
