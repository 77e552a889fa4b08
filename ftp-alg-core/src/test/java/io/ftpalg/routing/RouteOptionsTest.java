package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteOptionsTest {
    private static final Route OPEN = Route.to(Names.at("127.0.0.2", 21));
    private static final RouteRequest FW = Names.from("127.0.0.1")
            .withUser(Optional.of("fw"))
            .withProxyUser(Optional.of(new ProxyUser("fw", Set.of())));
    private static final RouteOptions ALL = RouteOptions.DEFAULT
            .withDataMode(ServerDataMode.PASSIVE)
            .withSockets(SocketSettings.from(Optional.of(Names.ip("127.0.0.9"))))
            .withLogin(Optional.of("bob"), Optional.of(Secret.of("pw")))
            .withIdleTimeout(Optional.of(Duration.ofMinutes(1)))
            .withSendProxy(Optional.of(SendProxy.of(SendProxy.Version.V2)));

    @Test
    void leaveARouteAsItIsByDefault() {
        assertThat(RouteOptions.DEFAULT.applyTo(OPEN, FW)).isEqualTo(OPEN);
    }

    @Test
    void fillInWhatTheRouteLeavesOpen() {
        assertThat(ALL.applyTo(OPEN, FW))
                .isEqualTo(new Route(
                        OPEN.servers(),
                        Optional.of("bob"),
                        Optional.of(Secret.of("pw")),
                        ServerDataMode.PASSIVE,
                        SocketSettings.from(Optional.of(Names.ip("127.0.0.9"))),
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.of(SendProxy.of(SendProxy.Version.V2))));
    }

    @Test
    void leaveWhatTheRouteSays() {
        Route said = new Route(
                OPEN.servers(),
                Optional.of("ann"),
                Optional.of(Secret.of("hers")),
                ServerDataMode.EPSV,
                SocketSettings.from(Optional.of(Names.ip("127.0.0.8"))),
                Optional.of(Duration.ofMinutes(2)),
                Optional.of(SendProxy.of(SendProxy.Version.V1)));

        assertThat(ALL.applyTo(said, FW)).isEqualTo(said);
    }

    @Test
    void giveThePasswordToItsOwnUserOnly() {
        assertThat(ALL.applyTo(OPEN.withUser(Optional.of("ann")), FW).password())
                .isEmpty();
        assertThat(ALL.applyTo(OPEN.withUser(Optional.of("bob")), FW).password())
                .isPresent();
        assertThat(ALL.withLogin(Optional.empty(), Optional.of(Secret.of("for all")))
                        .applyTo(OPEN.withUser(Optional.of("ann")), FW)
                        .password())
                .isPresent();
    }

    /** Whoever may choose the server, or who to be there, could have the password sent where it gives him more than is his. */
    @Test
    void giveThePasswordToNobodyWhoSaysMoreThanWhoHeIs() {
        assertThat(ALL.applyTo(OPEN, FW).password()).isPresent();
        assertThat(ALL.applyTo(OPEN, FW.withTarget(Optional.of(Names.server("127.0.0.9"))))
                        .password())
                .as("a server")
                .isEmpty();
        assertThat(ALL.applyTo(OPEN, FW.withUser(Optional.of("boss"))).password())
                .as("another user")
                .isEmpty();
        assertThat(ALL.applyTo(OPEN, FW.withUser(Optional.empty())).password())
                .as("no user")
                .isEmpty();
        assertThat(ALL.applyTo(OPEN, FW.withProxyUser(Optional.empty())).password())
                .as("unknown here")
                .isEmpty();
    }
}
