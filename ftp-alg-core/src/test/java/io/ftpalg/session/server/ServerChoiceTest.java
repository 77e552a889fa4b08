package io.ftpalg.session.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
    private final List<String> heard = new ArrayList<>();
    private long now = Long.MAX_VALUE - 7;
    private final ServerChoice choice = new ServerChoice(() -> now);

    @Test
    void goesThroughTheServersOfTheRoute() {
        choice.found(Route.to(List.of(server("a"), server("b"))));

        assertThat(choice.next()).isSameAs(choice.route().servers().get(0));
        choice.failed("down");
        choice.failed("again");
        assertThat(choice.hasNext()).isTrue();
        assertThat(choice.next()).isSameAs(choice.server());
        choice.ready();
        choice.leave();
        choice.leave();

        assertThat(choice.hasNext()).isFalse();
        assertThat(heard).containsExactly("a begun", "a failed down", "b begun", "b ready", "b ended");
    }

    @Test
    void forgetsTheRouteAndLeavesItsServer() {
        choice.found(Route.to(List.of(server("a"), server("b"))).withIdleTimeout(Optional.of(Duration.ofSeconds(7))));
        choice.next();
        assertThat(choice.idleTimeout()).contains(Duration.ofSeconds(7));

        choice.forget();

        assertThat(heard).containsExactly("a begun", "a ended");
        assertThat(choice.hasNext()).isFalse();
        assertThat(choice.idleTimeout()).isEmpty();
        assertThatThrownBy(choice::server).isInstanceOf(NullPointerException.class);
    }

    /** A server that hangs would be tried for ever if only those counted who have more patience than most clients. */
    @Test
    void countsAServerAsFailedThatIsLeftAfterFiveSeconds() {
        leaveAfter(Duration.ofSeconds(5).minusNanos(1));
        leaveAfter(Duration.ofSeconds(5));

        assertThat(heard)
                .containsExactly(
                        "a begun", "a ended", "a begun", "a failed not ready after 5 s, when the session ended");
    }

    private void leaveAfter(Duration wait) {
        choice.found(Route.to(List.of(server("a"))));
        choice.next();
        now += wait.toNanos();
        choice.forget();
    }

    @Test
    void doesNotCountAServerAsFailedThatWasReady() {
        choice.found(Route.to(List.of(server("a"))));
        choice.next();
        choice.ready();
        now += Duration.ofHours(1).toNanos();

        choice.leave();

        assertThat(heard).containsExactly("a begun", "a ready", "a ended");
    }

    private RouteServer server(String name) {
        return new RouteServer(List.of(Playbook.SERVER), ServerTls.OFF, new ServerUse() {
            @Override
            public void begun() {
                heard.add(name + " begun");
            }

            @Override
            public void ready() {
                heard.add(name + " ready");
            }

            @Override
            public void failed(String detail) {
                heard.add(name + " failed " + detail);
            }

            @Override
            public void ended() {
                heard.add(name + " ended");
            }
        });
    }
}
