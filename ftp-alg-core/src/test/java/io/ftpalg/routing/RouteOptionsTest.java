package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Route;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.policy.SocketSettings;
import io.ftpalg.protocol.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteOptionsTest {
    private static final Route OPEN = Route.to(Names.at("127.0.0.2", 21));
    private static final RouteOptions ALL = RouteOptions.DEFAULT.withDataMode(ServerDataMode.PASSIVE)
            .withSockets(SocketSettings.from(Optional.of(Names.ip("127.0.0.9"))))
            .withLogin(Optional.of("bob"), Optional.of(Secret.of("pw"))).withIdleTimeout(Optional.of(Duration.ofMinutes(1)));

    @Test
    void leaveARouteAsItIsByDefault() {
        assertThat(RouteOptions.DEFAULT.applyTo(OPEN)).isEqualTo(OPEN);
    }

    @Test
    void fillInWhatTheRouteLeavesOpen() {
        assertThat(ALL.applyTo(OPEN)).isEqualTo(new Route(OPEN.servers(), Optional.of("bob"), Optional.of(Secret.of("pw")),
                ServerDataMode.PASSIVE, SocketSettings.from(Optional.of(Names.ip("127.0.0.9"))),
                Optional.of(Duration.ofMinutes(1))));
    }

    @Test
    void leaveWhatTheRouteSays() {
        Route said = new Route(OPEN.servers(), Optional.of("ann"), Optional.of(Secret.of("hers")), ServerDataMode.EPSV,
                SocketSettings.from(Optional.of(Names.ip("127.0.0.8"))), Optional.of(Duration.ofMinutes(2)));

        assertThat(ALL.applyTo(said)).isEqualTo(said);
    }

    @Test
    void giveThePasswordToItsOwnUserOnly() {
        assertThat(ALL.applyTo(OPEN.withUser(Optional.of("ann"))).password()).isEmpty();
        assertThat(ALL.applyTo(OPEN.withUser(Optional.of("bob"))).password()).isPresent();
        assertThat(ALL.withLogin(Optional.empty(), Optional.of(Secret.of("for all")))
                .applyTo(OPEN.withUser(Optional.of("ann"))).password()).isPresent();
    }
}
